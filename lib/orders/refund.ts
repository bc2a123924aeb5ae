import type { OrderStatus } from "@/db/schema/orders";
import { allow, refuse, type Decision } from "@/lib/refusal";

/** One line of an order, as it was sold, and how much of it was taken back. */
export type RefundableItem = { quantity: number; quantityRefunded: number; points: number; cashDueCents: number };

export type RefundPlan = {
  points: number;
  cashCents: number;
  /** What of the line's worth has been taken back with this, as a fraction that other amounts are split by. */
  isWholeLine: boolean;
};

/** Orders whose pieces can be taken back: what was paid for, whether or not it has arrived. */
export const REFUNDABLE: readonly OrderStatus[] = ["paid", "shipped", "completed"];

/**
 * What taking back so many pieces of a line returns. Each piece is worth its part of the line; parts are the differences of running
 * totals rounded down, so that piece by piece, in whatever portions, they sum to the line.
 * Refuses `order_not_refundable` { status }, `quantity_over_limit` { limit }.
 */
export function decideRefund(status: OrderStatus, item: RefundableItem, quantity: number): Decision<RefundPlan> {
  if (!REFUNDABLE.includes(status)) return refuse("order_not_refundable", { status });
  const left = item.quantity - item.quantityRefunded;
  if (left === 0) return refuse("order_not_refundable", { status });
  if (quantity > left) return refuse("quantity_over_limit", { limit: left });
  const [from, to] = [item.quantityRefunded, item.quantityRefunded + quantity];
  return allow({
    points: partOf(item.points, to, item.quantity) - partOf(item.points, from, item.quantity),
    cashCents: partOf(item.cashDueCents, to, item.quantity) - partOf(item.cashDueCents, from, item.quantity),
    isWholeLine: to === item.quantity,
  });
}

const partOf = (amount: number, pieces: number, of: number): number => Math.floor((amount * pieces) / of);

/**
 * How much of an order's earned points goes back when its refunded cash rises from one amount to another. Rounded up as a running total,
 * because it is charged: with the last cent the last point goes.
 */
export function earnedToTakeBack(earned: number, cashPaidCents: number, refundedBefore: number, refundedAfter: number): number {
  if (cashPaidCents === 0) return 0;
  const upTo = (cents: number): number => Math.ceil((earned * cents) / cashPaidCents);
  return upTo(refundedAfter) - upTo(refundedBefore);
}

/** Points drawn from a lot for an order. */
export type LotDraw = { lotId: number; points: number };

/**
 * The lots that so many points go back to: the last drawn first, which are those that live longest, after what went back before.
 * However the refunds are cut, each lot gets back exactly what was drawn from it.
 */
export function drawsToReturn(draws: readonly LotDraw[], returnedBefore: number, points: number): LotDraw[] {
  let skip = returnedBefore;
  let left = points;
  const back: LotDraw[] = [];
  for (const { lotId, points: drawn } of draws.toReversed()) {
    const skipped = Math.min(skip, drawn);
    skip -= skipped;
    const taken = Math.min(left, drawn - skipped);
    left -= taken;
    if (taken > 0) back.push({ lotId, points: taken });
  }
  return back;
}
