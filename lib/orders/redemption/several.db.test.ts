import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import type { UserId } from "@/lib/ctx";
import { cancelOrder } from "@/lib/orders/commands";
import { refundItem } from "@/lib/orders/refunding/commands";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { aKettle, aMug, anOrder, aProduct, aSpeaker, atOnce, aUser, balanceOf, ledgerOf, pay, redeemAlone, stockOf, tally, theClock, withPolicy, type TestUser, type Wish } from "@/test/world";

import type { RedeemReply } from "./commands";

const home = { recipient: "林", phone: "13800000000", region: "上海", street: "南京东路 1 号", postcode: "200001" };

type TemplatePlan = { kind?: string; unit?: string; amount?: number; percent?: number; min_spend?: number; gift_sku_id?: number | null; scope?: string; scope_ids?: number[] };

/** A coupon in the person's wallet, ¥20 off unless told otherwise; its public id. */
async function aCoupon(who: TestUser, plan: TemplatePlan = {}, usable: { from?: number; until?: number } = {}): Promise<string> {
  const { kind = "amount", unit = "cash", amount = 2_000, percent = 0, min_spend = 0, gift_sku_id = null, scope = "all", scope_ids = [] } = plan;
  const day = (days: number): Date => new Date(theClock.now().getTime() + days * 86_400_000);
  const result = await rows("INSERT INTO coupon_templates (name, kind, unit, amount, percent, min_spend, gift_sku_id, scope, scope_ids, valid_days, status) VALUES ('coupon', ?, ?, ?, ?, ?, ?, ?, ?, 30, 'active')",
    [kind, unit, amount, percent, min_spend, gift_sku_id, scope, JSON.stringify(scope_ids)]) as unknown as { insertId: number };
  await rows("INSERT INTO coupon_budgets (template_id, issued) VALUES (?, 1)", [result.insertId]);
  const publicId = randomUUID().replaceAll("-", "").slice(0, 22);
  await rows("INSERT INTO coupons (public_id, template_id, user_id, source_type, source_id, usable_from, expires_at) VALUES (?, ?, ?, 'grant', ?, ?, ?)",
    [publicId, result.insertId, who.id, publicId, day(usable.from ?? -1), day(usable.until ?? 30)]);
  return publicId;
}

const couponOf = async (publicId: string): Promise<{ status: string; order_public_id: string | null }> =>
  (await rows<{ status: string; order_public_id: string | null }>("SELECT status, order_public_id FROM coupons WHERE public_id = ?", [publicId]))[0]!;

const itemsOf = (orderId: string): Promise<Record<string, unknown>[]> =>
  rows("SELECT i.line, i.sku_id, i.quantity, i.points, i.cash_due_cents, i.discount_cents, i.coupon_cents, i.coupon_points, i.is_gift FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.public_id = ? ORDER BY line", [orderId]);

const both = (one: { skuId: number }, other: { skuId: number }, more: Wish = {}): Wish => ({ lines: [{ skuId: one.skuId, quantity: 2 }, { skuId: other.skuId, quantity: 1 }], address: home, ...more });

async function takeBack(orderId: string, line: number, quantity = 1): Promise<{ points: number; cashCents: number }> {
  const staff = (await aUser({ name: "staff", role: "staff" })).actor;
  return perform(staff, (ctx) => refundItem(ctx, { requestId: randomUUID(), orderId, line, quantity, restock: true, reason: "sent back" }));
}

test("several products are one order: each its line, its pieces and its part of what is paid", async () => {
  const who = await aUser({ points: 1_000 });
  const [mug, kettle] = [await aMug({ initialStock: 5 }), await aKettle()];
  const reply = await anOrder(who, mug, both(mug, kettle));
  expect(reply).toMatchObject({ status: "pending", quantity: 3, points: 250, cashDueCents: 990, productName: "mug", pointsAvailable: 750 });
  expect(await itemsOf(reply.orderId)).toMatchObject([{ line: 1, sku_id: mug.skuId, quantity: 2, points: 200, cash_due_cents: 0 }, { line: 2, sku_id: kettle.skuId, quantity: 1, points: 50, cash_due_cents: 990 }]);
  expect([await stockOf(mug), await stockOf(kettle)]).toEqual([3, 9]);
  expect((await ledgerOf(who)).filter(({ kind }) => kind === "spend")).toMatchObject([{ points_change: -250 }]);
});

test("one product that is not to be had refuses the whole order, and says which", async () => {
  const who = await aUser({ points: 1_000 });
  const [mug, gone] = [await aMug({ initialStock: 5 }), await aMug({ initialStock: 0 })];
  expect(await redeemAlone(who, mug, both(mug, gone))).toEqual({ ok: false, code: "sold_out", detail: { left: 0, skuId: gone.skuId } });
  expect([await stockOf(mug), await balanceOf(who)]).toEqual([5, 1_000]);
});

test("opposite carts of many people at once: every order is whole, and no piece is sold twice", async () => {
  const [mug, tote] = [await aMug({ initialStock: 30 }), await aMug({ initialStock: 30 })];
  const people = await Promise.all(Array.from({ length: 20 }, () => aUser({ points: 1_000 })));
  const answers = await atOnce(20, (index) => redeemAlone(people[index]!, mug, index % 2 ? both(mug, tote) : both(tote, mug)));
  const sold = tally(answers).ok ?? 0;
  expect(60 - (await stockOf(mug)) - (await stockOf(tote))).toBe(sold * 3);
  expect(sold).toBe(20);
});

test("a repeat of an order of several products is told the same", async () => {
  const who = await aUser({ points: 1_000 });
  const [mug, kettle] = [await aMug({ initialStock: 5 }), await aKettle()];
  const first = await redeemAlone(who, mug, both(mug, kettle, { key: "cart-1" }));
  expect(await redeemAlone(who, mug, both(mug, kettle, { key: "cart-1" }))).toEqual(first);
});

test("a coupon is used for its order and takes its amount off; cancelled, the order gives it back as it was", async () => {
  const who = await aUser({ points: 1_000 });
  const [mug, speaker] = [await aMug({ initialStock: 5 }), await aSpeaker()];
  const couponId = await aCoupon(who);
  const reply = await anOrder(who, mug, both(mug, speaker, { pointsToUse: 300, couponId }));
  expect(reply).toMatchObject({ points: 300, totalCents: 19_900, cashDueCents: 17_800 });
  expect(await itemsOf(reply.orderId)).toMatchObject([{ coupon_cents: 0 }, { points: 100, discount_cents: 100, coupon_cents: 2_000, cash_due_cents: 17_800 }]);
  expect(await couponOf(couponId)).toEqual({ status: "used", order_public_id: reply.orderId });
  expect(await redeemAlone(who, mug, both(mug, speaker, { pointsToUse: 300, couponId }))).toMatchObject({ ok: false, code: "coupon_not_usable" });
  await perform(who.actor, (ctx) => cancelOrder(ctx, { requestId: "c", orderId: reply.orderId }));
  expect(await couponOf(couponId)).toEqual({ status: "active", order_public_id: null });
  expect([await stockOf(mug), await stockOf(speaker), await balanceOf(who)]).toEqual([5, 10, 1_000]);
});

test("one coupon in five orders at once is used once", async () => {
  const who = await aUser({ points: 1_000 });
  const speaker = await aSpeaker();
  const couponId = await aCoupon(who);
  expect(tally(await atOnce(5, () => redeemAlone(who, speaker, { pointsToUse: 0, couponId })))).toEqual({ ok: 1, coupon_not_usable: 4 });
});

test.each([
  ["somebody else's", async () => aCoupon(await aUser({ name: "other" })), "coupon_not_usable"],
  ["not there", async () => "x".repeat(22), "coupon_not_usable"],
  ["over", async (who: TestUser) => aCoupon(who, {}, { from: -9, until: -1 }), "coupon_not_usable"],
  ["for more than this", async (who: TestUser) => aCoupon(who, { min_spend: 20_000 }), "coupon_minimum"],
  ["for something else", async (who: TestUser) => aCoupon(who, { scope: "products", scope_ids: [999_999] }), "coupon_not_applicable"],
])("a coupon that is %s is refused, and nothing is bought", async (_, make, code) => {
  const who = await aUser({ points: 10 });
  const speaker = await aSpeaker();
  expect(await redeemAlone(who, speaker, { pointsToUse: 0, couponId: await make(who) })).toMatchObject({ ok: false, code });
  expect(await stockOf(speaker)).toBe(10);
});

test("a coupon takes points off a price in points", async () => {
  const who = await aUser({ points: 100 });
  const mug = await aMug();
  const reply = await anOrder(who, mug, { couponId: await aCoupon(who, { kind: "percent", unit: "points", amount: 0, percent: 25 }) });
  expect(reply).toMatchObject({ points: 75, status: "paid", pointsAvailable: 25 });
});

test("a gift comes from the shelf for nothing, even alone; of the last piece one coupon has it", async () => {
  const [who, other] = [await aUser({ points: 0 }), await aUser({ points: 0, name: "other" })];
  const gift = await aMug({ initialStock: 1 });
  const plan = { kind: "gift", amount: 0, gift_sku_id: gift.skuId };
  const coupons = [await aCoupon(who, plan), await aCoupon(other, plan)];
  const answers = await Promise.all([who, other].map((person, index) => redeemAlone(person, gift, { lines: [], couponId: coupons[index] })));
  expect(tally(answers)).toEqual({ ok: 1, sold_out: 1 });
  expect(await stockOf(gift)).toBe(0);
  const won = answers.find((answer): answer is { ok: true; value: RedeemReply } => answer.ok)!.value;
  expect(won).toMatchObject({ points: 0, cashDueCents: 0, status: "paid", quantity: 1 });
});

test("a frozen person uses no coupon, also where it is all that the order costs", async () => {
  const who = await aUser({ points: 0, isFrozen: true });
  const gift = await aMug({ initialStock: 1 });
  const couponId = await aCoupon(who, { kind: "gift", amount: 0, gift_sku_id: gift.skuId });
  expect(await redeemAlone(who, gift, { lines: [], couponId })).toEqual({ ok: false, code: "account_frozen", detail: {} });
  expect([await stockOf(gift), (await couponOf(couponId)).status]).toEqual([1, "active"]);
});

test("a gift of what is bought is one move of the shelf, out and back", async () => {
  const who = await aUser({ points: 100 });
  const kettle = await aKettle();
  const { orderId } = await anOrder(who, kettle, { couponId: await aCoupon(who, { kind: "gift", amount: 0, gift_sku_id: kettle.skuId }) });
  expect(await stockOf(kettle)).toBe(8);
  await perform(who.actor, (ctx) => cancelOrder(ctx, { requestId: "c", orderId }));
  expect(await stockOf(kettle)).toBe(10);
});

test("delivery is part of the cash, waived by its coupon, and goes back with the last piece when nothing was sent", async () => {
  await withPolicy({ deliveryCents: 800 }, async () => {
    const who = await aUser({ points: 1_000 });
    const mug = await aProduct({ delivery: "shipped", skus: [{ initialStock: 9 }] });
    const free = await anOrder(who, mug, { address: home, couponId: await aCoupon(who, { kind: "free_delivery", amount: 0 }) });
    expect(free).toMatchObject({ status: "paid", cashDueCents: 0 });
    const { orderId, cashDueCents } = await anOrder(who, mug, { address: home, quantity: 2 });
    expect(cashDueCents).toBe(800);
    await pay(who, orderId);
    expect(await takeBack(orderId, 1)).toMatchObject({ points: 100, cashCents: 0 });
    expect(await takeBack(orderId, 1)).toMatchObject({ points: 100, cashCents: 800 });
    expect(await rows("SELECT status, cash_refunded_cents FROM orders WHERE public_id = ?", [orderId])).toEqual([{ status: "refunded", cash_refunded_cents: 800 }]);
  });
});

test("each line is taken back by itself, and all of them sum to the order: points, cash and coupon", async () => {
  const who = await aUser({ points: 1_000 });
  const [mug, speaker, kettle] = [await aMug({ initialStock: 5 }), await aSpeaker(), await aKettle()];
  const couponId = await aCoupon(who);
  const lines = [{ skuId: mug.skuId, quantity: 2 }, { skuId: speaker.skuId, quantity: 1 }, { skuId: kettle.skuId, quantity: 3 }];
  const { orderId, points, cashDueCents } = await anOrder(who, mug, { lines, pointsToUse: 777, couponId });
  await pay(who, orderId);
  const back = [await takeBack(orderId, 3), await takeBack(orderId, 1, 2), await takeBack(orderId, 3), await takeBack(orderId, 2), await takeBack(orderId, 3)];
  expect(back.reduce((sum, each) => sum + each.points, 0)).toBe(points);
  expect(back.reduce((sum, each) => sum + each.cashCents, 0)).toBe(cashDueCents);
  expect(await balanceOf(who)).toBe(1_000);
  expect(await couponOf(couponId)).toEqual({ status: "active", order_public_id: null });
  expect([await stockOf(mug), await stockOf(speaker), await stockOf(kettle)]).toEqual([5, 10, 10]);
});

test("a day's limit holds when fifty press at once, and is free again for what was cancelled", async () => {
  const who = await aUser({ points: 10_000 });
  const kettle = await aKettle({ limitPerDay: 2, initialStock: 100 } as never);
  const answers = await atOnce(50, () => redeemAlone(who, kettle));
  expect(tally(answers)).toEqual({ ok: 2, daily_purchase_limit: 48 });
  const first = answers.find((answer): answer is { ok: true; value: RedeemReply } => answer.ok)!.value;
  await perform(who.actor, (ctx) => cancelOrder(ctx, { requestId: "c", orderId: first.orderId }));
  expect(await redeemAlone(who, kettle)).toMatchObject({ ok: true });
  const tomorrow = new Date(theClock.now().getTime() + 86_400_000);
  expect(await redeemAlone(who, kettle, {}, tomorrow)).toMatchObject({ ok: true });
});

/** Puts the person on a level above the one that everybody has. */
async function rankOf(who: { id: UserId }, rank: number): Promise<number> {
  await rows("INSERT IGNORE INTO levels (`rank`, name, threshold) VALUES (0, 'everybody', 0)");
  const result = await rows("INSERT INTO levels (`rank`, name, threshold) VALUES (?, ?, ?)", [rank, `level ${rank}`, rank]) as unknown as { insertId: number };
  await rows("INSERT INTO member_levels (user_id, level_id, since, review_at) VALUES (?, ?, NOW(3), NOW(3) + INTERVAL 1 YEAR)", [who.id, result.insertId]);
  return result.insertId;
}

test("a product for some levels is refused to others, and a level's own price is what its people pay", async () => {
  const [gold, plain] = [await aUser({ points: 1_000 }), await aUser({ points: 1_000, name: "plain" })];
  const levelId = await rankOf(gold, 7_000 + Math.floor(gold.id % 1_000));
  const mug = await aMug({ initialStock: 9 });
  await rows("UPDATE products SET is_gated = 1 WHERE id = ?", [mug.id]);
  await rows("INSERT INTO product_gates (product_id, kind, audience_id) VALUES (?, 'level', ?)", [mug.id, levelId]);
  expect(await redeemAlone(plain, mug)).toMatchObject({ ok: false, code: "not_eligible" });
  await rows("UPDATE skus SET has_own_prices = 1 WHERE id = ?", [mug.skuId]);
  await rows("INSERT INTO sku_prices (sku_id, kind, audience_id, points_price) VALUES (?, 'level', ?, 80)", [mug.skuId, levelId]);
  expect(await redeemAlone(gold, mug)).toMatchObject({ ok: true, value: { points: 80 } });
  await rows("DELETE FROM product_gates WHERE product_id = ?", [mug.id]);
  await rows("UPDATE products SET is_gated = 0 WHERE id = ?", [mug.id]);
  expect(await redeemAlone(plain, mug)).toMatchObject({ ok: true, value: { points: 100 } });
});

test("goods are picked up at a place that is open, and the order keeps how it was described", async () => {
  const who = await aUser({ points: 1_000 });
  const mug = await aProduct({ delivery: "pickup" as never, skus: [{ initialStock: 9 }] });
  const point = await rows("INSERT INTO pickup_points (name, address) VALUES ('街角', '南京东路 2 号')") as unknown as { insertId: number };
  expect(await redeemAlone(who, mug)).toMatchObject({ ok: false, code: "pickup_point_required" });
  const { orderId } = await anOrder(who, mug, { pickupPointId: point.insertId });
  await rows("UPDATE pickup_points SET name = 'closed', is_active = 0 WHERE id = ?", [point.insertId]);
  expect(await rows("SELECT delivery, pickup FROM orders WHERE public_id = ?", [orderId])).toMatchObject([{ delivery: "pickup", pickup: { name: "街角", address: "南京东路 2 号" } }]);
  expect(await redeemAlone(who, mug, { pickupPointId: point.insertId })).toMatchObject({ ok: false, code: "pickup_point_required" });
});

test("an own price with more points and less cash is paid from as many lots as it takes", async () => {
  const who = await aUser({ lots: Array.from({ length: 20 }, (_, index) => ({ points: 10, expiresInDays: index + 1 })) });
  const [level] = await rows<{ id: number }>("SELECT id FROM levels WHERE is_active ORDER BY `rank` LIMIT 1");
  const product = await aProduct({ skus: [{ priceMode: "points_cash", pointsPrice: 10, cashPriceCents: 9_000, prices: [{ kind: "level", audienceId: level!.id, pointsPrice: 200, cashPriceCents: 100 }] }] });
  expect(await redeemAlone(who, product, { address: home })).toMatchObject({ ok: true, value: { points: 200, cashDueCents: 100, pointsAvailable: 0 } });
});

test("one person holds ten unpaid orders and no more, however many are asked for at once; a paid or cancelled one makes room", async () => {
  const who = await aUser({ points: 10_000 });
  const kettle = await aKettle({ initialStock: 100 });
  const answers = await atOnce(30, () => redeemAlone(who, kettle));
  expect(tally(answers)).toEqual({ ok: 10, too_many_unpaid: 20 });
  expect(await redeemAlone(who, await aMug())).toMatchObject({ ok: true });
  const [first, second] = answers.flatMap((answer) => (answer.ok ? [answer.value.orderId] : []));
  await pay(who, first!);
  await perform(who.actor, (ctx) => cancelOrder(ctx, { requestId: "c", orderId: second! }));
  expect(tally(await atOnce(5, () => redeemAlone(who, kettle)))).toEqual({ ok: 2, too_many_unpaid: 3 });
});
