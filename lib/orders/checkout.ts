import type { Delivery, ProductStatus } from "@/db/schema/catalog";
import type { AddressSnapshot } from "@/db/schema/orders";
import { quoteFor, type Price, type Quote } from "@/lib/catalog/price";
import { allow, refuse, type Decision } from "@/lib/refusal";

/** The offer as it stands while the stock is locked. */
export type Offer = Price & {
  skuId: number;
  productId: number;
  productStatus: ProductStatus;
  isActive: boolean;
  delivery: Delivery;
  limitPerOrder: number;
  limitPerUser: number;
};

export type Wanted = {
  quantity: number;
  /** Points the buyer puts in; undefined asks for the price mode's own way. */
  pointsToUse?: number;
  /** What the page said it costs. A different quote now is refused, to be confirmed anew. */
  expected?: { points: number; cashDueCents: number };
  address?: AddressSnapshot;
  /** The article's calls have no address: the merchant asks for it. The shop's own pages must send one. */
  addressMayFollow?: boolean;
};

export type RedemptionFacts = { offer: Offer | null; stock: number; bought: number; pointsPerYuan: number };

/**
 * Whether a redemption may happen, and at what price. The balance is decided where the points are taken.
 * Refuses `not_found`, `not_on_sale`, `quantity_over_limit`, `purchase_limit`, `sold_out`, `address_required`, `price_changed`
 * and what `quoteFor` refuses.
 */
export function decideRedemption(wanted: Wanted, { offer, stock, bought, pointsPerYuan }: RedemptionFacts): Decision<Quote> {
  if (!offer) return refuse("not_found");
  if (offer.productStatus !== "active" || !offer.isActive) return refuse("not_on_sale");
  if (wanted.quantity > offer.limitPerOrder) return refuse("quantity_over_limit", { limit: offer.limitPerOrder });
  if (offer.limitPerUser > 0 && bought + wanted.quantity > offer.limitPerUser) {
    return refuse("purchase_limit", { limit: offer.limitPerUser, left: Math.max(0, offer.limitPerUser - bought) });
  }
  if (stock < wanted.quantity) return refuse("sold_out", { left: stock });
  if (offer.delivery === "shipped" && !wanted.address && !wanted.addressMayFollow) return refuse("address_required");
  const quote = quoteFor(offer, wanted.quantity, wanted.pointsToUse, pointsPerYuan);
  if (!quote.ok || !wanted.expected) return quote;
  const { points, cashDueCents } = quote.value;
  const isAsExpected = points === wanted.expected.points && cashDueCents === wanted.expected.cashDueCents;
  return isAsExpected ? allow(quote.value) : refuse("price_changed", { points, cashDueCents });
}
