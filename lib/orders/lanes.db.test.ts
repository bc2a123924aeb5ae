import { randomUUID } from "node:crypto";

import { afterEach, expect, test, vi } from "vitest";

import { db } from "@/db/client";
import { getDefaultAddress } from "@/lib/accounts/queries";
import { adjustStock } from "@/lib/catalog/commands";
import { perform } from "@/lib/perform";
import { forgetPolicy } from "@/lib/settings/queries";
import { rows } from "@/test/database";
import { withSettings } from "@/test/settings";
import { aKettle, aMug, anOrder, aProduct, aUser, balanceOf, ordersOf, refusalOf, theShop, wishOf } from "@/test/world";

import { redeem, redeemForShopper } from "./lanes";
import { settleTestPayment, startPayment } from "./payment";
import { findTestPayment } from "./queries";
import { RedeemInput } from "./schema";

afterEach(() => void vi.useRealTimers());

const home = { recipient: "林", phone: "13800000000", region: "上海", street: "南京东路 1 号", postcode: "200001" };
const form = (skuId: number, more: object = {}) => RedeemInput.parse({ requestId: randomUUID(), skuId, quantity: 1, expectedPoints: 100, expectedCashDueCents: 0, ...more });

test("a shelf that was empty is believed to be for a fifth of a second, and not longer", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const lin = await aUser({ points: 500 });
  const mug = await aMug({ initialStock: 0 });
  expect(await redeem(wishOf(lin, mug))).toMatchObject({ code: "sold_out" });
  await perform(theShop, (ctx) => adjustStock(ctx, { requestId: "x", skuId: mug.skuId, change: 1, note: "found one" }));
  vi.setSystemTime(Date.now() + 199);
  expect(await redeem(wishOf(lin, mug))).toMatchObject({ code: "sold_out" });
  vi.setSystemTime(Date.now() + 1);
  expect(await redeem(wishOf(lin, mug))).toMatchObject({ ok: true });
});

test("while the shelf is believed empty a winner still hears of the order, and a used key with another body is still refused", async () => {
  const [lin, mei] = [await aUser({ points: 500 }), await aUser({ points: 500 })];
  const mug = await aMug();
  const won = await redeem(wishOf(lin, mug, { key: "mine" }));
  expect(await redeem(wishOf(mei, mug))).toMatchObject({ code: "sold_out" });
  expect(await redeem(wishOf(lin, mug, { key: "mine" }))).toEqual(won);
  expect(await redeem(wishOf(lin, mug, { key: "mine", quantity: 2 }))).toMatchObject({ code: "request_key_reused" });
  expect(await redeem(wishOf(mei, mug, { key: "mine" }))).toMatchObject({ code: "sold_out" });
});

test("fewer left than wanted is not empty: the next buyer of one gets it", async () => {
  const [lin, mei] = [await aUser({ points: 500 }), await aUser({ points: 500 })];
  const mug = await aMug({ initialStock: 1 });
  expect(await redeem(wishOf(lin, mug, { quantity: 2 }))).toMatchObject({ code: "sold_out", detail: { left: 1 } });
  expect(await redeem(wishOf(mei, mug))).toMatchObject({ ok: true });
});

test("the shop's page redeems at the price it showed, and the address is kept for next time", async () => {
  const lin = await aUser({ points: 500 });
  const tote = await aProduct({ name: "tote", delivery: "shipped", skus: [{ initialStock: 3 }] });
  expect(await redeemForShopper(lin, form(tote.skuId, { address: home }))).toMatchObject({ ok: true, value: { status: "paid", points: 100 } });
  expect(await getDefaultAddress(db(), lin.id)).toEqual(home);
  expect(await redeemForShopper(lin, form(tote.skuId))).toMatchObject({ code: "address_required" });
  expect(await redeemForShopper(lin, form(tote.skuId, { address: home, expectedPoints: 90 }))).toMatchObject({ code: "price_changed", detail: { points: 100 } });
});

test("a form sent twice is one order", async () => {
  const lin = await aUser({ points: 500 });
  const input = form((await aMug({ initialStock: 3 })).skuId);
  const [first, second] = await Promise.all([redeemForShopper(lin, input), redeemForShopper(lin, input)]);
  expect(second).toEqual(first);
  expect(await ordersOf(lin)).toHaveLength(1);
});

const ask = (orderId: string, requestId: string = randomUUID()) => ({ requestId, orderId });

test("paying leads to the test cashier, whose word moves the order", async () => {
  const lin = await aUser({ points: 50 });
  const { orderId } = await anOrder(lin, await aKettle());
  const started = await startPayment(lin, ask(orderId));
  if (!started.ok) throw new Error(started.code);
  const reference = started.value.redirectTo.replace("/cashier/", "");
  expect(await findTestPayment(db(), reference, lin.id)).toMatchObject({ orderId, amountCents: 990, status: "created", orderStatus: "pending" });
  expect(await settleTestPayment(lin, { reference, result: "paid" })).toEqual({ ok: true, value: { orderId, status: "paid" } });
  expect(await balanceOf(lin)).toBe(9);
});

test("pressing pay twice with one key is one attempt", async () => {
  const lin = await aUser({ points: 50 });
  const { orderId } = await anOrder(lin, await aKettle());
  const key = randomUUID();
  const [first, second] = await Promise.all([startPayment(lin, ask(orderId, key)), startPayment(lin, ask(orderId, key))]);
  expect(second).toEqual(first);
});

test("nobody pays for, or settles, another person's order", async () => {
  const [lin, eve] = [await aUser({ points: 50 }), await aUser({ name: "eve" })];
  const { orderId } = await anOrder(lin, await aKettle());
  const started = await startPayment(lin, ask(orderId));
  if (!started.ok) throw new Error(started.code);
  expect(await refusalOf(startPayment(eve, ask(orderId)))).toBe("not_found");
  expect(await refusalOf(settleTestPayment(eve, { reference: started.value.redirectTo.replace("/cashier/", ""), result: "paid" }))).toBe("not_found");
});

test("a test cashier that the merchant switched off takes no payments, also those that began before", async () => {
  const lin = await aUser({ points: 50 });
  const { orderId } = await anOrder(lin, await aKettle());
  const started = await startPayment(lin, ask(orderId));
  if (!started.ok) throw new Error(started.code);
  await rows("INSERT INTO settings (name, value) VALUES ('paymentsOff', '[\"test\"]')");
  forgetPolicy();
  try {
    expect(await refusalOf(startPayment(lin, ask(orderId)))).toBe("unavailable");
    expect(await refusalOf(settleTestPayment(lin, { reference: started.value.redirectTo.replace("/cashier/", ""), result: "paid" }))).toBe("unavailable");
  } finally {
    await rows("DELETE FROM settings WHERE name = 'paymentsOff'");
    forgetPolicy();
  }
  expect((await ordersOf(lin))[0]).toMatchObject({ status: "pending" });
});

test("a shop without the test cashier takes no test payments, whoever asks", async () => {
  const lin = await aUser({ points: 50 });
  const { orderId } = await anOrder(lin, await aKettle());
  const started = await startPayment(lin, ask(orderId));
  if (!started.ok) throw new Error(started.code);
  await withSettings({ PAYMENT_TEST_CASHIER: false }, async () => {
    expect(await refusalOf(startPayment(lin, ask(orderId)))).toBe("unavailable");
    expect(await refusalOf(settleTestPayment(lin, { reference: started.value.redirectTo.replace("/cashier/", ""), result: "paid" }))).toBe("unavailable");
  });
  expect((await ordersOf(lin))[0]).toMatchObject({ status: "pending" });
});
