import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { closeFlashSale } from "@/lib/flash/commands";
import { perform } from "@/lib/perform";
import { call } from "@/test/http";
import { aFlashSale, aKettle, aMug, aToken, aUser, balanceOf, theClock, theShop } from "@/test/world";

import { watch } from "./[id]/handler";
import { redeemFlash } from "./redeem/handler";

const look = (id: number | string) => call(watch, { method: "GET", path: `/api/flash/${id}` });
/** What was read is believed for a moment. */
const afterAMoment = () => new Promise((wake) => setTimeout(wake, 300));

test("who watches sees the server's time, the window, and what is left", async () => {
  const sale = await aFlashSale(await aMug({ initialStock: 9 }), { pieces: 3 });
  const { status, body, headers } = await look(sale.id);
  expect(status).toBe(200);
  expect(body).toMatchObject({ phase: "on", stock: 3, pieces: 3 });
  expect(Object.keys(body).sort()).toEqual(["endsAt", "now", "phase", "pieces", "startsAt", "stock"]);
  expect(Math.abs(Date.parse(String(body.now)) - theClock.now().getTime())).toBeLessThan(5_000);
  expect(headers.get("cache-control")).toBe("no-store");
});

test("before it begins it is soon; when it was closed it is over, within a moment", async () => {
  const mug = await aMug({ initialStock: 9 });
  const sale = await aFlashSale(mug, { startsAt: new Date(theClock.now().getTime() + 60_000) });
  expect((await look(sale.id)).body.phase).toBe("soon");
  theClock.passMinutes(2);
  expect((await look(sale.id)).body.phase).toBe("on");
  await perform(theShop, (ctx) => closeFlashSale(ctx, { id: sale.id }));
  await afterAMoment();
  expect((await look(sale.id)).body).toMatchObject({ phase: "over", stock: 0 });
});

test.each(["999999999", "0", "-1", "1.5", "abc", "1%20"])("there is no sale %s", async (id) => {
  expect((await look(id)).status).toBe(404);
});

test("a redemption takes a piece at the sale's price, and its key makes it once", async () => {
  const lin = await aUser({ points: 100 });
  const sale = await aFlashSale(await aMug({ initialStock: 9 }), { pieces: 3, pointsPrice: 30, limitPerUser: 2 });
  const asked = { token: await aToken(lin), body: { saleId: sale.id }, headers: { "idempotency-key": randomUUID() } };
  const first = await call(redeemFlash, asked);
  expect(first.body).toMatchObject({ points: 70, product: "mug", status: "paid", cash_due: 0 });
  expect((await call(redeemFlash, asked)).text).toBe(first.text);
  expect((await call(redeemFlash, { ...asked, headers: {}, body: { saleId: sale.id, quantity: 2 } })).body).toMatchObject({ code: "purchase_limit", limit: 2, left: 1 });
  expect(await balanceOf(lin)).toBe(70);
});

test("what is due in cash is told", async () => {
  const sale = await aFlashSale(await aKettle(), { pieces: 3, pointsPrice: 30, cashPriceCents: 150 });
  expect((await call(redeemFlash, { token: await aToken(await aUser({ points: 100 })), body: { saleId: sale.id } })).body).toMatchObject({ status: "pending", cash_due: 1.5, points: 70 });
});

test.each([
  ["without a token", 401, "not_signed_in", async () => ({ body: { saleId: 1 } })],
  ["for no sale", 404, "not_found", async (token: string) => ({ token, body: { saleId: 999_999_999 } })],
  ["of more than it says", 400, "invalid_input", async (token: string) => ({ token, body: { saleId: 1, skuId: 5 } })],
  ["of nothing", 400, "invalid_input", async (token: string) => ({ token, body: { saleId: 1, quantity: 0 } })],
  ["before the start", 409, "not_started", async (token: string) => ({ token, body: { saleId: (await aFlashSale(await aMug(), { startsAt: new Date(theClock.now().getTime() + 60_000) })).id } })],
] as const)("a redemption %s is refused with %i", async (_, status, code, asked) => {
  const reply = await call(redeemFlash, await asked(await aToken(await aUser({ points: 100 }))));
  expect([reply.status, reply.body.code]).toEqual([status, code]);
});
