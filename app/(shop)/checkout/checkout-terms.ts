import type { CheckoutWords } from "./checkout-words";
import type { OpenLots } from "./lots-used";
import type { Locale } from "@/lib/i18n";
import type { OfferedCoupon } from "@/lib/orders/best-quote";

export type Address = { recipient: string; phone: string; region: string; street: string; postcode: string };
export type CouponOffer = OfferedCoupon & { /** What it does and until when, in a line. */ label: string };
export type PickupOffer = { id: number; name: string; detail: string };

/** With what a shopper checks out: what they have, where it goes, and what the programme says. */
export type CheckoutTerms = {
  pointsPerYuan: number;
  deliveryCents: number;
  freeDeliveryFromCents: number;
  pointsAvailable: number;
  lots: OpenLots;
  coupons: readonly CouponOffer[];
  address: Address | null;
  pickupPoints: readonly PickupOffer[];
  locale: Locale;
  words: CheckoutWords;
};
