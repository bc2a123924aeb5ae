import { createServer, request as httpRequest, type OutgoingHttpHeaders, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";

import { afterAll, beforeAll, expect, test } from "vitest";

import { aFlashSale, aMug, aToken, aUser, balanceOf, ordersOf } from "@/test/world";

import { answerHot } from "./hot-routes";

let server: Server;
const port = () => (server.address() as AddressInfo).port;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (!answerHot(request, response)) response.writeHead(299).end("Next's");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

type Asked = { method?: string; path: string; headers?: OutgoingHttpHeaders; body?: string | Buffer };

/** Over a socket, with headers that `fetch` would not send. */
const ask = ({ method = "POST", path, headers = {}, body }: Asked) =>
  new Promise<{ status: number; type: string; body: Record<string, unknown>; text: string }>((resolve, reject) => {
    const sent = httpRequest({ port: port(), host: "127.0.0.1", method, path, headers: { "content-type": "application/json", ...headers } }, (reply) => {
      let text = "";
      reply.setEncoding("utf8").on("data", (part: string) => (text += part)).on("end", () => {
        const isJson = String(reply.headers["content-type"]).includes("json");
        resolve({ status: reply.statusCode!, type: String(reply.headers["content-type"]), text, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });

test("the hot routes are answered in front of Next, whole: earn, spend, create, balance", async () => {
  const lin = await aUser({ points: 300 });
  const headers = { "x-auth-token": await aToken(lin) };
  const mug = await aMug({ initialStock: 9 });
  expect((await ask({ path: "/api/points/earn", headers, body: '{"actionType":"checkin"}' })).body).toMatchObject({ points: 320, change: 20 });
  expect((await ask({ path: "/api/points/spend", headers, body: JSON.stringify({ productId: mug.id, quantity: 1 }) })).body).toMatchObject({ points: 220, product: "mug" });
  expect((await ask({ path: "/api/orders/create", headers, body: JSON.stringify({ productId: mug.id, quantity: 1, usePoints: 100 }) })).body).toMatchObject({ points: 120 });
  expect(await ask({ method: "GET", path: "/api/points/balance", headers })).toMatchObject({ status: 200, type: "application/json; charset=utf-8", text: '{"points":120}' });
});

test("so are a flash sale's: its redemption and what those who watch it ask", async () => {
  const headers = { "x-auth-token": await aToken(await aUser({ points: 300 })) };
  const sale = await aFlashSale(await aMug({ initialStock: 9 }), { pieces: 2 });
  expect((await ask({ path: "/api/flash/redeem", headers, body: JSON.stringify({ saleId: sale.id }) })).body).toMatchObject({ points: 250 });
  expect((await ask({ method: "GET", path: `/api/flash/${sale.id}` })).body).toMatchObject({ phase: "on", pieces: 2 });
  expect((await ask({ method: "GET", path: `/api/flash/${sale.id}/` })).status).toBe(299);
  expect((await ask({ method: "GET", path: "/api/flash/redeem" })).status).toBe(299);
});

test.each([
  ["another method", { method: "GET", path: "/api/points/spend" }], ["a query", { method: "GET", path: "/api/points/balance?x=1" }], ["a slash more", { path: "/api/points/spend/" }], ["another case", { path: "/API/points/spend" }],
  ["a way around", { path: "/api/x/../points/spend" }], ["an encoded letter", { path: "/api/points/s%70end" }], ["another page", { method: "GET", path: "/" }],
])("a request with %s is Next's", async (_, asked) => {
  expect((await ask(asked)).status).toBe(299);
});

test("a refusal is the same problem as through Next", async () => {
  expect(await ask({ path: "/api/points/earn", body: "{}" })).toMatchObject({ status: 401, type: "application/problem+json; charset=utf-8", body: { code: "not_signed_in" } });
});

test("a body that is too large is refused, however it is sent, and the server goes on", async () => {
  const headers = { "x-auth-token": await aToken(await aUser()) };
  const large = Buffer.alloc(300_000, 0x20);
  expect((await ask({ path: "/api/points/earn", headers, body: large })).status).toBe(413);
  expect((await ask({ path: "/api/points/earn", headers: { ...headers, "transfer-encoding": "chunked" }, body: large })).status).toBe(413);
  expect((await ask({ method: "GET", path: "/api/points/balance", headers })).status).toBe(200);
});

test("two tokens are none", async () => {
  const [lin, mei] = [await aToken(await aUser({ points: 1 })), await aToken(await aUser({ points: 2 }))];
  expect((await ask({ method: "GET", path: "/api/points/balance", headers: { "x-auth-token": [lin, mei] } })).status).toBe(401);
});

test("a client that goes away in the middle of its request changes nothing", async () => {
  const lin = await aUser({ points: 300 });
  const token = await aToken(lin);
  const mug = await aMug();
  await new Promise<void>((gone) => {
    const socket = connect(port(), "127.0.0.1", () => {
      socket.write(`POST /api/points/spend HTTP/1.1\r\nhost: shop\r\nx-auth-token: ${token}\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"productId":${mug.id},`);
      socket.once("close", () => gone());
      setImmediate(() => socket.destroy());
    });
  });
  expect((await ask({ method: "GET", path: "/api/points/balance", headers: { "x-auth-token": token } })).body).toEqual({ points: 300 });
  expect([await balanceOf(lin), await ordersOf(lin)]).toEqual([300, []]);
});
