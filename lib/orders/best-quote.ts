import type { CouponTerms } from "@/lib/coupons/discount";
import type { Decision } from "@/lib/refusal";

import { quoteOrder, type OrderQuote, type QuotedOffer, type QuoteLine, type QuoteTerms } from "./quote";

/** A coupon that can be chosen for an order. */
export type OfferedCoupon = { publicId: string; terms: CouponTerms; expiresAt: Date; /** What it brings, when it is a gift. */ gift: QuotedOffer | null };

export type CouponQuote<Coupon> = { coupon: Coupon | null; quote: Decision<OrderQuote> };

const CENTS_PER_YUAN = 100;

/** Every coupon that does something for these lines with what the order then costs, the best for the buyer first; of equal ones the one that expires soonest. */
export function couponQuotes<Coupon extends OfferedCoupon>(lines: readonly QuoteLine[], terms: QuoteTerms, coupons: readonly Coupon[]): { coupon: Coupon; quote: Decision<OrderQuote>; worthCents: number }[] {
  return coupons
    .map((coupon) => ({ coupon, quote: quoteOrder(lines, { ...terms, coupon: coupon.terms, gift: coupon.gift }) }))
    .flatMap(({ coupon, quote }) => (quote.ok ? [{ coupon, quote, worthCents: costOf(quote.value, terms) - worthOf(coupon.gift, terms) }] : []))
    .sort((one, other) => one.worthCents - other.worthCents || one.coupon.expiresAt.getTime() - other.coupon.expiresAt.getTime());
}

/** The order with the coupon that is best for its buyer, or with none when none makes it cheaper. */
export function bestQuote<Coupon extends OfferedCoupon>(lines: readonly QuoteLine[], terms: QuoteTerms, coupons: readonly Coupon[]): CouponQuote<Coupon> {
  const plain = quoteOrder(lines, terms);
  const [best] = couponQuotes(lines, terms, coupons);
  if (best && (!plain.ok || best.worthCents < costOf(plain.value, terms))) return best;
  return { coupon: null, quote: plain };
}

/** What an order costs in cents: points at what they are worth. */
const costOf = ({ points, cashDueCents }: OrderQuote, { pointsPerYuan }: QuoteTerms): number => cashDueCents + (points * CENTS_PER_YUAN) / pointsPerYuan;

const worthOf = (gift: QuotedOffer | null, { pointsPerYuan }: QuoteTerms): number => (gift ? gift.cashPriceCents + (gift.pointsPrice * CENTS_PER_YUAN) / pointsPerYuan : 0);
