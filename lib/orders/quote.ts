import type { Delivery } from "@/db/schema/catalog";
import { maxDiscountPoints, quoteFor, type Price, type Quote } from "@/lib/catalog/price";
import { couponEffect, splitOver, type CouponEffect, type CouponTerms } from "@/lib/coupons/discount";
import { allow, refuse, type Decision } from "@/lib/refusal";

/** So many pieces of an offer. `inPoints` pays a discounted cash price whole, for its points price; false pays it in cash. */
export type QuoteLine = { offer: QuotedOffer; quantity: number; inPoints?: boolean };
export type QuotedOffer = Price & { skuId: number; productId: number; categoryIds: readonly number[]; delivery: Delivery };

export type QuoteTerms = {
  /** Points that the buyer puts in over all lines; undefined pays each line in its price mode's own way. */
  pointsToUse?: number;
  coupon?: CouponTerms | null;
  /** The coupon's gift, when it brings one. */
  gift?: QuotedOffer | null;
  pointsPerYuan: number;
  deliveryCents: number;
  freeDeliveryFromCents: number;
};

/** What one line costs its buyer, after its part of what points and the coupon take off. */
export type LineQuote = { skuId: number; quantity: number; unitCents: number; isGift: boolean; points: number; discountCents: number; couponPoints: number; couponCents: number; cashDueCents: number };

/** What an order costs. `totalCents` + `deliveryCents` = `discountCents` + `couponCents` + `cashDueCents`. */
export type OrderQuote = Quote & {
  lines: readonly LineQuote[];
  couponPoints: number;
  couponCents: number;
  deliveryCents: number;
  /** Names every amount: a quote with another version is another offer. */
  version: string;
};

/**
 * What these lines cost together. What is charged for the order is the sum of its lines and delivery, so that any of them can be given back alone.
 * Refuses what `quoteFor` and `couponEffect` refuse, and `not_on_sale` for a coupon whose gift is not to be had.
 */
export function quoteOrder(lines: readonly QuoteLine[], terms: QuoteTerms): Decision<OrderQuote> {
  const points = pointsByLine(lines, terms.pointsToUse, terms.pointsPerYuan);
  if (!points.ok) return points;
  const quotes: Quote[] = [];
  for (const [index, { offer, quantity }] of lines.entries()) {
    // Of several lines each gets its part of the points; the minimum was asked of all of them.
    const price = lines.length > 1 ? { ...offer, discountPointsMin: 0 } : offer;
    const quote = quoteFor(price, quantity, points.value[index], terms.pointsPerYuan);
    if (!quote.ok) return quote;
    quotes.push(quote.value);
  }
  const effect = effectOf(lines, quotes, terms.coupon ?? null);
  if (!effect.ok) return effect;
  if (effect.value.giftSkuId !== null && !terms.gift) return refuse("not_on_sale");
  const sold = lines.map(({ offer, quantity }, index) => lineQuote(offer, quantity, quotes[index]!, effect.value, index));
  const given = effect.value.giftSkuId !== null && terms.gift ? [giftLine(terms.gift)] : [];
  return allow(totalOf([...sold, ...given], deliveryFee([...lines.map(({ offer }) => offer), ...(given.length > 0 ? [terms.gift!] : [])], sold, effect.value, terms)));
}

const NO_EFFECT = { waivesDelivery: false, giftSkuId: null };

function effectOf(lines: readonly QuoteLine[], quotes: readonly Quote[], coupon: CouponTerms | null): Decision<CouponEffect> {
  if (!coupon) return allow({ ...NO_EFFECT, cents: lines.map(() => 0), points: lines.map(() => 0) });
  return couponEffect(coupon, lines.map(({ offer }, index) => ({ productId: offer.productId, categoryIds: offer.categoryIds, ...quotes[index]! })));
}

function lineQuote(offer: QuotedOffer, quantity: number, quote: Quote, effect: CouponEffect, index: number): LineQuote {
  const couponPoints = effect.points[index]!;
  const couponCents = effect.cents[index]!;
  return {
    skuId: offer.skuId, quantity, unitCents: offer.cashPriceCents, isGift: false, points: quote.points - couponPoints, discountCents: quote.discountCents,
    couponPoints, couponCents, cashDueCents: quote.cashDueCents - couponCents,
  };
}

const giftLine = ({ skuId }: QuotedOffer): LineQuote => ({ skuId, quantity: 1, unitCents: 0, isGift: true, points: 0, discountCents: 0, couponPoints: 0, couponCents: 0, cashDueCents: 0 });

/** Parcels cost something, once for an order, unless it is worth enough or a coupon pays. */
function deliveryFee(offers: readonly QuotedOffer[], sold: readonly LineQuote[], { waivesDelivery }: CouponEffect, { deliveryCents, freeDeliveryFromCents, pointsPerYuan }: QuoteTerms): number {
  if (waivesDelivery || !offers.some(({ delivery }) => delivery === "shipped")) return 0;
  const worth = sum(sold, "cashDueCents") + Math.floor((sum(sold, "points") * 100) / pointsPerYuan);
  return freeDeliveryFromCents > 0 && worth >= freeDeliveryFromCents ? 0 : deliveryCents;
}

/** What each line is told to take of the buyer's points; undefined leaves it to its price mode. */
function pointsByLine(lines: readonly QuoteLine[], pointsToUse: number | undefined, pointsPerYuan: number): Decision<(number | undefined)[]> {
  const takesShare = ({ offer, inPoints }: QuoteLine): boolean => offer.priceMode === "cash_discount" && inPoints !== true;
  if (pointsToUse === undefined) return allow(lines.map((line) => (takesShare(line) && line.inPoints === false ? 0 : undefined)));
  if (lines.length === 1 && lines[0]!.inPoints !== true) return allow([pointsToUse]);
  const fixed = lines.reduce((total, line) => total + (takesShare(line) ? 0 : line.offer.pointsPrice * line.quantity), 0);
  const left = pointsToUse - fixed;
  const most = lines.map((line) => (takesShare(line) ? maxDiscountPoints(line.offer, line.quantity, pointsPerYuan) : 0));
  const pointsMax = most.reduce((total, each) => total + each, 0);
  if (left < 0 || (left > 0 && pointsMax === 0)) return refuse("points_only_product", { points: fixed });
  if (left > pointsMax) return refuse("too_many_points", { pointsMax: fixed + pointsMax });
  const pointsMin = leastShare(lines.filter(takesShare), pointsMax);
  if (left > 0 && left < pointsMin) return refuse("too_few_points", { pointsMin: fixed + pointsMin });
  const parts = splitOver(most, left);
  return allow(lines.map((line, index) => (takesShare(line) ? parts[index] : undefined)));
}

/** The fewest points that take something off these discounted prices together, where any are put in. */
const leastShare = (lines: readonly QuoteLine[], pointsMax: number): number => Math.min(pointsMax, Math.max(0, ...lines.map(({ offer }) => offer.discountPointsMin)));

/** The points that an order of these lines can take: at least (those without a choice), at most, and the fewest above the least. */
export function pointsRange(lines: readonly QuoteLine[], pointsPerYuan: number): { min: number; max: number; fewest: number } {
  const fixed = lines.reduce((total, { offer, quantity, inPoints }) => total + (offer.priceMode === "cash_discount" && inPoints !== true ? 0 : offer.pointsPrice * quantity), 0);
  const more = lines.reduce((total, { offer, quantity, inPoints }) => total + (offer.priceMode === "cash_discount" && inPoints !== true ? maxDiscountPoints(offer, quantity, pointsPerYuan) : 0), 0);
  const shared = lines.filter(({ offer, inPoints }) => offer.priceMode === "cash_discount" && inPoints !== true);
  return { min: fixed, max: fixed + more, fewest: fixed + leastShare(shared, more) };
}

function totalOf(lines: readonly LineQuote[], deliveryCents: number): OrderQuote {
  const totals = {
    points: sum(lines, "points"), totalCents: lines.reduce((total, { unitCents, quantity }) => total + unitCents * quantity, 0), discountCents: sum(lines, "discountCents"),
    couponPoints: sum(lines, "couponPoints"), couponCents: sum(lines, "couponCents"), deliveryCents, cashDueCents: sum(lines, "cashDueCents") + deliveryCents,
  };
  const amounts = lines.map(({ skuId, quantity, points, cashDueCents }) => [skuId, quantity, points, cashDueCents].join("."));
  return { ...totals, lines, version: [...amounts, totals.points, totals.cashDueCents, deliveryCents].join("-") };
}

const sum = (lines: readonly LineQuote[], amount: "points" | "discountCents" | "couponPoints" | "couponCents" | "cashDueCents"): number => lines.reduce((total, line) => total + line[amount], 0);
