import "server-only";

import { and, desc, eq, inArray, lte, ne, sql } from "drizzle-orm";
import type { z } from "zod";

import { insertRows, sendPacket, statement } from "@/db/packet";
import { lotAllocations, orderEvents, orderItems, orders, payments, pointsTransactions, products, skuStock } from "@/db/schema";
import type { OrderStatus } from "@/db/schema/orders";
import { findFreeze } from "@/lib/accounts/freezing/queries";
import { returnCoupon } from "@/lib/coupons/using/commands";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { publicId } from "@/lib/id";
import { invariant } from "@/lib/invariant";
import { CURRENCY } from "@/lib/payment-provider";
import { pageOf, postRestore } from "@/lib/points/book";
import { openBook, writeBook } from "@/lib/points/commands";
import { graceUntil } from "@/lib/points/expiry";
import { Refusal, type RefusalCode } from "@/lib/refusal";
import { earnPoints } from "@/lib/rules/commands";

import { returnCash } from "./cash/commands";
import type { CancelInput, PayInput } from "./schema";
import { canBecome, orderNumber } from "./status";

export type OrderRow = { id: number; publicId: string; userId: UserId; status: OrderStatus; pointsSpent: number; cashDueCents: number; deliveryCents: number; delivery: string };

/** The order, when the actor may touch it: its buyer, staff, or the clock. Refuses `not_found` for everybody else's. */
export async function findOwn(ctx: Ctx, orderId: string): Promise<OrderRow> {
  const [order] = await ctx.tx
    .select({
      id: orders.id, publicId: orders.publicId, userId: orders.userId, status: orders.status, pointsSpent: orders.pointsSpent, cashDueCents: orders.cashDueCents,
      deliveryCents: orders.deliveryCents, delivery: orders.delivery,
    })
    .from(orders)
    .where(eq(orders.publicId, orderId));
  if (!order || (ctx.actor.kind === "shopper" && order.userId !== ctx.actor.id)) throw new Refusal("not_found");
  return order as OrderRow;
}

/** Moves an order along one edge of the status table, or refuses with `code`: of two that try at once, one succeeds. */
export async function move(ctx: Ctx, order: OrderRow, to: OrderStatus, code: RefusalCode, set: Partial<typeof orders.$inferInsert> = {}, note = ""): Promise<void> {
  if (!canBecome(order.status, to)) throw new Refusal(code, { status: order.status });
  const [header] = await ctx.tx.update(orders).set({ ...set, status: to }).where(and(eq(orders.id, order.id), eq(orders.status, order.status)));
  if (header.affectedRows !== 1) throw new Refusal(code, { status: order.status });
  await ctx.tx.insert(orderEvents).values({ orderId: order.id, fromStatus: order.status, toStatus: to, actorId: actorId(ctx.actor), note, createdAt: ctx.now });
}

/** An attempt that is open. It is kept as the reply to its request, so its times are numbers. */
export type OpenPayment = { reference: string; key: string | null; amountCents: number; orderNumber: string; startedAtMs: number; expiresAtMs: number };

/**
 * Opens an attempt to pay an order's cash, or takes up an open one whose key begins with `keyStart`. Refuses `not_found`, `order_not_payable`,
 * `account_frozen`: money that a bank has already is taken all the same.
 * Two attempts of one buyer with one provider would be two codes to scan, and paying both by mistake a refund.
 */
export async function openPayment(ctx: Ctx, { orderId }: z.infer<typeof PayInput>, provider: string, keyStart: string | null = ""): Promise<OpenPayment> {
  const order = await findOwn(ctx, orderId);
  const [times] = await ctx.tx.select({ createdAt: orders.createdAt, payBy: orders.payBy }).from(orders).where(eq(orders.id, order.id));
  if (order.status !== "pending" || !times?.payBy || times.payBy <= ctx.now) throw new Refusal("order_not_payable", { status: order.status });
  if (await findFreeze(ctx.tx, order.userId as UserId, ctx.now)) throw new Refusal("account_frozen");
  const opened = await ctx.tx
    .select({ reference: payments.reference, key: payments.providerKey, createdAt: payments.createdAt })
    .from(payments)
    .where(and(eq(payments.orderId, order.id), eq(payments.provider, provider), eq(payments.status, "created"), eq(payments.amountCents, order.cashDueCents)))
    .orderBy(desc(payments.id)).limit(ATTEMPTS_LOOKED_AT);
  const known = keyStart === null ? undefined : opened.find(({ key }) => key?.startsWith(keyStart));
  const attempt = known ?? { reference: publicId(), key: null, createdAt: ctx.now };
  if (!known) await ctx.tx.insert(payments).values({ orderId: order.id, provider, reference: attempt.reference, amountCents: order.cashDueCents, createdAt: ctx.now });
  return {
    reference: attempt.reference, key: attempt.key, amountCents: order.cashDueCents, orderNumber: orderNumber({ id: order.id, createdAt: times.createdAt }),
    startedAtMs: attempt.createdAt.getTime(), expiresAtMs: times.payBy.getTime(),
  };
}

const ATTEMPTS_LOOKED_AT = 20;

export type Settlement = { orderId: string; status: OrderStatus };

/**
 * Takes a provider's word on an attempt: paid or failed. The same word again changes nothing; a later "failed" refuses `order_not_payable`,
 * while money that a provider has after all is taken. Another amount than was asked for refuses `payment_mismatch`.
 * A payment moves the order on and earns the purchase reward, once. One for an order that does not wait for cash any more
 * (its time was over, or another attempt was faster) is kept as late, and goes back, once.
 */
export async function settlePayment(ctx: Ctx, provider: string, reference: string, result: "paid" | "failed", received?: { amountCents: number; currency: string }): Promise<Settlement> {
  const which = and(eq(payments.provider, provider), eq(payments.reference, reference));
  const [attempt] = await ctx.tx
    .select({ orderId: orders.publicId, userId: orders.userId })
    .from(payments).innerJoin(orders, eq(orders.id, payments.orderId)).where(which);
  if (!attempt || (ctx.actor.kind === "shopper" && attempt.userId !== ctx.actor.id)) throw new Refusal("not_found");
  await openBook(ctx, [attempt.userId as UserId], []);
  const [payment] = await ctx.tx.select().from(payments).where(which).for("update");
  const order = await findOwn(ctx, attempt.orderId);
  invariant(payment, "a payment is never deleted");
  if (result === "paid" && received && (received.amountCents !== payment.amountCents || received.currency !== CURRENCY)) throw new Refusal("payment_mismatch");
  const isAfterAll = payment.status === "failed" && result === "paid" && ctx.actor.kind === "system";
  if (payment.status !== "created" && !isAfterAll) {
    if ((payment.status === "late" ? "paid" : payment.status) !== result) throw new Refusal("order_not_payable", { status: order.status });
    return { orderId: order.publicId, status: order.status };
  }
  const isLate = result === "paid" && order.status !== "pending";
  await ctx.tx.update(payments).set({ status: isLate ? "late" : result, settledAt: ctx.now }).where(eq(payments.id, payment.id));
  if (isLate) return returnLatePayment(ctx, order, payment);
  if (result === "failed") return { orderId: order.publicId, status: order.status };
  await move(ctx, order, "paid", "order_not_payable", { cashPaidCents: order.cashDueCents, payBy: null });
  await rewardPurchase(ctx, order);
  await emit(ctx, { name: "order.paid", subject: { type: "order", id: order.publicId }, data: { cents: payment.amountCents, provider, delivers: await deliversItself(ctx, order.id) } });
  return { orderId: order.publicId, status: "paid" };
}

/** Whether something of it needs no parcel. */
async function deliversItself(ctx: Ctx, orderId: number): Promise<boolean> {
  const [row] = await ctx.tx.select({ line: orderItems.line }).from(orderItems).where(and(eq(orderItems.orderId, orderId), ne(orderItems.delivery, "shipped"))).limit(1);
  return row !== undefined;
}

async function returnLatePayment(ctx: Ctx, order: OrderRow, payment: { id: number; amountCents: number; provider: string }): Promise<Settlement> {
  await returnCash(ctx, { payment: payment.id, refundId: null, amountCents: payment.amountCents });
  await emit(ctx, { name: "order.paid_late", subject: { type: "order", id: order.publicId }, data: { cents: payment.amountCents, provider: payment.provider } });
  return { orderId: order.publicId, status: order.status };
}

/** What paying cash earns: by the amount (delivery is no purchase) and the items, for a first order, and from the second on for coming back. Points alone earn no points. */
async function rewardPurchase(ctx: Ctx, order: OrderRow): Promise<void> {
  const { userId, publicId: orderId } = order;
  const items = await ctx.tx
    .select({ categoryId: products.categoryId, quantity: orderItems.quantity, cashCents: orderItems.cashDueCents })
    .from(orderItems).innerJoin(products, eq(products.id, orderItems.productId))
    .where(eq(orderItems.orderId, order.id));
  const facts = { cashCents: order.cashDueCents - order.deliveryCents, items, orderId };
  await earnPoints(ctx, { userId, action: "purchase", source: { type: "purchase", id: orderId }, facts });
  const paid = await ctx.tx.select({ id: orders.id }).from(orders).where(and(eq(orders.userId, userId), sql`${orders.cashPaidCents} > 0`)).limit(2);
  if (paid.length === 1) await earnPoints(ctx, { userId, action: "first_order", source: { type: "first_order", id: orderId }, facts });
  else await earnPoints(ctx, { userId, action: "repurchase", source: { type: "repurchase", id: orderId }, facts });
}

/** Takes back an order that waits for its cash: points to their own lots, its coupon to its owner, pieces to the shelf. Refuses `not_found`, `order_not_cancellable`. */
export async function cancelOrder(ctx: Ctx, { orderId }: z.infer<typeof CancelInput>, reason: "buyer" | "unpaid" | "staff" = "buyer"): Promise<{ orderId: string; points: number }> {
  const { userId } = await findOwn(ctx, orderId);
  const draws = await drawnLots(ctx, orderId);
  // Grace is for what the merchant takes back. A buyer who holds and cancels again and again would make points live for ever, and staff are buyers of their own.
  const grace = ctx.actor.kind === "staff" && ctx.actor.id !== userId ? graceUntil(ctx.now, ctx.policy) : null;
  const { book } = await openBook(ctx, [userId], [{ kind: "ids", ids: draws.map(({ lotId }) => lotId) }, { kind: "expiring-at", instants: grace ? [grace] : [] }]);
  // Read again under the account's lock: somebody may have paid or cancelled it meanwhile.
  const order = await findOwn(ctx, orderId);
  if (!canBecome(order.status, "cancelled")) throw new Refusal("order_not_cancellable", { status: order.status });
  const lots = pageOf(book, userId).lots;
  await returnCoupon(ctx, order.publicId);
  await releaseStock(ctx, order);
  await move(ctx, order, "cancelled", "order_not_cancellable", { payBy: null }, reason);
  if (draws.length > 0) {
    const taken = draws.map(({ lotId, points }) => {
      const lot = lots.find(({ id }) => id === lotId);
      invariant(lot, "a lot is never deleted");
      return { lot, points };
    });
    postRestore(book, order.userId, taken, grace, { type: "order", id: order.publicId }, { actorId: actorId(ctx.actor), reason });
    await writeBook(ctx, book);
  }
  await emit(ctx, { name: "order.cancelled", subject: { type: "order", id: order.publicId }, data: { reason, points: order.pointsSpent, changes: { status: [order.status, "cancelled"] } } });
  return { orderId: order.publicId, points: order.pointsSpent };
}

/** The lots that the order's spend drew from, and how much. */
async function drawnLots(ctx: Ctx, orderId: string): Promise<{ lotId: number; points: number }[]> {
  return ctx.tx
    .select({ lotId: lotAllocations.lotId, points: sql<number>`-${lotAllocations.points}`.mapWith(Number) })
    .from(pointsTransactions)
    .innerJoin(lotAllocations, eq(lotAllocations.entryId, pointsTransactions.id))
    .where(and(eq(pointsTransactions.sourceType, "order"), eq(pointsTransactions.sourceId, orderId), eq(pointsTransactions.kind, "spend")));
}

async function releaseStock(ctx: Ctx, order: OrderRow): Promise<void> {
  // A gift may be more of what was bought: one move for each SKU.
  const items = await ctx.tx
    .select({ skuId: orderItems.skuId, quantity: sql<number>`sum(${orderItems.quantity})`.mapWith(Number) })
    .from(orderItems).where(eq(orderItems.orderId, order.id)).groupBy(orderItems.skuId).orderBy(orderItems.skuId);
  await ctx.tx.select({ skuId: skuStock.skuId }).from(skuStock).where(inArray(skuStock.skuId, items.map(({ skuId }) => skuId))).orderBy(skuStock.skuId).for("update");
  await sendPacket(ctx.tx, [
    ...items.map(({ skuId, quantity }) => statement("UPDATE sku_stock SET stock = stock + ? WHERE sku_id = ?", [quantity, skuId])),
    insertRows("stock_moves", ["sku_id", "quantity", "reason", "source_id", "created_at"], items.map(({ skuId, quantity }) => [skuId, quantity, "release", order.publicId, ctx.now])),
  ]);
}

/** Orders whose time to pay is over, oldest first. */
export async function listOverdue(ctx: Ctx, limit: number): Promise<{ orderId: string; userId: UserId; payBy: Date }[]> {
  const rows = await ctx.tx.select({ orderId: orders.publicId, userId: orders.userId, payBy: orders.payBy }).from(orders).where(and(eq(orders.status, "pending"), lte(orders.payBy, ctx.now))).orderBy(orders.payBy, orders.id).limit(limit);
  return rows.map(({ orderId, userId, payBy }) => ({ orderId, userId: userId as UserId, payBy: payBy! }));
}
