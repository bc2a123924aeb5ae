import type { PriceMode } from "@/db/schema/catalog";
import { allow, refuse, type Decision } from "@/lib/refusal";

/** What one piece costs, as the merchant set it. */
export type Price = {
  priceMode: PriceMode;
  pointsPrice: number;
  cashPriceCents: number;
  discountPointsMax: number;
  discountPointsMin: number;
  /** The part of the cash price that points can take, in percent. */
  discountShareMax: number;
  /** Points that take one yuan off; null means the programme's. */
  discountPointsPerYuan: number | null;
};

/** What so many pieces cost: all in whole points and whole cents. `totalCents` = `discountCents` + `cashDueCents`. */
export type Quote = { points: number; totalCents: number; discountCents: number; cashDueCents: number };

const CENTS_PER_YUAN = 100;

/**
 * The price of `quantity` pieces when the buyer puts in `pointsToUse` points; undefined asks for the mode's own way:
 * all points where the price allows it, no points for a pure cash price.
 * Refuses `points_only_product`, `points_not_accepted`, `too_many_points` { pointsMax }, `too_few_points` { pointsMin }.
 */
export function quoteFor(price: Price, quantity: number, pointsToUse: number | undefined, pointsPerYuan: number): Decision<Quote> {
  const pointsPrice = price.pointsPrice * quantity;
  const totalCents = price.cashPriceCents * quantity;
  switch (price.priceMode) {
    case "points":
      if (pointsToUse !== undefined && pointsToUse !== pointsPrice) return refuse("points_only_product", { points: pointsPrice });
      return allow({ points: pointsPrice, totalCents: 0, discountCents: 0, cashDueCents: 0 });
    case "points_cash":
      if (pointsToUse !== undefined && pointsToUse !== pointsPrice) return refuse("points_only_product", { points: pointsPrice });
      return allow({ points: pointsPrice, totalCents, discountCents: 0, cashDueCents: totalCents });
    case "cash_discount":
      if (pointsToUse === undefined) {
        return price.pointsPrice > 0 ? allow({ points: pointsPrice, totalCents, discountCents: totalCents, cashDueCents: 0 }) : refuse("points_not_accepted");
      }
      return discounted(price, quantity, pointsToUse, pointsPerYuan);
  }
}

const ratioOf = (price: Price, pointsPerYuan: number): number => price.discountPointsPerYuan ?? pointsPerYuan;

/** The most cents that points take off: the merchant's share of the price. */
const maxDiscountCents = (price: Price, quantity: number): number => Math.floor((price.cashPriceCents * quantity * price.discountShareMax) / 100);

/** The most points that take something off a cash price: the merchant's maximum and share, and never more than that is worth. */
export const maxDiscountPoints = (price: Price, quantity: number, pointsPerYuan: number): number =>
  Math.min(price.discountPointsMax * quantity, Math.ceil((maxDiscountCents(price, quantity) * ratioOf(price, pointsPerYuan)) / CENTS_PER_YUAN));

/** Points come off in whole cents, rounded down; the points that were put in are what is charged. */
function discounted(price: Price, quantity: number, points: number, pointsPerYuan: number): Decision<Quote> {
  const totalCents = price.cashPriceCents * quantity;
  const pointsMax = maxDiscountPoints(price, quantity, pointsPerYuan);
  if (points > pointsMax) return refuse("too_many_points", { pointsMax });
  const pointsMin = Math.min(price.discountPointsMin, pointsMax);
  if (points > 0 && points < pointsMin) return refuse("too_few_points", { pointsMin });
  const discountCents = Math.min(maxDiscountCents(price, quantity), Math.floor((points * CENTS_PER_YUAN) / ratioOf(price, pointsPerYuan)));
  return allow({ points, totalCents, discountCents, cashDueCents: totalCents - discountCents });
}
