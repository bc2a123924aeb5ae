import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import IORedis from "ioredis";
import { afterEach, expect, test } from "vitest";

import { issueCoupon } from "@/lib/coupons/issuing/commands";
import { env, type Env } from "@/lib/env";
import { keysOf, lookAtSales } from "@/lib/flash-gate";
import { closeFlashSalesJob } from "@/lib/jobs/close-flash-sales";
import { cancelOrder } from "@/lib/orders/commands";
import { redeem } from "@/lib/orders/lanes";
import { perform } from "@/lib/perform";
import { stopInstance } from "@/scripts/lib/instance.mjs";
import { findRedisServer, startRedis } from "@/scripts/lib/redis.mjs";
import { answerHot } from "@/server/hot-routes";

import { count } from "../database";
import { withSettings } from "../settings";
import { Wire } from "../wire";
import { aCouponTemplate, aFlashSale, aKettle, aMug, aToken, atOnce, aUser, balanceOf, inProcess, ordersOf, redeemAlone, stockOf, tally, theClock, theShop, usersWith, wishOf, type FlashPlan, type TestSale, type TestUser, type Wish } from "../world";

let wire: Wire | null = null;
afterEach(async () => {
  await wire?.close();
  wire = null;
  forgetGate();
});

/** What the gate remembers is of a process: each test is a new one. */
function forgetGate(): void {
  delete (globalThis as { pointsMallFlashGate?: unknown }).pointsMallFlashGate;
  delete (globalThis as { pointsMallSoldOut?: unknown }).pointsMallSoldOut;
}

/** Runs the work with the gate shut from the first request on. */
const withGate = <T>(work: () => Promise<T>, settings: Partial<Env> = {}): Promise<T> =>
  withSettings({ FLASH_GATE: "on", ...settings }, async () => {
    forgetGate();
    await lookAtSales();
    return work();
  });

async function saleOf(pieces: number, plan: FlashPlan = {}): Promise<TestSale> {
  return aFlashSale(await aMug({ initialStock: pieces + 5 }), { pieces, pointsPrice: 10, ...plan });
}

const buy = (who: TestUser, sale: TestSale, wish?: Wish) => redeem(wishOf(who, sale, wish));
let turn = 0;
const buyAnywhere = (who: TestUser, sale: TestSale, wish?: Wish) => inProcess(++turn % 2, () => buy(who, sale, wish));

const ways = [
  { way: "the gate open", run: <T>(work: () => Promise<T>) => withSettings({ FLASH_GATE: "off" }, work), buy },
  { way: "the gate shut", run: withGate, buy },
  { way: "two processes, the gate open", run: <T>(work: () => Promise<T>) => withSettings({ FLASH_GATE: "off" }, work), buy: buyAnywhere },
  { way: "two processes, the gate shut", run: withGate, buy: buyAnywhere },
];

test.each(ways)("300 people want 20 pieces: 20 orders, an empty shelf, and the others keep their points ($way)", async ({ run, buy: buyHere }) => {
  const people = await usersWith(10, 300);
  const sale = await saleOf(20);
  const answers = await run(() => Promise.all(people.map((who) => buyHere(who, sale))));
  expect(tally(answers)).toEqual({ ok: 20, sold_out: 280 });
  expect(await stockOf(sale)).toBe(0);
  expect(await count("SELECT SUM(points_balance) FROM users u JOIN point_accounts a ON a.user_id = u.id WHERE u.id BETWEEN ? AND ?", [people[0]!.id, people.at(-1)!.id])).toBe(2_800);
});

test.each(ways)("a limit of two each holds under 50 requests of one person ($way)", async ({ run, buy: buyHere }) => {
  const lin = await aUser({ points: 1_000 });
  const sale = await saleOf(40, { limitPerUser: 2 });
  const answers = await run(() => atOnce(50, () => buyHere(lin, sale)));
  expect(tally(answers)).toEqual({ ok: 2, purchase_limit: 48 });
  expect(await stockOf(sale)).toBe(38);
});

test.each(ways)("one key pressed 40 times is one order, and a winner that repeats it after the last piece hears of that order ($way)", async ({ run, buy: buyHere }) => {
  const [lin, mei] = [await aUser({ points: 100 }), await aUser({ points: 100 })];
  const sale = await saleOf(1);
  await run(async () => {
    const key = randomUUID();
    const won = await atOnce(40, () => buyHere(lin, sale, { key }));
    expect(tally(won)).toEqual({ ok: 40 });
    expect(tally([await buyHere(mei, sale)])).toEqual({ sold_out: 1 });
    expect(await buyHere(lin, sale, { key })).toEqual(won[0]);
  });
  expect([await balanceOf(lin), (await ordersOf(lin)).length]).toEqual([90, 1]);
});

test.each(ways)("people without points take no piece from those who have them: whom MySQL refuses gives the token back ($way)", async ({ run, buy: buyHere }) => {
  const [poor, rich] = [await usersWith(5, 60), await usersWith(10, 8)];
  const sale = await saleOf(8);
  const answers = await run(() => Promise.all([...poor, ...rich].map((who) => buyHere(who, sale))));
  expect(tally(answers.slice(60))).toEqual({ ok: 8 });
  expect(await stockOf(sale)).toBe(0);
});

test("left to itself the gate stands open for one process, and shuts when another serves the same sale", async () => {
  const [lin, mei] = await usersWith(10, 2);
  const sale = await saleOf(5);
  const admin = new IORedis(env().REDIS_URL!);
  const isKnown = () => admin.exists(keysOf(sale)[0]!);
  await withSettings({ FLASH_GATE: "auto" }, async () => {
    for (const [who, expected] of [[lin!, 0], [mei!, 1]] as const) {
      forgetGate();
      await lookAtSales();
      expect(tally([await buy(who, sale)])).toEqual({ ok: 1 });
      // That it stays open has to be waited for; that it shuts need not.
      if (expected === 0) await pause(200);
      await expect.poll(isKnown, { timeout: 10_000 }).toBe(expected);
    }
  });
  admin.disconnect();
});

test("who cancelled may have another: the gate's own count of a person is not the last word", async () => {
  const kettle = await aKettle();
  const sale = await aFlashSale(kettle, { pieces: 5, cashPriceCents: 100, limitPerUser: 1 });
  const lin = await aUser({ points: 500 });
  await withGate(async () => {
    const first = await buy(lin, sale);
    expect(tally([first, await buy(lin, sale)])).toEqual({ ok: 1, purchase_limit: 1 });
    if (first.ok) await perform(lin.actor, (ctx) => cancelOrder(ctx, { requestId: "x", orderId: first.value.orderId }));
    expect(tally([await buy(lin, sale), await buy(lin, sale)])).toEqual({ ok: 1, purchase_limit: 1 });
  });
});

/** A server of this test's own, which may be killed, emptied and starved. */
async function withRedis<T>(work: (url: string, server: { kill: () => Promise<void>; start: () => Promise<void>; admin: IORedis }) => Promise<T>): Promise<T> {
  const program = await findRedisServer();
  if (!program) throw new Error("this test starts and kills a Redis of its own: install redis-server or valkey-server");
  const dir = mkdtempSync(join(tmpdir(), "points-mall-flash-"));
  const start = () => startRedis({ dir, server: program, profile: "throwaway" });
  const { url } = await start();
  const admin = new IORedis(url, { lazyConnect: true, maxRetriesPerRequest: 3 });
  admin.on("error", () => undefined);
  try {
    return await work(url, { kill: () => stopInstance(dir, { signal: "SIGKILL" }), start: async () => void (await start()), admin });
  } finally {
    admin.disconnect();
    await stopInstance(dir, { signal: "SIGKILL" });
    rmSync(dir, { recursive: true, force: true });
  }
}

type Redis = Parameters<Parameters<typeof withRedis>[0]>[1];
const faults = [
  { fault: "is emptied", strike: async ({ admin }: Redis) => void (await admin.flushall()), mend: async () => undefined },
  { fault: "is killed, and comes back empty", strike: ({ kill }: Redis) => kill(), mend: ({ start }: Redis) => start() },
  { fault: "has no memory left", strike: async ({ admin }: Redis) => void (await admin.config("SET", "maxmemory", "1")), mend: async ({ admin }: Redis) => void (await admin.config("SET", "maxmemory", "0")) },
] as const;

test.each(faults)("Redis $fault in the middle of a sale: nothing is sold twice, nobody is told a lie, and no piece is stranded", async ({ strike, mend }) => {
  const people = await usersWith(10, 240);
  const sale = await saleOf(100);
  const [first, during, after, late] = [people.slice(0, 60), people.slice(60, 80), people.slice(80, 90), people.slice(90)];
  await withRedis((url, server) => withGate(async () => {
    const before = first.map((who) => buyAnywhere(who, sale));
    await Promise.race(before);
    await strike(server);
    const all = await Promise.all([...before, ...during.map((who) => buyAnywhere(who, sale))]);
    expect(tally(all)).toEqual({ ok: 80 });
    await mend(server);
    expect(tally(await Promise.all(after.map((who) => buyAnywhere(who, sale))))).toEqual({ ok: 10 });
    await pause(1_200);
    expect(tally(await Promise.all(late.map((who) => buyAnywhere(who, sale))))).toEqual({ ok: 10, sold_out: 140 });
  }, { REDIS_URL: url }));
  expect(await stockOf(sale)).toBe(0);
});

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

test("a Redis that freezes in the middle of a sale makes it slower, never wrong", async () => {
  wire = await Wire.to(env().REDIS_URL!);
  const line = wire;
  const people = await usersWith(10, 90);
  const sale = await saleOf(30);
  await withGate(async () => {
    const before = people.slice(0, 20).map((who) => buy(who, sale));
    await Promise.race(before);
    line.freeze();
    const answers = await Promise.all([...before, ...people.slice(20).map((who) => buy(who, sale))]);
    expect(tally(answers)).toEqual({ ok: 30, sold_out: 60 });
  }, { REDIS_URL: wire.url });
});

test("tokens that were lost come back within a second, and tokens that are too many sell nothing", async () => {
  const [lin, mei] = await usersWith(10, 2);
  const sale = await saleOf(2);
  const admin = new IORedis(env().REDIS_URL!);
  const setTokens = (left: number) => admin.hset(keysOf(sale)[0]!, "left", left);
  await withGate(async () => {
    expect(tally([await buy(lin!, sale)])).toEqual({ ok: 1 });
    await pause(1_100);
    expect(await setTokens(0), "the gate knows the sale").toBe(0);
    expect(tally([await buy(mei!, sale)])).toEqual({ sold_out: 1 });
    // That question has set the tokens right; the process believes in an empty shelf a moment longer.
    await pause(300);
    expect(tally([await buy(mei!, sale)])).toEqual({ ok: 1 });
    await setTokens(50);
    expect(tally(await Promise.all((await usersWith(10, 10)).map((who) => buy(who, sale))))).toEqual({ sold_out: 10 });
  });
  admin.disconnect();
  expect(await stockOf(sale)).toBe(0);
});

test("a sale that ends while it is stormed sells to its end, gives back the rest, and the shelves add up", async () => {
  const people = await usersWith(10, 120);
  const mug = await aMug({ initialStock: 100 });
  const sale = await aFlashSale(mug, { pieces: 80, pointsPrice: 10, endsAt: new Date(theClock.now().getTime() + 400) });
  const answers = await Promise.all(people.map(async (who, index) => {
    await pause(index * 8);
    return redeemAlone(who, sale);
  }));
  await closeFlashSalesJob.run(theClock.now(), Date.now() + 10_000);
  const { ok = 0, sale_ended = 0 } = tally(answers);
  expect([ok > 0, sale_ended > 0, ok + sale_ended]).toEqual([true, true, 120]);
  expect([await stockOf(sale), await stockOf(mug)]).toEqual([0, 100 - ok]);
});

/** The hot routes on a port of their own, as the self-hosted server mounts them in front of Next. */
async function withServer<T>(work: (ask: (path: string, options?: { token?: string; body?: unknown }) => Promise<{ status: number; body: Record<string, unknown> }>) => Promise<T>): Promise<T> {
  const server: Server = createServer((request, response) => void (answerHot(request, response) || response.writeHead(404).end()));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  const { port } = server.address() as AddressInfo;
  try {
    return await work((path, { token, body } = {}) => new Promise((resolve, reject) => {
      const sent = httpRequest({ port, host: "127.0.0.1", agent, path, method: body ? "POST" : "GET", headers: { "content-type": "application/json", ...(token ? { "x-auth-token": token } : {}) } }, (reply) => {
        let text = "";
        reply.setEncoding("utf8").on("data", (part: string) => (text += part)).on("end", () => resolve({ status: reply.statusCode!, body: JSON.parse(text) as Record<string, unknown> }));
      });
      sent.on("error", reject);
      sent.end(body ? JSON.stringify(body) : undefined);
    }));
  } finally {
    agent.destroy();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

/** Their tokens, some at a time: the pool is not what is tried here. */
async function tokensOf(people: readonly TestUser[]): Promise<string[]> {
  const tokens: string[] = [];
  for (let from = 0; from < people.length; from += 100) tokens.push(...(await Promise.all(people.slice(from, from + 100).map(aToken))));
  return tokens;
}

test("over HTTP: 2,000 people want 50 pieces; 50 orders, nobody is charged in vain, and the page and other products answer meanwhile", async () => {
  const people = await usersWith(10, 2_000);
  const tokens = await tokensOf(people);
  const sale = await saleOf(50);
  const mug = await aMug({ initialStock: 100, pointsPrice: 10 });
  const neighbour = await aUser({ points: 1_000 });
  const token = await aToken(neighbour);
  await withServer(async (ask) => {
    const storm = tokens.map((each) => ask("/api/flash/redeem", { token: each, body: { saleId: sale.id } }));
    const beside = atOnce(20, async () => [await ask(`/api/flash/${sale.id}`), await ask("/api/points/spend", { token, body: { productId: mug.id, quantity: 1 } })]);
    const answers = await Promise.all(storm);
    expect((await beside).flat().map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 200));
    const told = answers.map(({ status, body }) => (status === 200 ? "ok" : String(body.code)));
    expect([told.filter((each) => each === "ok").length, told.filter((each) => each === "sold_out").length]).toEqual([50, 1_950]);
    expect((await ask(`/api/flash/${sale.id}`)).body).toMatchObject({ phase: "on", stock: 0, pieces: 50 });
  });
  expect(await count("SELECT COUNT(*) FROM order_items WHERE sku_id = ?", [sale.skuId])).toBe(50);
  expect(await count("SELECT COUNT(*) FROM points_transactions e JOIN orders o ON o.public_id = e.source_id JOIN order_items i ON i.order_id = o.id WHERE e.kind = 'spend' AND i.sku_id = ?", [sale.skuId])).toBe(50);
  expect(await stockOf(sale)).toBe(0);
});

test("a coupon's gift that is gone does not end the sale for others", async () => {
  const [lin, mei, bo] = await usersWith(10, 3);
  const sale = await saleOf(3);
  const gift = await aMug({ initialStock: 0 });
  const { id: templateId } = await aCouponTemplate({ kind: "gift", giftSkuId: gift.skuId });
  const coupon = await perform(theShop, (ctx) => issueCoupon(ctx, { templateId, userId: mei!.id, source: { type: "grant", id: `gift-${sale.id}` } }));
  await withGate(async () => {
    expect(tally([await buy(lin!, sale)])).toEqual({ ok: 1 });
    await pause(100);
    expect(await buy(mei!, sale, { couponId: coupon!.couponId })).toMatchObject({ ok: false, code: "sold_out", detail: { left: 0, skuId: gift.skuId } });
    await pause(50);
    expect(tally([await buy(bo!, sale)])).toEqual({ ok: 1 });
  });
});
