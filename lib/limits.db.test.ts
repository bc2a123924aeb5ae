import { expect, test } from "vitest";

import { count } from "@/test/database";
import { withSettings } from "@/test/settings";
import { upstashOver } from "@/test/upstash";
import { Wire } from "@/test/wire";
import { atOnce, refusalOf, theClock, unique } from "@/test/world";

import { env } from "./env";
import { forgetOldWindows, limit, LIMITS } from "./limits";
import { Refusal } from "./refusal";

const MOST = LIMITS["sign-in-account"].requests;

/** What counts: Redis; MySQL, where no Redis is set; MySQL, where the one that is set does not answer. */
type Counter = { counter: string; set: () => Promise<{ settings: Parameters<typeof withSettings>[0]; close: () => Promise<void> }> };
const counters: Counter[] = [
  { counter: "Redis", set: async () => ({ settings: {}, close: async () => undefined }) },
  {
    counter: "a Redis behind Upstash's REST", set: async () => {
      const { url, close } = await upstashOver(env().REDIS_URL!, "a-token");
      return { settings: { REDIS_URL: undefined, UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: "a-token" }, close };
    },
  },
  {
    counter: "MySQL beside an Upstash that refuses the token", set: async () => {
      const { url, close } = await upstashOver(env().REDIS_URL!, "another-token");
      return { settings: { REDIS_URL: undefined, UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: "a-token" }, close };
    },
  },
  { counter: "MySQL without a Redis", set: async () => ({ settings: { REDIS_URL: undefined }, close: async () => undefined }) },
  { counter: "MySQL beside a Redis that refuses", set: () => broken((line) => line.cut()) },
  { counter: "MySQL beside a Redis that hangs", set: () => broken((line) => line.freeze()) },
];

async function broken(breakIt: (line: Wire) => void) {
  const line = await Wire.to(env().REDIS_URL!);
  breakIt(line);
  return { settings: { REDIS_URL: line.url }, close: () => line.close() };
}

async function countedBy({ set }: Counter, work: () => Promise<void>): Promise<void> {
  const { settings, close } = await set();
  // The middle of a minute: no window ends while the test runs.
  theClock.set(new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 5_000));
  await withSettings({ RATE_LIMIT_SCALE: 1, ...settings }, work).finally(close);
}

test.each(counters)("the request after the last allowed one is refused and told when to come back ($counter)", (counter) =>
  countedBy(counter, async () => {
    const who = unique("lin");
    await limit("sign-in-account", who);
    await atOnce(MOST - 1, () => limit("sign-in-account", who));
    const refused = await limit("sign-in-account", who).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    const { code, detail } = refused as Refusal;
    expect(code).toBe("too_many_requests");
    expect(detail.retryAfterSeconds).toBeGreaterThan(0);
    expect(detail.retryAfterSeconds).toBeLessThanOrEqual(60);
    theClock.passMinutes(1);
    await limit("sign-in-account", who);
  }));

test.each(counters)("of fifty requests at once exactly the allowed ones pass ($counter)", (counter) =>
  countedBy(counter, async () => {
    const who = unique("lin");
    const codes = await atOnce(50, () => limit("sign-in-account", who).then(() => "ok", (error: Refusal) => error.code));
    expect(codes.filter((code) => code === "ok")).toHaveLength(MOST);
    expect(new Set(codes)).toEqual(new Set(["ok", "too_many_requests"]));
  }));

test.each(counters)("one person's requests take nothing from another's, nor from another limit ($counter)", (counter) =>
  countedBy(counter, async () => {
    const [lin, mei] = [unique("lin"), unique("mei")];
    await atOnce(MOST, () => limit("sign-in-account", lin));
    await limit("sign-in-account", mei);
    await limit("sign-in-address", lin);
    expect(await refusalOf(limit("sign-in-account", lin))).toBe("too_many_requests");
  }));

test("windows of the day before are forgotten, today's are not", async () => {
  await withSettings({ REDIS_URL: undefined }, async () => {
    const [old, fresh] = [unique("old"), unique("fresh")];
    await limit("shopper-read", old);
    theClock.passDays(2);
    await limit("shopper-read", fresh);
    expect(await forgetOldWindows(theClock.now())).toBeGreaterThan(0);
    expect(await count("SELECT COUNT(*) FROM rate_windows WHERE bucket = ?", [`shopper-read:${old}`])).toBe(0);
    expect(await count("SELECT COUNT(*) FROM rate_windows WHERE bucket = ?", [`shopper-read:${fresh}`])).toBe(1);
  });
});
