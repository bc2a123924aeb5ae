import "server-only";

import { and, asc, eq, sql } from "drizzle-orm";
import type { RowDataPacket } from "mysql2";
import type { z } from "zod";

import { insertRows, sendPacket, statement, type Statement } from "@/db/packet";
import { lotAllocations, orderEvents, orders, payments, pointLots, pointsTransactions, refunds } from "@/db/schema";
import type { OrderStatus } from "@/db/schema/orders";
import { returnCoupon } from "@/lib/coupons/using/commands";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { publicId } from "@/lib/id";
import { invariant } from "@/lib/invariant";
import { pageOf, postRestore } from "@/lib/points/book";
import { openBook, writeBook } from "@/lib/points/commands";
import { graceUntil } from "@/lib/points/expiry";
import { clawBack } from "@/lib/points/keeping/commands";
import { releasePending } from "@/lib/points/pending/commands";
import { releasedByOrder } from "@/lib/points/pending/pending";
import { orRefuse, Refusal } from "@/lib/refusal";

import { returnCash } from "../cash/commands";
import { findOwn } from "../commands";
import { takeBackDelivered } from "../delivering/commands";
import { advanceOrder } from "../receiving/commands";
import { decideRefund, drawsToReturn, earnedToTakeBack, type LotDraw } from "../refund";
import type { RefundInput } from "../schema";

export type Refunded = { refundId: string; points: number; cashCents: number; pointsClawedBack: number; pointsToDebt: number };

/** Actions that a paid order earns by; what its amount earned goes back with the amount, the others when nothing is left of it. */
const BY_AMOUNT = "purchase";
const ONCE_AN_ORDER = ["first_order", "repurchase"] as const;

/**
 * Takes back pieces of one line of an order: points to the lots they came from (those of an expired lot with the grace of the settings),
 * cash on its way to the provider that took it, pieces to the shelf when they can be sold again, and what the order had earned.
 * With the last piece of an order of which nothing was handed over, what delivery cost goes back too, and the coupon to its owner.
 * Staff only, and never of their own order. Refuses `forbidden`, `not_found`, `order_not_refundable` { status }, `quantity_over_limit` { limit }.
 */
export async function refundItem(ctx: Ctx, { orderId, line, quantity, restock, reason }: z.infer<typeof RefundInput>): Promise<Refunded> {
  if (ctx.actor.kind !== "staff") throw new Refusal("forbidden");
  const { id, userId } = await findOrder(ctx, orderId);
  if (userId === ctx.actor.id) throw new Refusal("forbidden");
  const draws = await drawnInOrder(ctx, orderId);
  const grace = graceUntil(ctx.now, ctx.policy);
  const { book, ridden } = await openBook(ctx, [userId], [{ kind: "ids", ids: draws.map(({ lotId }) => lotId) }, { kind: "expiring-at", instants: [grace] }], [
    statement("SELECT status, cash_paid_cents, cash_refunded_cents, points_refunded, delivery_cents FROM orders WHERE id = ?", [id]),
    statement("SELECT line, sku_id, quantity, quantity_delivered, quantity_refunded, points, cash_due_cents FROM order_items WHERE order_id = ?", [id]),
  ]);
  // Read under the account's lock, which every refund of the order takes first.
  const [[order], items] = ridden as [RowDataPacket[], RowDataPacket[]];
  const item = items.find((each) => each.line === line);
  if (!order || !item) throw new Refusal("not_found");
  const plan = orRefuse(decideRefund(order.status, { quantity: item.quantity, quantityRefunded: item.quantity_refunded, points: item.points, cashDueCents: item.cash_due_cents }, quantity));
  const isLast = items.every((each) => each.quantity === each.quantity_refunded + (each.line === line ? quantity : 0));
  const isUntouched = isLast && items.every((each) => each.quantity_delivered === 0) && !(await wasHandedOver(ctx, orderId));
  const cashCents = plan.cashCents + (isUntouched ? order.delivery_cents : 0);
  const refundId = publicId();
  if (plan.points > 0) {
    const lots = pageOf(book, userId).lots;
    const back = drawsToReturn(draws, order.points_refunded, plan.points).map(({ lotId, points }) => {
      const lot = lots.find((each) => each.id === lotId);
      invariant(lot, "a lot is never deleted");
      return { lot, points };
    });
    postRestore(book, userId, back, grace, { type: "refund", id: refundId }, { actorId: actorId(ctx.actor), reason });
  }
  await writeBook(ctx, book);
  const goods = { paid: order.cash_paid_cents - order.delivery_cents, before: Math.min(order.cash_refunded_cents, order.cash_paid_cents - order.delivery_cents) };
  const taken = await takeBackEarnings(ctx, { userId, orderId, refundId, reason, cashPaid: goods.paid, before: goods.before, after: goods.before + plan.cashCents, isLast });
  if (isUntouched) await returnCoupon(ctx, orderId);
  const { sellable } = await takeBackDelivered(ctx, { orderId: id, orderPublicId: orderId, line, quantity });
  // Codes that nobody saw can be sold again whatever staff thinks of goods; those that were seen cannot.
  const restocked = sellable ?? (restock ? quantity : 0);
  if (restocked > 0) await sendPacket(ctx.tx, backOnTheShelf(ctx, item.sku_id, restocked, refundId, reason));
  const [kept] = await ctx.tx.insert(refunds).values({
    publicId: refundId, orderId: id, line, quantity, points: plan.points, cashCents, pointsClawedBack: taken.points, isRestocked: restocked > 0, reason,
    actorId: actorId(ctx.actor), createdAt: ctx.now,
  }).$returningId();
  if (cashCents > 0) await returnCash(ctx, { payment: await paymentOf(ctx, id), refundId: kept!.id, amountCents: cashCents });
  await sendPacket(ctx.tx, [
    statement("UPDATE order_items SET quantity_refunded = quantity_refunded + ? WHERE order_id = ? AND line = ?", [quantity, id, line]),
    statement("UPDATE orders SET points_refunded = points_refunded + ?, cash_refunded_cents = cash_refunded_cents + ? WHERE id = ?", [plan.points, cashCents, id]),
  ]);
  // Nobody will receive what is left of it: what a policy lets the buyer keep waits for nothing any more.
  if (isLast) {
    await close(ctx, id, order.status);
    await releasePending(ctx, releasedByOrder(orderId));
  } else {
    await advanceOrder(ctx, await findOwn(ctx, orderId));
  }
  await emit(ctx, { name: "order.refunded", subject: { type: "order", id: orderId }, data: { refundId, quantity, points: plan.points, cents: cashCents, clawedBack: taken.points } });
  return { refundId, points: plan.points, cashCents, pointsClawedBack: taken.points, pointsToDebt: taken.debt };
}

/** Whether codes or coupons of the order were handed over, though an earlier refund took them back. */
async function wasHandedOver(ctx: Ctx, orderId: string): Promise<boolean> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT 1 FROM events WHERE subject_type = 'order' AND subject_id = ? AND name = 'codes.taken_back'
       UNION ALL SELECT 1 FROM coupons WHERE source_type = 'order' AND source_id LIKE ? LIMIT 1`,
      [orderId, `${orderId.replaceAll("_", "\\_")}~%`],
    ),
  ]);
  return rows.length > 0;
}

async function findOrder(ctx: Ctx, orderId: string): Promise<{ id: number; userId: UserId }> {
  const [order] = await ctx.tx.select({ id: orders.id, userId: orders.userId }).from(orders).where(eq(orders.publicId, orderId));
  if (!order) throw new Refusal("not_found");
  return order as { id: number; userId: UserId };
}

/**
 * The lots that the order's points came from, in the order in which they were drawn: by what never changes, or the refunds of one order
 * would not fit together. The expiry of a sliding lot moves on between them, so those come first.
 */
async function drawnInOrder(ctx: Ctx, orderId: string): Promise<LotDraw[]> {
  return ctx.tx
    .select({ lotId: lotAllocations.lotId, points: sql<number>`-${lotAllocations.points}`.mapWith(Number) })
    .from(pointsTransactions)
    .innerJoin(lotAllocations, eq(lotAllocations.entryId, pointsTransactions.id))
    .innerJoin(pointLots, eq(pointLots.id, lotAllocations.lotId))
    .where(and(eq(pointsTransactions.sourceType, "order"), eq(pointsTransactions.sourceId, orderId), eq(pointsTransactions.kind, "spend")))
    .orderBy(asc(pointLots.fixedUntil), asc(pointLots.id));
}

/** `cashPaid`, and how much of it had gone back `before` and `after`: for goods, without delivery. */
type Undone = { userId: UserId; orderId: string; refundId: string; reason: string; cashPaid: number; before: number; after: number; isLast: boolean };

/** Takes back what the order's cash earned, by the settings' policy. */
async function takeBackEarnings(ctx: Ctx, { userId, orderId, refundId, reason, cashPaid, before, after, isLast }: Undone): Promise<{ points: number; debt: number }> {
  if (after === before && !isLast) return { points: 0, debt: 0 };
  // What an order earns once goes when its cash has all gone back, or when nothing is left of an order whose cash was for delivery.
  const isUndone = cashPaid > 0 ? after === cashPaid && after > before : isLast;
  const earned = await earnedBy(ctx, userId, orderId);
  const total = { points: 0, debt: 0 };
  for (const [action, points] of earned) {
    const due = action === BY_AMOUNT ? earnedToTakeBack(points, cashPaid, before, after) : isUndone ? points : 0;
    if (due === 0) continue;
    const taken = await clawBack(ctx, { userId, source: { type: action, id: orderId }, points: due, cause: { type: "refund", id: `${refundId}~${action}` }, reason });
    total.points += taken.points + taken.fromPending;
    total.debt += taken.debt;
  }
  return total;
}

/** What the order earned by each of its actions, spendable or pending, whatever was taken back of it. */
async function earnedBy(ctx: Ctx, userId: UserId, orderId: string): Promise<Map<string, number>> {
  const actions = [BY_AMOUNT, ...ONCE_AN_ORDER];
  const sources = actions.map(() => "(source_type = ? AND (source_id = ? OR source_id LIKE ?))").join(" OR ");
  const names = actions.flatMap((action) => [action, orderId, `${orderId.replaceAll("_", "\\_")}~%`]);
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT source_type, SUM(points) AS points FROM (
         SELECT source_type, points_change - COALESCE(JSON_EXTRACT(breakdown, '$.taken_back'), 0) AS points FROM points_transactions WHERE user_id = ? AND kind = 'earn' AND (${sources})
         UNION ALL SELECT source_type, points - COALESCE(JSON_EXTRACT(breakdown, '$.taken_back'), 0) FROM pending_points WHERE user_id = ? AND status <> 'active' AND (${sources})) t
       GROUP BY source_type`,
      [userId, ...names, userId, ...names],
    ),
  ]);
  return new Map(rows.map((row) => [row.source_type as string, Number(row.points)]));
}

const backOnTheShelf = (ctx: Ctx, skuId: number, quantity: number, refundId: string, note: string): Statement[] => [
  statement("UPDATE sku_stock SET stock = stock + ? WHERE sku_id = ?", [quantity, skuId]),
  insertRows("stock_moves", ["sku_id", "quantity", "reason", "source_id", "actor_id", "note", "created_at"], [[skuId, quantity, "refund", refundId, actorId(ctx.actor), note, ctx.now]]),
];

/** An order of which nothing is left is refunded, and says so. */
async function close(ctx: Ctx, id: number, from: OrderStatus): Promise<void> {
  await ctx.tx.update(orders).set({ status: "refunded" }).where(eq(orders.id, id));
  await ctx.tx.insert(orderEvents).values({ orderId: id, fromStatus: from, toStatus: "refunded", actorId: actorId(ctx.actor), note: "", createdAt: ctx.now });
}

/** The payment that the order's cash came by. */
async function paymentOf(ctx: Ctx, orderId: number): Promise<number> {
  const [payment] = await ctx.tx.select({ id: payments.id }).from(payments).where(and(eq(payments.orderId, orderId), eq(payments.status, "paid")));
  invariant(payment, "cash that goes back has come");
  return payment.id;
}
