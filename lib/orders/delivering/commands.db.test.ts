import { expect, test } from "vitest";

import { addCodes } from "@/lib/catalog/codes/commands";
import { voidCoupon } from "@/lib/coupons/commands";
import type { Actor } from "@/lib/ctx";
import { deliverWaitingJob } from "@/lib/jobs/deliver-waiting";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { aCouponTemplate, aMug, anOrder, aProduct, aUser, atOnce, eventsAbout, ordersOf, pay, refusalOf, stockOf, theShop, unique, type TestProduct, type TestUser } from "@/test/world";

import { revealCode } from "../codes/commands";
import { refundItem } from "../refunding/commands";
import { deliverOrder } from "./commands";

const aCard = (): Promise<TestProduct> => aProduct({ name: "card", delivery: "virtual", skus: [{ hasCodes: true, initialStock: 0 }] });

async function withCodes(product: TestProduct, many: number): Promise<string[]> {
  const codes = Array.from({ length: many }, () => unique("CODE"));
  await perform(theShop, (ctx) => addCodes(ctx, { requestId: "x", skuId: product.skuId, codes }));
  return codes;
}

const deliver = (orderId: string) => perform(theShop, (ctx) => deliverOrder(ctx, orderId));
const codesOf = (orderId: string) =>
  rows<{ id: number; status: string; line: number; revealed_at: Date | null }>("SELECT c.id, c.status, c.line, c.revealed_at FROM virtual_codes c JOIN orders o ON o.id = c.order_id WHERE o.public_id = ? ORDER BY c.id", [orderId]);
const linesOf = (orderId: string) =>
  rows<{ line: number; quantity_delivered: number }>("SELECT line, quantity_delivered FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.public_id = ? ORDER BY line", [orderId]);
const statusOf = async (who: TestUser): Promise<string[]> => (await ordersOf(who)).map(({ status }) => status);
const reveal = (actor: Actor, orderId: string, codeId: number) => perform(actor, (ctx) => revealCode(ctx, { orderId, codeId }));

test("a paid order of two codes gets two of the pool, the oldest first, and is completed", async () => {
  const who = await aUser({ points: 1_000 });
  const card = await aCard();
  const codes = await withCodes(card, 3);
  const { orderId } = await anOrder(who, card, { quantity: 2 });
  expect(await deliver(orderId)).toEqual({ status: "completed", pieces: 2, missing: 0 });
  const sold = await codesOf(orderId);
  expect(sold).toMatchObject([{ status: "sold", line: 1, revealed_at: null }, { status: "sold", line: 1 }]);
  expect(await Promise.all(sold.map(({ id }) => reveal(who.actor, orderId, id)))).toEqual([{ code: codes[0] }, { code: codes[1] }]);
  expect(await linesOf(orderId)).toEqual([{ line: 1, quantity_delivered: 2 }]);
  expect((await eventsAbout("order", orderId)).map(({ name }) => name)).toEqual(["order.redeemed", "order.completed", "code.revealed", "code.revealed"]);
});

test("a hundred runs at once hand it over once", async () => {
  const who = await aUser({ points: 1_000 });
  const card = await aCard();
  await withCodes(card, 9);
  const { orderId } = await anOrder(who, card, { quantity: 3 });
  const runs = await atOnce(100, () => deliver(orderId));
  expect(runs.reduce((sum, { pieces }) => sum + pieces, 0)).toBe(3);
  expect(await codesOf(orderId)).toHaveLength(3);
});

test("nothing is handed over for cash that has not come, and everything when it came", async () => {
  const who = await aUser({ points: 1_000 });
  const card = await aProduct({ name: "card", skus: [{ priceMode: "points_cash", pointsPrice: 10, cashPriceCents: 500, hasCodes: true, initialStock: 0 }] });
  await withCodes(card, 1);
  const { orderId } = await anOrder(who, card);
  expect(await deliver(orderId)).toEqual({ status: "pending", pieces: 0, missing: 0 });
  await pay(who, orderId);
  expect(await deliver(orderId)).toMatchObject({ status: "completed", pieces: 1 });
});

test("of a pool that is short what there is is handed over, staff is told once, and the rest follows when codes come", async () => {
  const who = await aUser({ points: 1_000 });
  const card = await aCard();
  await withCodes(card, 3);
  const { orderId } = await anOrder(who, card, { quantity: 3 });
  const countAgain = await loseCodes(card, 2);
  expect([await deliver(orderId), await deliver(orderId)]).toEqual([{ status: "paid", pieces: 1, missing: 2 }, { status: "paid", pieces: 0, missing: 2 }]);
  expect((await eventsAbout("order", orderId)).filter(({ name }) => name === "code.short")).toEqual([{ name: "code.short", actor_id: null, data: { missing: 2 } }]);
  await withCodes(card, 2);
  await deliverWaitingJob.run(new Date(), Date.now() + 10_000);
  expect(await statusOf(who)).toEqual(["completed"]);
  expect(await codesOf(orderId)).toHaveLength(3);
  await countAgain();
});

test("a coupon for each piece, once, and an order whose coupons ran out waits", async () => {
  const who = await aUser({ points: 1_000 });
  const { id: couponTemplateId } = await aCouponTemplate({ issuedMax: 2 });
  const product = await aProduct({ name: "coupon", delivery: "coupon", skus: [{ couponTemplateId, initialStock: 9 }] });
  const { orderId } = await anOrder(who, product, { quantity: 3 });
  expect([await deliver(orderId), await deliver(orderId)]).toEqual([{ status: "paid", pieces: 2, missing: 1 }, { status: "paid", pieces: 0, missing: 1 }]);
  await rows("UPDATE coupon_templates SET issued_max = 9 WHERE id = ?", [couponTemplateId]);
  expect(await deliver(orderId)).toEqual({ status: "completed", pieces: 1, missing: 0 });
  expect(await rows("SELECT source_id FROM coupons WHERE user_id = ? ORDER BY id", [who.id])).toEqual([1, 2, 3].map((piece) => ({ source_id: `${orderId}~1~${piece}` })));
});

test("an order to pick up gets one code, and waits", async () => {
  const who = await aUser({ points: 1_000 });
  const point = await aPickupPoint();
  const product = await aProduct({ name: "cake", delivery: "pickup", skus: [{ initialStock: 9 }] });
  const { orderId } = await anOrder(who, product, { quantity: 2, pickupPointId: point });
  await atOnce(5, () => deliver(orderId));
  expect(await deliver(orderId)).toEqual({ status: "paid", pieces: 0, missing: 0 });
  const codes = await rows<{ code: string }>("SELECT code FROM pickup_codes p JOIN orders o ON o.id = p.order_id WHERE o.public_id = ?", [orderId]);
  expect(codes).toEqual([{ code: expect.stringMatching(/^\d{9}$/) as string }]);
  expect((await eventsAbout("order", orderId)).filter(({ name }) => name === "order.ready_for_pickup")).toHaveLength(1);
});

async function aPickupPoint(): Promise<number> {
  const { insertId } = (await rows("INSERT INTO pickup_points (name, address) VALUES (?, 'a street')", [unique("point")])) as unknown as { insertId: number };
  return insertId;
}

test("what has no pool waits for staff", async () => {
  const who = await aUser({ points: 1_000 });
  const { orderId } = await anOrder(who, await aProduct({ name: "service", skus: [{ initialStock: 1 }] }));
  expect(await deliver(orderId)).toEqual({ status: "paid", pieces: 0, missing: 0 });
});

test("only the buyer sees a code: another person's is not found, and staff is refused", async () => {
  const [who, other, staff] = [await aUser({ points: 1_000 }), await aUser({ points: 1_000 }), await aUser({ role: "owner" })];
  const card = await aCard();
  await withCodes(card, 2);
  const [mine, theirs] = [await anOrder(who, card), await anOrder(other, card)];
  await deliver(mine.orderId);
  await deliver(theirs.orderId);
  const [code] = await codesOf(mine.orderId);
  expect(await refusalOf(reveal(other.actor, mine.orderId, code!.id))).toBe("not_found");
  expect(await refusalOf(reveal(other.actor, theirs.orderId, code!.id))).toBe("not_found");
  expect(await refusalOf(reveal(staff.actor, mine.orderId, code!.id))).toBe("forbidden");
  expect((await codesOf(mine.orderId))[0]!.revealed_at).toBeNull();
});

const refund = async (orderId: string, quantity: number, restock = false) => {
  const staff = await aUser({ name: "staff", role: "staff" });
  return perform(staff.actor, (ctx) => refundItem(ctx, { requestId: "x", orderId, line: 1, quantity, restock, reason: "not wanted" }));
};

const poolOf = ({ skuId }: TestProduct) => rows("SELECT status, COUNT(*) AS codes FROM virtual_codes WHERE sku_id = ? GROUP BY status ORDER BY status", [skuId]);

/** Codes vanish behind the shop's back, as from a damaged table: the pool is short of what was sold. */
async function loseCodes({ skuId }: TestProduct, many: number): Promise<() => Promise<void>> {
  await rows("UPDATE virtual_codes SET status = 'void' WHERE sku_id = ? AND status = 'free' ORDER BY id DESC LIMIT ?", [skuId, many]);
  // As an operator who counts again would: the pieces that were promised have codes once more.
  return async () => {
    await rows("UPDATE sku_stock SET stock = stock - ? WHERE sku_id = ?", [many, skuId]);
    await rows("INSERT INTO stock_moves (sku_id, quantity, reason, source_id) VALUES (?, ?, 'adjust', ?)", [skuId, -many, unique("count")]);
  };
}

test("codes that nobody saw go back to the pool and to the shelf; seen ones are void, whatever the box says", async () => {
  const who = await aUser({ points: 1_000 });
  const card = await aCard();
  await withCodes(card, 4);
  const { orderId } = await anOrder(who, card, { quantity: 3 });
  await deliver(orderId);
  const sold = await codesOf(orderId);
  await reveal(who.actor, orderId, sold[0]!.id);
  await reveal(who.actor, orderId, sold[2]!.id);
  await refund(orderId, 2);
  expect(await poolOf(card)).toEqual([{ status: "free", codes: 2 }, { status: "sold", codes: 1 }, { status: "void", codes: 1 }]);
  expect(await linesOf(orderId)).toEqual([{ line: 1, quantity_delivered: 1 }]);
  expect(await stockOf(card)).toBe(2);
  await refund(orderId, 1, true);
  expect(await poolOf(card)).toEqual([{ status: "free", codes: 2 }, { status: "void", codes: 2 }]);
  expect([await stockOf(card), await statusOf(who)]).toEqual([2, ["refunded"]]);
  expect(await refusalOf(reveal(who.actor, orderId, sold[0]!.id))).toBe("not_found");
});

test("of an order that waits for codes the pieces without one are taken back first", async () => {
  const who = await aUser({ points: 1_000 });
  const card = await aCard();
  await withCodes(card, 3);
  const { orderId } = await anOrder(who, card, { quantity: 3 });
  const countAgain = await loseCodes(card, 2);
  await deliver(orderId);
  await refund(orderId, 2);
  expect(await linesOf(orderId)).toEqual([{ line: 1, quantity_delivered: 1 }]);
  expect([(await codesOf(orderId)).length, await statusOf(who)]).toEqual([1, ["completed"]]);
  await countAgain();
});

test("unused coupons are void; used ones make the refund refused", async () => {
  const who = await aUser({ points: 1_000 });
  const { id: couponTemplateId } = await aCouponTemplate();
  const product = await aProduct({ name: "coupon", delivery: "coupon", skus: [{ couponTemplateId, initialStock: 9 }] });
  const mug = await aMug();
  const { orderId } = await anOrder(who, product, { quantity: 3 });
  await deliver(orderId);
  const [second] = await rows<{ public_id: string }>("SELECT public_id FROM coupons WHERE source_id = ?", [`${orderId}~1~2`]);
  const used = await anOrder(who, mug);
  await rows("UPDATE coupons SET status = 'used', order_public_id = ?, used_at = NOW(3) WHERE public_id = ?", [used.orderId, second!.public_id]);
  await refund(orderId, 1);
  expect(await refusalOf(refund(orderId, 2))).toBe("order_not_refundable");
  await refund(orderId, 1);
  expect(await rows("SELECT status FROM coupons WHERE user_id = ? ORDER BY id", [who.id])).toEqual([{ status: "void" }, { status: "used" }, { status: "void" }]);
  expect(await linesOf(orderId)).toEqual([{ line: 1, quantity_delivered: 1 }]);
  await rows("UPDATE coupons SET status = 'active', order_public_id = NULL, used_at = NULL WHERE public_id = ?", [second!.public_id]);
});

test("a coupon that staff took back by hand does not keep its order from being refunded", async () => {
  const who = await aUser({ points: 1_000 });
  const { id: couponTemplateId } = await aCouponTemplate();
  const product = await aProduct({ name: "coupon", delivery: "coupon", skus: [{ couponTemplateId, initialStock: 9 }] });
  const { orderId } = await anOrder(who, product, { quantity: 3 });
  await deliver(orderId);
  await refund(orderId, 1);
  const [first] = await rows<{ public_id: string }>("SELECT public_id FROM coupons WHERE source_id = ?", [`${orderId}~1~1`]);
  await perform(theShop, (ctx) => voidCoupon(ctx, { couponId: first!.public_id, reason: "sold by mistake" }));
  await refund(orderId, 1);
  expect(await rows("SELECT status FROM coupons WHERE user_id = ? ORDER BY id", [who.id]), "the one that is left goes first").toEqual([{ status: "void" }, { status: "void" }, { status: "void" }]);
  await refund(orderId, 1);
  expect(await statusOf(who)).toEqual(["refunded"]);
});
