"use client";

import { useState } from "react";
import type { CheckoutTerms, CouponOffer } from "./checkout-terms";
import { bestQuote, couponQuotes } from "@/lib/orders/best-quote";
import { pointsRange, quoteOrder, type OrderQuote, type QuoteLine } from "@/lib/orders/quote";

/** `auto` takes the best coupon there is; null takes none. */
export type CouponWish = "auto" | string | null;

export type Checkout = {
  quote: OrderQuote | null;
  coupon: CouponOffer | null;
  /** Those that do something for these lines. */
  coupons: readonly CouponOffer[];
  chooseCoupon: (wish: CouponWish) => void;
  /** undefined: each line in its price's own way. */
  pointsToUse: number | undefined;
  /** What the shopper can put in; null where prices leave no choice. */
  choice: { min: number; max: number; takesAllPoints: boolean } | null;
  choosePoints: (points: number | null) => void;
  /** Points that are missing for it; 0 when there are enough. */
  pointsMissing: number;
  /** The fewest points that its prices take, when fewer were put in. */
  pointsFewest: number | null;
};

/** What the order costs as the shopper chooses: quoted here for the eye, and again by the shop when it is confirmed. */
export function useCheckout(lines: readonly QuoteLine[], { pointsPerYuan, deliveryCents, freeDeliveryFromCents, pointsAvailable, coupons }: CheckoutTerms): Checkout {
  const [couponWish, chooseCoupon] = useState<CouponWish>("auto");
  /** null: all in points where the price allows it, else as many as it takes. */
  const [wantedPoints, choosePoints] = useState<number | null>(null);
  const choice = choiceOf(lines, pointsPerYuan, pointsAvailable);
  const pointsToUse = choice ? pointsChosen(choice, wantedPoints) : undefined;
  const terms = { pointsToUse, pointsPerYuan, deliveryCents, freeDeliveryFromCents };
  const offered = couponQuotes(lines, terms, coupons).map(({ coupon }) => coupon);
  const chosen = couponWish === "auto" || couponWish === null ? null : (offered.find(({ publicId }) => publicId === couponWish) ?? null);
  const { coupon, quote } = couponWish === "auto" ? bestQuote(lines, terms, coupons) : { coupon: chosen, quote: quoteOrder(lines, { ...terms, coupon: chosen?.terms, gift: chosen?.gift }) };
  return {
    quote: quote.ok ? quote.value : null, coupon, coupons: offered, chooseCoupon, pointsToUse, choice, choosePoints,
    pointsMissing: quote.ok ? Math.max(0, quote.value.points - pointsAvailable) : 0,
    pointsFewest: !quote.ok && quote.code === "too_few_points" ? Number(quote.detail.pointsMin) : null,
  };
}

/** Only a cash price that points can discount leaves a choice, and never of more than there is. */
function choiceOf(lines: readonly QuoteLine[], pointsPerYuan: number, pointsAvailable: number): Checkout["choice"] {
  const discounted = lines.filter(({ offer }) => offer.priceMode === "cash_discount");
  if (discounted.length === 0) return null;
  const { min, max, fewest } = pointsRange(lines, pointsPerYuan);
  const most = Math.min(max, pointsAvailable);
  // Whoever has fewer points than a price takes at least pays it in cash.
  return { min, max: most < fewest ? min : Math.max(min, most), takesAllPoints: discounted.every(({ offer }) => offer.pointsPrice > 0) };
}

function pointsChosen({ min, max, takesAllPoints }: NonNullable<Checkout["choice"]>, wanted: number | null): number | undefined {
  if (wanted === null && takesAllPoints) return undefined;
  return Math.max(min, Math.min(wanted ?? max, max));
}
