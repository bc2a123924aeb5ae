import { expect, test } from "vitest";

import { login } from "@/app/api/auth/login/handler";
import { register } from "@/app/api/auth/register/handler";
import { create } from "@/app/api/orders/create/handler";
import { history } from "@/app/api/orders/history/handler";
import { balance } from "@/app/api/points/balance/handler";
import { earn } from "@/app/api/points/earn/handler";
import { spend } from "@/app/api/points/spend/handler";
import { add, list } from "@/app/api/products/handler";
import { personalized } from "@/app/api/recommend/personalized/handler";
import { count } from "@/test/database";
import { expectErrors } from "@/test/errors";
import { call } from "@/test/http";
import { withSettings } from "@/test/settings";
import { Wire } from "@/test/wire";
import { aMug, aToken, aUser, balanceOf, freeze, ordersOf } from "@/test/world";

import { BODY_MAX } from "./api";
import { env } from "./env";

const forShoppers = [["earn", "POST", earn], ["spend", "POST", spend], ["create", "POST", create], ["add", "POST", add], ["history", "GET", history], ["balance", "GET", balance], ["personalized", "GET", personalized]] as const;
const forAnyone = [["register", "POST", register], ["login", "POST", login], ["list", "GET", list]] as const;
const posts = [...forShoppers, ...forAnyone].filter(([, method]) => method === "POST");

const token = async () => aToken(await aUser({ points: 500 }));

test.each(forShoppers)("%s answers 401 without a session, with a dead one and with a made-up one", async (_, method, handler) => {
  const lin = await aUser();
  const dead = await aToken(lin);
  await freeze(lin);
  for (const held of [undefined, dead, "A".repeat(43), "undefined", "null", "' OR 1=1 --"]) {
    const reply = await call(handler, { method, token: held, body: { actionType: "checkin" } });
    expect([reply.status, reply.body.code]).toEqual([401, "not_signed_in"]);
  }
});

test("a bearer token is a session too", async () => {
  const reply = await call(balance, { method: "GET", headers: { authorization: `Bearer ${await token()}` } });
  expect(reply.body).toEqual({ points: 500 });
});

test.each(posts)("%s is for POST alone: nothing else gets further, nor changes anything", async (_, __, handler) => {
  const lin = await aUser({ points: 500 });
  const mine = await aToken(lin);
  for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    expect((await call(handler, { method, token: mine, body: { actionType: "checkin" } })).status).toBe(405);
  }
  expect(await balanceOf(lin)).toBe(500);
});

test.each(forShoppers.filter(([, method]) => method === "GET"))("%s is for GET alone", async (_, __, handler) => {
  expect((await call(handler, { token: await token() })).status).toBe(405);
});

test.each(posts)("%s takes JSON and nothing that a form could send", async (_, __, handler) => {
  const mine = await token();
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", "application/jsonp", ""]) {
    const reply = await call(handler, { token: mine, headers: { "content-type": type }, body: "{}" });
    expect([type, reply.status, reply.body.code]).toEqual([type, 415, "unsupported_media_type"]);
  }
});

test.each([
  ["nothing", ""], ["half an object", '{"actionType":'], ["two objects", "{}{}"], ["a comment", "{/**/}"], ["a list", "[]"], ["null", "null"], ["a number", "1"], ["text", '"checkin"'],
  ["20,000 brackets", "[".repeat(20_000)], ["bytes that are no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])], ["a byte order mark", "\ufeff{}"],
])("a body of %s is a bad request, and says so", async (_, body) => {
  const reply = await call(earn, { token: await token(), body });
  expect([reply.status, reply.body.code]).toEqual([400, "invalid_input"]);
});

test("a body that is too large is refused, whether it says so or not", async () => {
  const mine = await token();
  const large = JSON.stringify({ actionType: "checkin", padding: "x".repeat(BODY_MAX) });
  expect((await call(earn, { token: mine, body: large })).status).toBe(413);
  expect((await call(earn, { token: mine, body: "{}", headers: { "content-length": String(BODY_MAX + 1) } })).status).toBe(413);
  const chunks = async function* () {
    for (let sent = 0; sent < 100; sent++) yield Buffer.alloc(1_024, 0x20);
  };
  const headers = new Headers({ "content-type": "application/json", "x-auth-token": mine });
  expect((await earn.reply({ method: "POST", url: "/api/points/earn", headers, body: chunks() })).status).toBe(413);
});

test("a body of the largest size is read whole, though a letter is cut between two chunks", async () => {
  const mine = await token();
  const headers = new Headers({ "content-type": "application/json", "x-auth-token": mine });
  const bytes = Buffer.from(JSON.stringify({ actionType: "签到" }));
  const reply = await earn.reply({ method: "POST", url: "/", headers, body: [...bytes].map((byte) => Buffer.from([byte])) });
  expect(JSON.parse(reply.body)).toMatchObject({ code: "unknown_action" });
});

test("a parameter that is there twice is refused: two readers would take different ones", async () => {
  const mine = await token();
  for (const path of ["/api/orders/history?limit=1&limit=2", "/api/orders/history?limit=1&limit=1"]) {
    const reply = await call(history, { method: "GET", token: mine, path });
    expect([reply.status, reply.body.errors]).toMatchObject([400, [{ field: "limit" }]]);
  }
});

test.each(["limit=0", "limit=101", "limit=1.5", "limit=abc", "limit=-1", "before=0", "before=x", "page=2", "sort=password"])("a history of ?%s is refused", async (query) => {
  expect((await call(history, { method: "GET", token: await token(), path: `/api/orders/history?${query}` })).status).toBe(400);
});

test("a refusal is a problem with the article's error beside it, in the language that was asked for", async () => {
  const reply = await call(spend, { token: await aToken(await aUser()), body: { productId: (await aMug()).id, quantity: 1 } });
  expect(reply.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(reply.body).toEqual({
    type: "urn:points-mall:insufficient_points", title: "insufficient_points", status: 409, code: "insufficient_points", pointsMissing: 100,
    detail: "You need 100 more points.", error: "You need 100 more points.", request_id: reply.headers.get("x-request-id"),
  });
  const chinese = await call(spend, { token: await aToken(await aUser()), body: { productId: (await aMug()).id, quantity: 1 }, headers: { "accept-language": "zh" } });
  expect(chinese.body.error).toMatch(/100.*\p{Script=Han}|\p{Script=Han}.*100/u);
});

test("no answer is kept by anybody on the way, or taken for something else", async () => {
  for (const reply of [await call(list, { method: "GET" }), await call(balance, { method: "GET" }), await call(balance, { method: "GET", token: await token() })]) {
    expect(reply.headers.get("cache-control")).toBe("no-store");
    expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
    expect(reply.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
  }
});

test("what goes wrong inside is told as an id, and nothing else", async () => {
  expectErrors();
  const mine = await token();
  const line = await Wire.to(env().DATABASE_URL);
  await withSettings({ DATABASE_URL: line.url }, async () => {
    line.judge = ({ sql }) => (sql.includes("sku_stock") ? "drop" : "pass");
    const reply = await call(list, { method: "GET" });
    expect(reply.status).toBe(503);
    expect(reply.headers.get("retry-after")).toBe("1");
    expect(reply.text).not.toMatch(/sku_stock|ECONN|PROTOCOL|node_modules| at |select/i);
    expect(Object.keys(reply.body).sort()).toEqual(["code", "detail", "error", "requestId", "request_id", "status", "title", "type"]);
  });
  await line.close();
  expect((await call(balance, { method: "GET", token: mine })).status).toBe(200);
});

test("a storm over the limit is told when to come back, and the money is where it was", async () => {
  const lin = await aUser({ points: 500 });
  const mine = await aToken(lin);
  await withSettings({ RATE_LIMIT_SCALE: 0.01 }, async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, () => call(earn, { token: mine, body: { actionType: "nothing" } })));
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(6);
    expect(Number(refused[0]!.headers.get("retry-after"))).toBeGreaterThan(0);
  });
  expect(await balanceOf(lin)).toBe(500);
});

test.each([
  ["__proto__", '{"__proto__":{"isAdmin":true},"actionType":"checkin"}'], ["constructor", '{"constructor":{"prototype":{"isAdmin":true}},"actionType":"checkin"}'],
])("a body with %s pollutes nothing", async (_, body) => {
  for (const handler of [earn, register, login]) await call(handler, { token: await token(), body });
  expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
});

test.each([{ token: 0 }, { email: { $ne: 1 }, password: { $ne: 1 } }, { email: ["a"], password: ["b"] }, { email: "a@b.co", password: 0 }, { email: `a${"b".repeat(300)}@c.de`, password: "x" }])(
  "signing in with %j is a bad request", async (body) => {
    expect((await call(login, { body })).status).toBe(400);
  });

test("an address that says it is an administrator's is an address", async () => {
  const before = await count("SELECT COUNT(*) FROM users");
  for (const email of ['"a@evil"@victim.com', "a@evil.com,b@x.com", "a＠evil.com@x.com", "a@b.com\r\nBcc: c@d.com", "a b@c.com", "@c.com", "a@", "a@localhost"]) {
    expect((await call(register, { body: { username: "mei", email, password: "correct horse battery" } })).status).toBe(400);
  }
  expect(await count("SELECT COUNT(*) FROM users")).toBe(before);
});

test("a repeated request without a key is another order: only a key says that it is the same", async () => {
  const lin = await aUser({ points: 500 });
  const mine = await aToken(lin);
  const mug = await aMug({ initialStock: 9 });
  for (let press = 0; press < 2; press++) await call(spend, { token: mine, body: { productId: mug.id, quantity: 1 } });
  expect(await ordersOf(lin)).toHaveLength(2);
});
