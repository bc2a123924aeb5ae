import { expect, test } from "vitest";

import { adjustStock, saveProduct, setProductStatus } from "@/lib/catalog/commands";
import { ProductInput } from "@/lib/catalog/schema";
import { housekeepingJob } from "@/lib/jobs/housekeeping";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import {
  aKettle, aMug, anOrder, aProduct, aSpeaker, aUser, balanceOf, endOfDayIn, eventsAbout, ledgerOf, lin, lotsOf, ordersOf, redeemAlone, stockOf, theShop, wishOf, type TestProduct,
} from "@/test/world";

import { cancelOrder } from "../commands";

import { redeemProducts } from "./commands";

const home = { recipient: "林", phone: "13800000000", region: "上海", street: "南京东路 1 号", postcode: "200001" };

test("a redemption is an order, its item, its points from the soonest lot, a piece off the shelf, and an event", async () => {
  const who = await lin();
  const mug = await aMug({ initialStock: 3 });
  const reply = await anOrder(who, mug);
  expect(reply).toMatchObject({ status: "paid", quantity: 1, points: 100, totalCents: 0, cashDueCents: 0, pointsAvailable: 20, productName: "mug" });
  expect(await ordersOf(who)).toMatchObject([{ public_id: reply.orderId, status: "paid", points_spent: 100, cash_due_cents: 0 }]);
  expect(await rows("SELECT sku_id, quantity, points, product_name FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.public_id = ?", [reply.orderId]))
    .toEqual([{ sku_id: mug.skuId, quantity: 1, points: 100, product_name: "mug" }]);
  expect((await lotsOf(who)).map((lot) => lot.points_remaining)).toEqual([0, 20]);
  expect((await ledgerOf(who)).at(-1)).toMatchObject({ kind: "spend", points_change: -100, balance_after: 20, source_type: "order", source_id: reply.orderId });
  expect(await stockOf(mug)).toBe(2);
  expect(await rows("SELECT quantity, reason FROM stock_moves WHERE source_id = ?", [reply.orderId])).toEqual([{ quantity: -1, reason: "order" }]);
  expect(await eventsAbout("order", reply.orderId)).toEqual([{ name: "order.redeemed", actor_id: who.id, data: { points: 100, cashDueCents: 0, delivers: true } }]);
});

test("a user with 99 points cannot redeem a 100-point mug", async () => {
  const who = await aUser({ points: 99 });
  const mug = await aMug();
  expect(await redeemAlone(who, mug)).toEqual({ ok: false, code: "insufficient_points", detail: { pointsMissing: 1 } });
  expect(await balanceOf(who)).toBe(99);
  expect(await stockOf(mug)).toBe(1);
  expect(await ordersOf(who)).toEqual([]);
});

/** The product after somebody changed its SKU in a way that no form allows alone. */
async function withSku(product: TestProduct, change: string): Promise<TestProduct> {
  await rows(`UPDATE skus SET ${change} WHERE id = ?`, [product.skuId]);
  return product;
}

test.each([
  ["nothing has this id", async () => ({ skuId: 999_999_999 }), {}, "not_found"],
  ["it is a draft", () => aProduct({ status: "draft" }), {}, "not_on_sale"],
  ["it was archived", () => aProduct({ status: "archived" }), {}, "not_on_sale"],
  ["its SKU was taken off sale", async () => withSku(await aMug(), "is_active = 0"), {}, "not_on_sale"],
  ["there are more than an order may have", () => aMug({ limitPerOrder: 2, initialStock: 9 }), { quantity: 3 }, "quantity_over_limit"],
  ["there are more than one person may have", () => aMug({ limitPerUser: 1, initialStock: 9 }), { quantity: 2 }, "purchase_limit"],
  ["there are fewer left", () => aMug({ initialStock: 1 }), { quantity: 2 }, "sold_out"],
  ["there is nowhere to ship it", () => aProduct({ delivery: "shipped" }), {}, "address_required"],
  ["points were offered in another amount", () => aMug(), { pointsToUse: 50 }, "points_only_product"],
  ["it takes no points", () => aSpeaker(), {}, "points_not_accepted"],
  ["it takes fewer points", () => aSpeaker(), { pointsToUse: 5_001 }, "too_many_points"],
  ["the page showed another price", () => aMug(), { expected: { points: 90, cashDueCents: 0 } }, "price_changed"],
] as const)("it is refused when %s", async (_, product, wish, code) => {
  const who = await aUser({ points: 10_000 });
  const answer = await redeemAlone(who, await product(), wish);
  expect(answer.ok ? "ok" : answer.code).toBe(code);
  expect(await balanceOf(who)).toBe(10_000);
  expect(await ordersOf(who)).toEqual([]);
});

test("a frozen person spends nothing", async () => {
  const who = await aUser({ points: 100, isFrozen: true });
  const mug = await aMug();
  expect(await redeemAlone(who, mug)).toEqual({ ok: false, code: "account_frozen", detail: {} });
  expect(await balanceOf(who)).toBe(100);
  expect(await stockOf(mug)).toBe(1);
});

test("what is already bought counts towards the limit, and a cancelled order does not", async () => {
  const who = await aUser({ points: 1_000 });
  const kettle = await aKettle({ limitPerUser: 1 });
  const { orderId } = await anOrder(who, kettle);
  expect(await redeemAlone(who, kettle)).toMatchObject({ code: "purchase_limit", detail: { limit: 1, left: 0 } });
  await perform(who.actor, (ctx) => cancelOrder(ctx, { requestId: "x", orderId }));
  expect(await redeemAlone(who, kettle)).toMatchObject({ ok: true });
});

test("a person with 30 lots spends across all of them, soonest first, and ends with what is left in the last", async () => {
  const who = await aUser({ lots: Array.from({ length: 30 }, (_, day) => ({ points: 10, expiresInDays: 30 - day })) });
  await anOrder(who, await aMug({ pointsPrice: 295 }));
  expect((await lotsOf(who)).map((lot) => lot.points_remaining)).toEqual([...Array.from({ length: 29 }, () => 0), 5]);
});

test("two requests of one person in one set share what they have", async () => {
  const who = await aUser({ lots: Array.from({ length: 12 }, (_, day) => ({ points: 10, expiresInDays: day + 1 })) });
  const mug = await aMug({ pointsPrice: 60, initialStock: 9 });
  const answers = await perform(theShop, (ctx) => redeemProducts(ctx, [wishOf(who, mug), wishOf(who, mug), wishOf(who, mug)]));
  expect(answers.map((answer) => (answer.ok ? answer.value.pointsAvailable : answer.code))).toEqual([60, 0, "insufficient_points"]);
});

test("the last piece goes to the first of a set, and the second is told that none is left", async () => {
  const [first, second] = [await aUser({ points: 100 }), await aUser({ points: 100 })];
  const mug = await aMug();
  const answers = await perform(theShop, (ctx) => redeemProducts(ctx, [wishOf(second, mug), wishOf(first, mug)]));
  expect(answers).toMatchObject([{ ok: true }, { ok: false, code: "sold_out", detail: { left: 0 } }]);
});

test("one set may be of several products; each has its own stock", async () => {
  const who = await aUser({ points: 1_000 });
  const [mug, tote, gone] = [await aMug(), await aMug({ initialStock: 5 }), await aMug({ initialStock: 0 })];
  const answers = await perform(theShop, (ctx) => redeemProducts(ctx, [mug, tote, gone, tote].map((product) => wishOf(who, product))));
  expect(answers.map((answer) => answer.ok)).toEqual([true, true, false, true]);
  expect([await stockOf(mug), await stockOf(tote), await stockOf(gone)]).toEqual([0, 3, 0]);
});

test("points and cash: the points are taken at once, the cash is due within a quarter of an hour", async () => {
  const who = await aUser({ points: 100 });
  const reply = await anOrder(who, await aKettle());
  expect(reply).toMatchObject({ status: "pending", points: 50, totalCents: 990, cashDueCents: 990, pointsAvailable: 50 });
  const [order] = await rows<{ pay_by: Date; created_at: Date }>("SELECT pay_by, created_at FROM orders WHERE public_id = ?", [reply.orderId]);
  expect(order!.pay_by.getTime() - order!.created_at.getTime()).toBe(15 * 60_000);
});

test("points take a part of a cash price: 100 points are one yuan", async () => {
  const who = await aUser({ points: 5_000 });
  expect(await anOrder(who, await aSpeaker(), { pointsToUse: 1_234 })).toMatchObject({ status: "pending", points: 1_234, totalCents: 19_900, cashDueCents: 18_666 });
});

test("a cash order without points moves no points", async () => {
  const who = await aUser({ points: 7 });
  const reply = await anOrder(who, await aSpeaker(), { pointsToUse: 0 });
  expect(reply).toMatchObject({ points: 0, cashDueCents: 19_900, pointsAvailable: 7 });
  expect((await ledgerOf(who)).filter(({ kind }) => kind === "spend")).toEqual([]);
});

test("a repeated key gets the first reply and changes nothing, though the price has changed and the shelf is empty", async () => {
  const who = await aUser({ points: 300 });
  const mug = await aMug();
  const first = await redeemAlone(who, mug, { key: "k-1" });
  await perform(theShop, (ctx) => setProductStatus(ctx, { requestId: "x", id: mug.id, status: "archived" }));
  expect(await redeemAlone(who, mug, { key: "k-1" })).toEqual(first);
  expect(await balanceOf(who)).toBe(200);
});

test("a key with another body is refused, and another person's like key is theirs", async () => {
  const [who, other] = [await aUser({ points: 300 }), await aUser({ points: 300 })];
  const mug = await aMug({ initialStock: 9 });
  await redeemAlone(who, mug, { key: "k-1" });
  expect(await redeemAlone(who, mug, { key: "k-1", quantity: 2 })).toEqual({ ok: false, code: "request_key_reused", detail: {} });
  expect(await redeemAlone(other, mug, { key: "k-1", quantity: 2 })).toMatchObject({ ok: true });
});

test("keys that a lenient comparison would take for one are three", async () => {
  const who = await aUser({ points: 300 });
  const mug = await aMug({ initialStock: 9 });
  for (const key of ["Key-1", "key-1", "KEY-1"]) expect(await redeemAlone(who, mug, { key })).toMatchObject({ ok: true });
  expect(await ordersOf(who)).toHaveLength(3);
});

test("a refused request leaves its key free for another try", async () => {
  const who = await aUser({ points: 100 });
  const mug = await aMug({ initialStock: 0 });
  expect(await redeemAlone(who, mug, { key: "again" })).toMatchObject({ code: "sold_out" });
  await perform(theShop, (ctx) => adjustStock(ctx, { requestId: "x", skuId: mug.skuId, change: 1, note: "found one" }));
  expect(await redeemAlone(who, mug, { key: "again" })).toMatchObject({ ok: true });
});

test("a key is remembered after the housekeeping too: a late repeat is not a second order", async () => {
  const who = await aUser({ points: 300 });
  const mug = await aMug({ initialStock: 9 });
  const first = await redeemAlone(who, mug, { key: "late" });
  await housekeepingJob.run(endOfDayIn(30), Date.now() + 10_000);
  expect(await redeemAlone(who, mug, { key: "late" })).toEqual(first);
});

test("an order keeps its names and prices when the product is renamed, repriced and archived", async () => {
  const who = await aUser({ points: 300 });
  const mug = await aMug();
  const { orderId } = await anOrder(who, mug);
  const changed = ProductInput.parse({ requestId: "x", id: mug.id, name: "another name", status: "archived", skus: [{ id: mug.skuId, priceMode: "points", pointsPrice: 999 }] });
  await perform(theShop, (ctx) => saveProduct(ctx, changed));
  expect(await rows("SELECT product_name, points FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.public_id = ?", [orderId])).toEqual([{ product_name: "mug", points: 100 }]);
});

test("a price that changed since the page was shown is refused with the new one", async () => {
  const who = await aUser({ points: 300 });
  const answer = await redeemAlone(who, await aMug({ pointsPrice: 120 }), { expected: { points: 100, cashDueCents: 0 } });
  expect(answer).toEqual({ ok: false, code: "price_changed", detail: { points: 120, cashDueCents: 0 } });
});

test("the address goes with the order", async () => {
  const who = await aUser({ points: 300 });
  const { orderId } = await anOrder(who, await aProduct({ delivery: "shipped" }), { address: home });
  expect(await rows("SELECT address FROM orders WHERE public_id = ?", [orderId])).toEqual([{ address: home }]);
});

test("public ids are long and random: one order does not lead to the next", async () => {
  const who = await aUser({ points: 300 });
  const mug = await aMug({ initialStock: 9 });
  const ids = [await anOrder(who, mug), await anOrder(who, mug)].map(({ orderId }) => orderId);
  for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
  expect(ids[0]).not.toBe(ids[1]);
});
