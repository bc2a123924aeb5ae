import type { Delivery } from "@/db/schema/catalog";
import type { AddressSnapshot, PickupSnapshot } from "@/db/schema/orders";
import { availabilityOf, type SaleTerms } from "@/lib/catalog/availability";
import { isUsable, type HeldCoupon } from "@/lib/coupons/usable";
import type { UserId } from "@/lib/ctx";
import { allow, refuse, type Decision } from "@/lib/refusal";

import { quoteOrder, type OrderQuote, type QuotedOffer } from "./quote";

/** The offer as it stands while the stock is locked, at the price of the person who asks. */
export type Offer = QuotedOffer & SaleTerms;

/** So many pieces of one SKU. `inPoints` pays a discounted cash price whole, for its points price. */
export type WantedLine = { skuId: number; quantity: number; inPoints?: boolean };

export type Wanted = {
  /** Each SKU once. None for an order that is a coupon's gift alone. */
  lines: readonly WantedLine[];
  /** Points the buyer puts in over all lines; undefined asks for each price mode's own way. */
  pointsToUse?: number;
  couponId?: string;
  pickupPointId?: number;
  /** What the page said it costs: the amounts, or the version of its quote. A different quote now is refused, to be confirmed anew. */
  expected?: { points: number; cashDueCents: number } | { version: string };
  address?: AddressSnapshot;
  /** The article's calls have no address and no pick-up point: the merchant asks for it. The shop's own pages must send one. */
  addressMayFollow?: boolean;
};

/** A SKU as it stands for one person. */
export type Stocked = { offer: Offer; stock: number; bought: number; boughtToday: number; isAdmitted: boolean };

export type RedemptionFacts = {
  now: Date;
  userId: UserId;
  /** What the wanted SKUs and the coupon's gift are; a SKU that is not here does not exist. */
  shelf: ReadonlyMap<number, Stocked>;
  coupon: HeldCoupon | null;
  pickup: PickupSnapshot | null;
  pointsPerYuan: number;
  deliveryCents: number;
  freeDeliveryFromCents: number;
};

/**
 * Whether a redemption may happen, and at what price. The balance is decided where the points are taken.
 * Refuses `empty_order`, `not_found`, what `availabilityOf` refuses (with the SKU's id where there are several), `coupon_not_usable`, `address_required`,
 * `pickup_point_required`, `price_changed` { points, cashDueCents } and what `quoteOrder` refuses.
 */
export function decideRedemption(wanted: Wanted, facts: RedemptionFacts): Decision<OrderQuote> {
  const isGiftAlone = wanted.lines.length === 0 && facts.coupon?.kind === "gift";
  if (wanted.lines.length === 0 && !isGiftAlone) return refuse("empty_order");
  for (const line of wanted.lines) {
    const available = decideLine(line, facts, wanted.lines.length);
    if (!available.ok) return available;
  }
  if (wanted.couponId !== undefined && !(facts.coupon && isUsable(facts.coupon, facts.userId, facts.now))) return refuse("coupon_not_usable");
  const gift = giftOf(wanted, facts);
  if (!gift.ok) return gift;
  const reached = decideDelivery(wanted, facts, gift.value);
  if (!reached.ok) return reached;
  const quote = quoteOrder(wanted.lines.map(({ skuId, quantity, inPoints }) => ({ offer: facts.shelf.get(skuId)!.offer, quantity, inPoints })), { ...facts, pointsToUse: wanted.pointsToUse, gift: gift.value });
  return quote.ok ? confirmed(quote.value, wanted.expected) : quote;
}

function decideLine({ skuId, quantity }: WantedLine, { shelf, now }: RedemptionFacts, lines: number): Decision<unknown> {
  const found = shelf.get(skuId);
  if (!found) return refuse("not_found");
  const available = availabilityOf(found.offer, { now, ...found }, quantity);
  return available.ok || lines === 1 ? available : refuse(available.code, { ...available.detail, skuId });
}

/** The gift that the coupon brings, when it brings one that is on sale and left. Limits are for what people choose. */
function giftOf(wanted: Wanted, { coupon, shelf, now }: RedemptionFacts): Decision<Offer | null> {
  if (!coupon || coupon.kind !== "gift" || coupon.giftSkuId === null) return allow(null);
  const found = shelf.get(coupon.giftSkuId);
  if (!found) return refuse("not_on_sale");
  const taken = wanted.lines.find(({ skuId }) => skuId === coupon.giftSkuId)?.quantity ?? 0;
  const available = availabilityOf({ ...found.offer, limitPerUser: 0, limitPerDay: 0 }, { now, isAdmitted: true, bought: 0, boughtToday: 0, stock: found.stock - taken });
  return available.ok ? allow(found.offer) : refuse(available.code, { ...available.detail, skuId: coupon.giftSkuId });
}

function decideDelivery(wanted: Wanted, { shelf, pickup }: RedemptionFacts, gift: Offer | null): Decision<null> {
  const deliveries = deliveriesOf([...wanted.lines.map(({ skuId }) => shelf.get(skuId)!.offer), ...(gift ? [gift] : [])]);
  if (wanted.addressMayFollow) return allow(null);
  if (deliveries.has("shipped") && !wanted.address) return refuse("address_required");
  if (deliveries.has("pickup") && !pickup) return refuse("pickup_point_required");
  return allow(null);
}

const deliveriesOf = (offers: readonly Offer[]): Set<Delivery> => new Set(offers.map(({ delivery }) => delivery));

function confirmed(quote: OrderQuote, expected: Wanted["expected"]): Decision<OrderQuote> {
  if (!expected) return allow(quote);
  const isAsExpected = "version" in expected ? expected.version === quote.version : expected.points === quote.points && expected.cashDueCents === quote.cashDueCents;
  return isAsExpected ? allow(quote) : refuse("price_changed", { points: quote.points, cashDueCents: quote.cashDueCents });
}

const BY_EFFORT = ["shipped", "pickup", "virtual", "coupon"] as const satisfies readonly Delivery[];

/** How an order of these lines reaches its buyer: the most laborious way among them. */
export const deliveryOf = (deliveries: Iterable<Delivery>): Delivery => {
  const all = new Set(deliveries);
  return BY_EFFORT.find((delivery) => all.has(delivery)) ?? "virtual";
};
