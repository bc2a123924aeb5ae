import { expect, test } from "vitest";

import { db } from "@/db/client";
import { checkOut } from "@/lib/orders/lanes";
import { ORDER_LINES_MAX } from "@/lib/orders/schema";
import { perform } from "@/lib/perform";
import { getPolicy } from "@/lib/settings/queries";
import { rows } from "@/test/database";
import { aKettle, aMug, atOnce, aUser, balanceOf, ordersOf, refusalOf, theClock, unique, type TestUser } from "@/test/world";

import { addToCart, changeQuantity } from "./commands";
import { countCart, readCart } from "./queries";

const put = (who: TestUser, { skuId }: { skuId: number }, quantity = 1) => perform(who.actor, (ctx) => addToCart(ctx, { requestId: "x", skuId, quantity }));
const change = (who: TestUser, { skuId }: { skuId: number }, quantity: number) => perform(who.actor, (ctx) => changeQuantity(ctx, { requestId: "x", skuId, quantity }));
const cartOf = async (who: TestUser) => readCart(db(), who.id, theClock.now(), await getPolicy(db()));

test("a cart holds what was put into it, in that order; more of the same counts up", async () => {
  const who = await aUser({ points: 500 });
  const [mug, kettle] = [await aMug({ initialStock: 5 }), await aKettle()];
  expect(await put(who, mug)).toEqual({ products: 1, quantity: 1 });
  expect(await put(who, kettle, 2)).toEqual({ products: 2, quantity: 2 });
  expect(await put(who, mug)).toEqual({ products: 2, quantity: 2 });
  expect(await cartOf(who)).toMatchObject([{ skuId: mug.skuId, quantity: 2, problem: null }, { skuId: kettle.skuId, quantity: 2, offer: { pointsPrice: 50, cashPriceCents: 990 } }]);
  expect(await countCart(db(), who.id)).toBe(2);
});

test("two tabs that add at once lose nothing", async () => {
  const who = await aUser({ points: 500 });
  const mug = await aMug({ initialStock: 50 });
  await atOnce(20, () => put(who, mug));
  expect(await cartOf(who)).toMatchObject([{ quantity: 20 }]);
});

test("a quantity is changed, and none takes it out; what is not in the cart stays out", async () => {
  const who = await aUser();
  const mug = await aMug({ initialStock: 5 });
  await put(who, mug);
  await change(who, mug, 3);
  expect(await cartOf(who)).toMatchObject([{ quantity: 3 }]);
  await change(who, mug, 0);
  expect(await cartOf(who)).toEqual([]);
  expect(await refusalOf(change(who, mug, 2))).toBe("not_found");
});

test("nobody changes another person's cart", async () => {
  const [who, other] = [await aUser(), await aUser({ name: "other" })];
  const mug = await aMug({ initialStock: 5 });
  await put(who, mug);
  expect(await refusalOf(change(other, mug, 5))).toBe("not_found");
  expect(await cartOf(who)).toMatchObject([{ quantity: 1 }]);
});

test("what the shop does not list cannot be put into it, and it holds so many products", async () => {
  const who = await aUser();
  const draft = await aMug();
  await rows("UPDATE products SET status = 'draft' WHERE id = ?", [draft.id]);
  expect(await refusalOf(put(who, draft))).toBe("not_found");
  expect(await refusalOf(put(who, { skuId: 999_999_999 }))).toBe("not_found");
  for (let filled = 0; filled < ORDER_LINES_MAX; filled++) await put(who, await aMug());
  expect(await refusalOf(put(who, await aMug()))).toBe("cart_full");
});

test("what only a segment opens is put into a cart by its people alone, what a level opens by everybody", async () => {
  const [who, other] = [await aUser(), await aUser({ name: "other" })];
  const [hidden, shown] = [await aMug(), await aMug()];
  await rows("INSERT INTO segments (slug, name, definition) VALUES (?, 'friends', ?)", [unique("friends"), JSON.stringify({ userIds: [who.id] })]);
  const [segment] = await rows<{ id: number }>("SELECT MAX(id) AS id FROM segments");
  await rows("INSERT INTO segment_members (segment_id, user_id) VALUES (?, ?)", [segment!.id, who.id]);
  await rows("UPDATE products SET is_gated = 1 WHERE id IN (?, ?)", [hidden.id, shown.id]);
  await rows("INSERT INTO product_gates (product_id, kind, audience_id) VALUES (?, 'segment', ?), (?, 'level', 1)", [hidden.id, segment!.id, shown.id]);
  expect(await refusalOf(put(other, hidden))).toBe("not_found");
  expect(await put(who, hidden)).toEqual({ products: 1, quantity: 1 });
  expect(await put(other, shown)).toEqual({ products: 1, quantity: 1 });
});

test("what cannot be had any more says why, and what is too many says how many", async () => {
  const who = await aUser();
  const [mug, few] = [await aMug(), await aMug({ initialStock: 2 })];
  await put(who, mug);
  await put(who, few, 3);
  await rows("UPDATE products SET status = 'archived' WHERE id = ?", [mug.id]);
  expect(await cartOf(who)).toMatchObject([{ quantityMax: 0, problem: { code: "not_on_sale" } }, { quantityMax: 2, problem: { code: "sold_out", detail: { left: 2 } } }]);
});

test("a checkout orders what was shown and takes it out of the cart; at another price it is refused, and nothing happens", async () => {
  const who = await aUser({ points: 500 });
  const [mug, kettle, later] = [await aMug({ initialStock: 5 }), await aKettle(), await aMug()];
  for (const product of [mug, kettle, later]) await put(who, product);
  const lines = [{ skuId: mug.skuId, quantity: 1 }, { skuId: kettle.skuId, quantity: 1 }];
  const version = `${mug.skuId}.1.100.0-${kettle.skuId}.1.50.990-150-990-0`;
  await rows("UPDATE skus SET points_price = 120 WHERE id = ?", [mug.skuId]);
  expect(await checkOut(who, { requestId: "c1", lines, version })).toEqual({ ok: false, code: "price_changed", detail: { points: 170, cashDueCents: 990 } });
  expect([await ordersOf(who), await balanceOf(who), await countCart(db(), who.id)]).toEqual([[], 500, 3]);
  await rows("UPDATE skus SET points_price = 100 WHERE id = ?", [mug.skuId]);
  const done = await checkOut(who, { requestId: "c1", lines, version });
  expect(done).toMatchObject({ ok: true, value: { points: 150, cashDueCents: 990 } });
  expect(await cartOf(who)).toMatchObject([{ skuId: later.skuId }]);
  expect(await checkOut(who, { requestId: "c1", lines, version })).toEqual(done);
  expect(await ordersOf(who)).toHaveLength(1);
});
