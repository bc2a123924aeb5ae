import "server-only";

import { randomBytes } from "node:crypto";

import { affectedRows, sendPacket, statement } from "@/db/packet";
import type { OrderStatus } from "@/db/schema/orders";
import { issueCoupon, voidIssued } from "@/lib/coupons/issuing/commands";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import type { EventHandler } from "@/lib/events/handler";
import { invariant } from "@/lib/invariant";
import { errnoOf } from "@/lib/log";
import { Refusal } from "@/lib/refusal";

import type { OrderRow } from "../commands";
import { owedOf } from "../line";
import { PICKUP_CODE_BYTES, pickupCodeFrom } from "../pickup-code";
import { addDelivered, advanceOrder, lockOrder, readLines, type SoldLine } from "../receiving/commands";

export type Delivered = { status: OrderStatus; /** Pieces handed over now. */ pieces: number; /** Pieces for which there was nothing to hand over yet. */ missing: number };

/**
 * Hands over what needs no parcel: codes of the pool, coupons, a code to pick the goods up with. What has no pool waits for staff.
 * As often as it runs, each piece is handed over once; what is short is left to the next run, and staff is told once.
 * Refuses `not_found`.
 */
export async function deliverOrder(ctx: Ctx, orderId: string): Promise<Delivered> {
  const order = await lockOrder(ctx, orderId);
  if (order.status !== "paid" && order.status !== "shipped") return { status: order.status, pieces: 0, missing: 0 };
  const lines = await readLines(ctx, order.id);
  const byItself = lines.filter((line) => (line.delivery === "coupon" || line.hasCodes) && owedOf(line) > 0);
  let [pieces, missing] = [0, 0];
  // Coupons before codes: their budgets come first in the order of locks.
  for (const line of byItself.sort((a, b) => Number(b.delivery === "coupon") - Number(a.delivery === "coupon") || a.skuId - b.skuId)) {
    const owed = owedOf(line);
    const handed = line.delivery === "coupon" ? await issueCoupons(ctx, order, line, owed) : await popCodes(ctx, order, line, owed);
    if (handed > 0) await addDelivered(ctx, order.id, line, handed);
    pieces += handed;
    missing += owed - handed;
  }
  if (missing > 0) await tellOnce(ctx, order, missing);
  if (lines.some((line) => line.delivery === "pickup" && owedOf(line) > 0)) await givePickupCode(ctx, order);
  const { status } = await advanceOrder(ctx, order, lines);
  return { status, pieces, missing };
}

/** Gives a coupon for each piece; returns how many there were. Pieces are numbered, so that each has its coupon once. */
async function issueCoupons(ctx: Ctx, order: OrderRow, line: SoldLine, owed: number): Promise<number> {
  const { couponTemplateId: templateId } = line;
  if (templateId === null) return 0;
  for (let issued = 0; issued < owed; issued++) {
    const piece = line.quantityDelivered + issued + 1;
    const coupon = await issueCoupon(ctx, { templateId, userId: order.userId, source: sourceOf(order.publicId, line.line, piece) });
    if (!coupon) return issued;
  }
  return owed;
}

const sourceOf = (orderId: string, line: number, piece: number): { type: "order"; id: string } => ({ type: "order", id: `${orderId}~${line}~${piece}` });

/** Takes codes out of the pool, the oldest first; returns how many there were. */
async function popCodes(ctx: Ctx, order: OrderRow, line: SoldLine, owed: number): Promise<number> {
  // Past those that another order is taking now; only when that is not enough, after it.
  const ids = await freeCodes(ctx, line.skuId, owed, "SKIP LOCKED");
  if (ids.length < owed) ids.push(...(await freeCodes(ctx, line.skuId, owed - ids.length, "", ids)));
  if (ids.length === 0) return 0;
  const [taken] = await sendPacket(ctx.tx, [
    statement(`UPDATE virtual_codes SET status = 'sold', order_id = ?, line = ?, sold_at = ? WHERE id IN (${ids.map(() => "?").join(",")}) AND status = 'free'`, [order.id, line.line, ctx.now, ...ids]),
  ]);
  invariant(affectedRows(taken) === ids.length, "a code that is locked and free can be taken");
  return ids.length;
}

async function freeCodes(ctx: Ctx, skuId: number, limit: number, how: "SKIP LOCKED" | "", except: readonly number[] = []): Promise<number[]> {
  const butFor = except.length === 0 ? "" : ` AND id NOT IN (${except.map(() => "?").join(",")})`;
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(`SELECT id FROM virtual_codes WHERE sku_id = ? AND status = 'free'${butFor} ORDER BY id LIMIT ? FOR UPDATE ${how}`, [skuId, ...except, limit]),
  ]);
  return rows.map((row) => row.id as number);
}

/** Staff hears of an order that cannot be handed over whole, once. */
async function tellOnce(ctx: Ctx, order: OrderRow, missing: number): Promise<void> {
  const [told = []] = await sendPacket(ctx.tx, [statement("SELECT 1 FROM events WHERE subject_type = 'order' AND subject_id = ? AND name = 'code.short' LIMIT 1", [order.publicId])]);
  if (told.length === 0) await emit(ctx, { name: "code.short", subject: { type: "order", id: order.publicId }, data: { missing } });
}

/** Another order may have the same code: then the next one is tried. */
const PICKUP_CODES_TRIED = 8;
const DUPLICATE_KEY = 1062;

async function givePickupCode(ctx: Ctx, order: OrderRow): Promise<void> {
  const [given = []] = await sendPacket(ctx.tx, [statement("SELECT 1 FROM pickup_codes WHERE order_id = ?", [order.id])]);
  if (given.length > 0) return;
  for (let tries = 0; tries < PICKUP_CODES_TRIED; tries++) {
    if (!(await keepPickupCode(ctx, order.id, pickupCodeFrom(randomBytes(PICKUP_CODE_BYTES))))) continue;
    await emit(ctx, { name: "order.ready_for_pickup", subject: { type: "order", id: order.publicId }, data: {} });
    return;
  }
  invariant(false, "one of some random codes is new");
}

/** Whether no other order had it. */
async function keepPickupCode(ctx: Ctx, orderId: number, code: string): Promise<boolean> {
  try {
    await sendPacket(ctx.tx, [statement("INSERT INTO pickup_codes (order_id, code, created_at) VALUES (?, ?, ?)", [orderId, code, ctx.now])]);
    return true;
  } catch (error) {
    if (errnoOf(error) === DUPLICATE_KEY) return false;
    throw error;
  }
}

export type TakenBack = { /** Pieces that can be sold again; null where staff judges the goods. */ sellable: number | null };

/**
 * Takes back what was handed over of a line, before its refund is counted: pieces that were not handed over yet go first.
 * Codes that nobody has seen return to the pool, seen ones are void; coupons are void. Under the account's lock.
 * Refuses `order_not_refundable` when the coupons were used.
 */
export async function takeBackDelivered(ctx: Ctx, { orderId, orderPublicId, line: number, quantity }: { orderId: number; orderPublicId: string; line: number; quantity: number }): Promise<TakenBack> {
  const line = (await readLines(ctx, orderId)).find((each) => each.line === number);
  invariant(line, "a line that is taken back was sold");
  const owed = Math.min(quantity, owedOf(line));
  const handed = quantity - owed;
  if (line.delivery === "coupon") {
    await voidCoupons(ctx, orderPublicId, line, handed);
    if (handed > 0) await addDelivered(ctx, orderId, line, -handed);
    return { sellable: null };
  }
  if (!line.hasCodes) return { sellable: null };
  const returned = handed > 0 ? await returnCodes(ctx, orderId, orderPublicId, line, handed) : 0;
  return { sellable: owed + returned };
}

async function voidCoupons(ctx: Ctx, orderId: string, line: SoldLine, pieces: number): Promise<void> {
  const ofLine = `${orderId.replaceAll("_", "\\_")}~${line.line}~%`;
  const [rows = []] = await sendPacket(ctx.tx, [
    statement("SELECT source_id, status FROM coupons WHERE source_type = 'order' AND source_id LIKE ? ORDER BY id DESC", [ofLine]),
  ]);
  const unused = rows.filter(({ status }) => status === "active").slice(0, pieces);
  // Of those that are void, some were taken back with earlier refunds; what staff took back by hand is nobody's any more, and counts.
  const byHand = rows.filter(({ status }) => status === "void").length - (rows.length - line.quantityDelivered);
  let voided = Math.min(pieces - unused.length, byHand);
  for (const { source_id: id } of unused) if (await voidIssued(ctx, { type: "order", id })) voided++;
  if (voided < pieces) throw new Refusal("order_not_refundable", { status: "used" });
}

/** Returns how many went back into the pool. */
async function returnCodes(ctx: Ctx, orderId: number, orderPublicId: string, line: SoldLine, pieces: number): Promise<number> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement("SELECT id, revealed_at FROM virtual_codes WHERE order_id = ? AND line = ? AND status = 'sold' ORDER BY revealed_at IS NOT NULL, id DESC LIMIT ? FOR UPDATE", [orderId, line.line, pieces]),
  ]);
  const [unseen, seen] = [rows.filter((row) => row.revealed_at === null), rows.filter((row) => row.revealed_at !== null)].map((some) => some.map((row) => row.id as number)) as [number[], number[]];
  const among = (ids: readonly number[]) => `id IN (${ids.map(() => "?").join(",")})`;
  await sendPacket(ctx.tx, [
    ...(unseen.length > 0 ? [statement(`UPDATE virtual_codes SET status = 'free', order_id = NULL, line = NULL, sold_at = NULL WHERE ${among(unseen)}`, unseen)] : []),
    ...(seen.length > 0 ? [statement(`UPDATE virtual_codes SET status = 'void', order_id = NULL WHERE ${among(seen)}`, seen)] : []),
  ]);
  if (rows.length > 0) await addDelivered(ctx, orderId, line, -rows.length);
  if (rows.length > 0) await emit(ctx, { name: "codes.taken_back", subject: { type: "order", id: orderPublicId }, data: { line: line.line, returned: unseen.length, voided: seen.length } });
  return unseen.length;
}

/** Paid orders that have something to hand over: those of a short pool, and those that were missed, the oldest first. */
export async function listUndelivered(ctx: Ctx, after: number, limit: number): Promise<{ id: number; publicId: string }[]> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT DISTINCT o.id, o.public_id FROM orders o JOIN order_items i ON i.order_id = o.id JOIN skus s ON s.id = i.sku_id LEFT JOIN pickup_codes p ON p.order_id = o.id
       WHERE o.status IN ('paid', 'shipped') AND o.id > ? AND i.quantity_delivered + i.quantity_refunded < i.quantity
         AND (i.delivery = 'coupon' OR (i.delivery = 'pickup' AND p.order_id IS NULL)
           OR (i.delivery = 'virtual' AND s.has_codes AND EXISTS (SELECT 1 FROM virtual_codes c WHERE c.sku_id = s.id AND c.status = 'free')))
       ORDER BY o.id LIMIT ?`,
      [after, limit],
    ),
  ]);
  return rows.map((row) => ({ id: row.id, publicId: row.public_id }));
}

/** An order that is paid and has something to hand over gets it, if the buyer's own request did not come to it. */
export const onOrderDelivers: EventHandler = {
  names: ["order.redeemed", "order.paid"],
  wants: ({ data }) => data.delivers === true,
  async handle(ctx, { subjectId }) {
    await deliverOrder(ctx, subjectId);
  },
};
