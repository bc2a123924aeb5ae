import "server-only";

import type { z } from "zod";

import { sendPacket, statement } from "@/db/packet";
import type { Delivery } from "@/db/schema/catalog";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { openBook } from "@/lib/points/commands";
import { releasePending } from "@/lib/points/pending/commands";
import { releasedByOrder } from "@/lib/points/pending/pending";
import { Refusal } from "@/lib/refusal";

import { findOwn, move, type OrderRow, type Settlement } from "../commands";
import { isReceivable, owedOf, stepOf, type Line } from "../line";
import type { CompleteInput, ReceiptInput } from "../schema";

/** A line with where its pieces come from: the pool of its codes, or a coupon. */
export type SoldLine = Line & { skuId: number; hasCodes: boolean; couponTemplateId: number | null };

/**
 * The order under its buyer's account's lock, which everything that moves an order takes first: of two at once, the second sees what the first did.
 * Refuses `not_found`.
 */
export async function lockOrder(ctx: Ctx, orderId: string): Promise<OrderRow> {
  const { userId } = await findOwn(ctx, orderId);
  await openBook(ctx, [userId], []);
  return findOwn(ctx, orderId);
}

/** The order's lines; under the account's lock they stay as they are. */
export async function readLines(ctx: Ctx, orderId: number): Promise<SoldLine[]> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT i.line, i.sku_id, i.delivery, i.quantity, i.quantity_delivered, i.quantity_refunded, s.has_codes, s.coupon_template_id
       FROM order_items i JOIN skus s ON s.id = i.sku_id WHERE i.order_id = ? ORDER BY i.line`,
      [orderId],
    ),
  ]);
  return rows.map((row) => ({
    line: row.line, skuId: row.sku_id, delivery: row.delivery as Delivery, quantity: row.quantity, quantityDelivered: row.quantity_delivered, quantityRefunded: row.quantity_refunded,
    hasCodes: row.delivery === "virtual" && row.has_codes === 1, couponTemplateId: row.delivery === "coupon" ? row.coupon_template_id : null,
  }));
}

/** Notes what was sent or handed over, or with a negative number what was taken back of it. */
export async function addDelivered(ctx: Ctx, orderId: number, line: SoldLine, pieces: number): Promise<void> {
  line.quantityDelivered += pieces;
  await sendPacket(ctx.tx, [statement("UPDATE order_items SET quantity_delivered = quantity_delivered + ? WHERE order_id = ? AND line = ?", [pieces, orderId, line.line])]);
}

/** Moves the order to where its lines have brought it: shipped with its last parcel, completed when nothing of it is on its way. */
export async function advanceOrder(ctx: Ctx, order: OrderRow, known?: readonly SoldLine[]): Promise<Settlement> {
  const lines = known ?? (await readLines(ctx, order.id));
  const step = stepOf(order.status, lines);
  if (step === "completed") return complete(ctx, order);
  if (step === null) return { orderId: order.publicId, status: order.status };
  await move(ctx, order, "shipped", "order_not_shippable", { shippedAt: ctx.now });
  const [rows = []] = await sendPacket(ctx.tx, [statement("SELECT carrier, tracking_number FROM shipments WHERE order_id = ? ORDER BY id DESC LIMIT 1", [order.id])]);
  await emit(ctx, { name: "order.shipped", subject: { type: "order", id: order.publicId }, data: { carrier: rows[0]?.carrier ?? "", trackingNumber: rows[0]?.tracking_number ?? "", changes: { status: [order.status, "shipped"] } } });
  return { orderId: order.publicId, status: "shipped" };
}

/**
 * Staff hands over what has no parcel, no code and no pool of its own, or says that the parcels arrived.
 * Refuses `not_found`, `order_not_receivable`.
 */
export async function completeOrder(ctx: Ctx, { orderId }: z.infer<typeof CompleteInput>): Promise<Settlement> {
  const order = await lockOrder(ctx, orderId);
  const lines = await readLines(ctx, order.id);
  const byHand = lines.filter((line) => line.delivery === "virtual" && !line.hasCodes && owedOf(line) > 0);
  if (order.status !== "paid" && order.status !== "shipped") throw new Refusal("order_not_receivable", { status: order.status });
  for (const line of byHand) await addDelivered(ctx, order.id, line, owedOf(line));
  if (isReceivable(order.status, lines)) return complete(ctx, order);
  if (byHand.length === 0) throw new Refusal("order_not_receivable", { status: order.status });
  return advanceOrder(ctx, order, lines);
}

/** The buyer has it. Refuses `not_found`, `order_not_receivable`, also while a part of it is still to be sent or picked up. */
export async function confirmReceipt(ctx: Ctx, { orderId }: z.infer<typeof ReceiptInput>): Promise<Settlement> {
  const order = await lockOrder(ctx, orderId);
  if (!isReceivable(order.status, await readLines(ctx, order.id))) throw new Refusal("order_not_receivable", { status: order.status });
  return complete(ctx, order);
}

/** Orders whose last parcel left before `before` and of which nothing is owed, the oldest first, but for some. */
export async function listLongShipped(ctx: Ctx, before: Date, limit: number, except: readonly string[]): Promise<string[]> {
  const butFor = except.length === 0 ? "" : ` AND o.public_id NOT IN (${except.map(() => "?").join(",")})`;
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT o.public_id FROM orders o WHERE o.status = 'shipped' AND o.shipped_at <= ?${butFor}
         AND NOT EXISTS (SELECT 1 FROM order_items i WHERE i.order_id = o.id AND i.quantity_delivered + i.quantity_refunded < i.quantity)
       ORDER BY o.shipped_at, o.id LIMIT ?`,
      [before, ...except, limit],
    ),
  ]);
  return rows.map((row) => row.public_id as string);
}

async function complete(ctx: Ctx, order: OrderRow): Promise<Settlement> {
  await releasePending(ctx, releasedByOrder(order.publicId));
  await move(ctx, order, "completed", "order_not_receivable");
  await emit(ctx, { name: "order.completed", subject: { type: "order", id: order.publicId }, data: { changes: { status: [order.status, "completed"] } } });
  return { orderId: order.publicId, status: "completed" };
}
