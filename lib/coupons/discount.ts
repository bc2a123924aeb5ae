import type { CouponKind, CouponScope, CouponUnit } from "@/db/schema/coupons";
import { allow, refuse, type Decision } from "@/lib/refusal";
import { share } from "@/lib/split";

/** What a coupon does, as its template says. */
export type CouponTerms = {
  kind: CouponKind;
  unit: CouponUnit;
  /** Cents or points, by the unit. */
  amount: number;
  percent: number;
  amountMax: number;
  minSpend: number;
  giftSkuId: number | null;
  scope: CouponScope;
  scopeIds: readonly number[];
};

/** A line of an order, after its points and before the coupon. */
export type BasketLine = {
  productId: number;
  /** The product's category and those above it. */
  categoryIds: readonly number[];
  /** The cash list price, whatever part of it points take. */
  totalCents: number;
  points: number;
  cashDueCents: number;
};

/** What a coupon takes off each line, and what else comes with it. */
export type CouponEffect = { cents: readonly number[]; points: readonly number[]; waivesDelivery: boolean; giftSkuId: number | null };

/**
 * What a coupon does for these lines. Rounded down, never more than there is to take, split over the lines in its scope by largest remainder.
 * Refuses `coupon_not_applicable` when nothing of the order is in its scope or nothing is left to take off, `coupon_minimum` { minimum, missing, unit }.
 */
export function couponEffect(terms: CouponTerms, lines: readonly BasketLine[]): Decision<CouponEffect> {
  const inScope = lines.map((line) => isInScope(terms, line));
  // A gift without a minimum may be all there is in an order.
  const needsGoods = terms.kind !== "gift" || terms.minSpend > 0 || lines.length > 0;
  if (needsGoods && !inScope.includes(true)) return refuse("coupon_not_applicable");
  const spend = sumOf(lines.map((line, index) => (inScope[index] ? (terms.unit === "cash" ? line.totalCents : line.points) : 0)));
  if (spend < terms.minSpend) return refuse("coupon_minimum", { minimum: terms.minSpend, missing: terms.minSpend - spend, unit: terms.unit });

  const none = lines.map(() => 0);
  if (terms.kind === "free_delivery") return allow({ cents: none, points: none, waivesDelivery: true, giftSkuId: null });
  if (terms.kind === "gift") return allow({ cents: none, points: none, waivesDelivery: false, giftSkuId: terms.giftSkuId });
  const base = lines.map((line, index) => (inScope[index] ? (terms.unit === "cash" ? line.cashDueCents : line.points) : 0));
  const parts = splitOver(base, reduction(terms, sumOf(base)));
  if (sumOf(parts) === 0) return refuse("coupon_not_applicable");
  return allow(terms.unit === "cash" ? { cents: parts, points: none, waivesDelivery: false, giftSkuId: null } : { cents: none, points: parts, waivesDelivery: false, giftSkuId: null });
}

const isInScope = ({ scope, scopeIds }: CouponTerms, { productId, categoryIds }: BasketLine): boolean =>
  scope === "all" || (scope === "products" ? scopeIds.includes(productId) : categoryIds.some((id) => scopeIds.includes(id)));

/** The whole of what it takes off so much. */
function reduction({ kind, amount, percent, amountMax }: CouponTerms, base: number): number {
  if (kind === "amount") return Math.min(amount, base);
  const part = Number((BigInt(base) * BigInt(percent)) / 100n);
  return amountMax > 0 ? Math.min(part, amountMax) : part;
}

/** Splits an amount over parts in proportion, each whole and none above its part; `amount` is at most their sum. */
export function splitOver(parts: readonly number[], amount: number): number[] {
  const total = sumOf(parts);
  if (total === 0) return parts.map(() => 0);
  return share(parts.map((part) => BigInt(part) * BigInt(amount)), BigInt(total));
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
