import type { IncomingMessage } from "node:http";

import { afterEach, expect, test } from "vitest";

import { clientAddress } from "@/lib/client-address";
import { env } from "@/lib/env";

import { markClient } from "./client";

const hops = (count: number): void => void Object.assign(settings(), { TRUST_PROXY_HOPS: count });

/** The process's settings, whole enough to be read. */
function settings() {
  Object.assign(process.env, { DATABASE_URL: "mysql://nobody@localhost/none", NEXTAUTH_SECRET: "a secret that only this test knows", CRON_SECRET: "another secret that only it knows" });
  return env();
}

afterEach(() => hops(0));

function addressOf(headers: Record<string, string>, socket = "198.51.100.9"): string {
  const request = { headers: { ...headers }, socket: { remoteAddress: socket } } as unknown as IncomingMessage;
  markClient(request);
  return clientAddress(new Headers(request.headers as Record<string, string>));
}

test("without a proxy the address is the socket's, whatever the client writes", () => {
  hops(0);
  const forgeries: Record<string, string>[] = [{}, { "x-forwarded-for": "1.1.1.1" }, { "x-real-ip": "1.1.1.1" }, { "x-forwarded-for": "1.1.1.1, 2.2.2.2", "x-real-ip": "3.3.3.3" }];
  for (const forged of forgeries) expect(addressOf(forged)).toBe("198.51.100.9");
});

test("behind one proxy it is what that proxy saw: the last, not what the client put before it", () => {
  hops(1);
  expect(addressOf({ "x-forwarded-for": "203.0.113.7" })).toBe("203.0.113.7");
  expect(addressOf({ "x-forwarded-for": "6.6.6.6, 7.7.7.7, 203.0.113.7", "x-real-ip": "6.6.6.6" })).toBe("203.0.113.7");
});

test("behind two proxies it is what the outer one saw", () => {
  hops(2);
  expect(addressOf({ "x-forwarded-for": "6.6.6.6, 203.0.113.7, 10.0.0.1" })).toBe("203.0.113.7");
});

test("a list that is shorter than the proxies is nobody's word: the socket's address counts", () => {
  hops(2);
  expect(addressOf({ "x-forwarded-for": "6.6.6.6" })).toBe("198.51.100.9");
  expect(addressOf({ "x-forwarded-for": " , ," })).toBe("198.51.100.9");
});

test("who has a network of IPv6 is counted by the network, however an address of it is written", () => {
  hops(0);
  const written = ["2001:db8:0:7::1", "2001:0DB8:0000:0007:aaaa:bbbb:cccc:dddd", "2001:db8::7:0:0:0:5"];
  expect(written.map((address) => addressOf({}, address))).toEqual(written.map(() => "2001:db8:0:7::/64"));
  expect([addressOf({}, "2001:db8:0:8::1"), addressOf({}, "::1"), addressOf({}, "::ffff:198.51.100.9")]).toEqual(["2001:db8:0:8::/64", "0:0:0:0::/64", "::ffff:198.51.100.9"]);
});

test("an address is never longer than an address can be", () => {
  expect(clientAddress(new Headers({ "x-real-ip": "f".repeat(5_000) }))).toHaveLength(45);
  expect(clientAddress(new Headers())).toBe("unknown");
});
