import "server-only";

import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { inLanguage } from "../views";
import type { CheckoutTerms, CouponOffer, PickupOffer } from "./checkout-terms";
import { checkoutWords } from "./checkout-words";
import { LOTS_NAMED, type OpenLots } from "./lots-used";
import { getDefaultAddress } from "@/lib/accounts/queries";
import { listUsable } from "@/lib/coupons/using/queries";
import type { UserId } from "@/lib/ctx";
import { formatDayOf } from "@/lib/i18n";
import { listPickupPoints, readOffersFor, type PickupPoint } from "@/lib/orders/cart/queries";
import { listLots, type WalletLot } from "@/lib/points/queries";
import type { RefusalCode } from "@/lib/refusal";

/** With what this shopper checks out now. */
export async function checkoutTerms(userId: UserId, pointsAvailable: number, reading: Reading): Promise<CheckoutTerms> {
  const { db, now, policy, locale } = reading;
  const [lots, address, points, coupons, words, t] = await Promise.all([
    listLots(db, userId, now), getDefaultAddress(db, userId), listPickupPoints(db), couponOffers(userId, reading), checkoutWords(), getTranslations("product"),
  ]);
  return {
    pointsPerYuan: policy.pointsPerYuan, deliveryCents: policy.deliveryCents, freeDeliveryFromCents: policy.freeDeliveryFromCents, pointsAvailable, coupons, address, locale, words,
    lots: openLots(lots, reading, t("neverExpires")), pickupPoints: points.map((point) => pickupOffer(point, reading)),
  };
}

/** Nobody can have it now, not as a gift either. Doors and limits are for what people choose. */
const OFF_SALE: ReadonlySet<string | undefined> = new Set<RefusalCode>(["not_on_sale", "not_started", "sale_ended"]);

/** Coupons with their gifts; one whose gift is not to be had now is left out. */
async function couponOffers(userId: UserId, { db, now, policy, locale }: Reading): Promise<CouponOffer[]> {
  const [coupons, t] = await Promise.all([listUsable(db, userId, now), getTranslations("checkout")]);
  const giftIds = [...new Set(coupons.flatMap(({ terms }) => terms.giftSkuId ?? []))];
  const gifts = await readOffersFor(userId, giftIds.map((skuId) => ({ skuId, quantity: 1 })), now, policy);
  return coupons.flatMap(({ publicId, name, nameEn, expiresAt, terms }) => {
    const gift = terms.giftSkuId === null ? null : (gifts.get(terms.giftSkuId) ?? null);
    if (terms.giftSkuId !== null && !(gift && gift.stock > 0 && !OFF_SALE.has(gift.problem?.code))) return [];
    const day = formatDayOf(locale, new Date(expiresAt.getTime() - 1), policy.timeZone);
    return [{ publicId, terms, expiresAt, gift: gift?.offer ?? null, label: t("couponLabel", { name: inLanguage(locale, name, nameEn), day }) }];
  });
}

const openLots = (lots: readonly WalletLot[], { locale, policy }: Reading, never: string): OpenLots => ({
  named: lots.slice(0, LOTS_NAMED).map(({ pointsRemaining, expiresAt, neverExpires }) => ({ points: pointsRemaining, label: neverExpires ? never : formatDayOf(locale, new Date(expiresAt.getTime() - 1), policy.timeZone) })),
  further: lots.slice(LOTS_NAMED).map(({ pointsRemaining }) => pointsRemaining),
});

const pickupOffer = ({ id, name, nameEn, address, addressEn, hours, phone }: PickupPoint, { locale }: Reading): PickupOffer => ({
  id, name: inLanguage(locale, name, nameEn), detail: [inLanguage(locale, address, addressEn), hours, phone].filter(Boolean).join(" · "),
});
