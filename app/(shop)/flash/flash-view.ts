import "server-only";

import type { Route } from "next";
import type { Reading } from "../reading";
import { inLanguage } from "../views";
import type { FlashSight } from "@/components/flash/use-flash";
import type { MeterWords } from "@/components/flash/flash-meter";
import { isListedFor, lockOn } from "@/lib/catalog/listing/card";
import { listGates } from "@/lib/catalog/listing/queries";
import type { PictureFile } from "@/lib/catalog/pictures/rendition";
import type { UserId } from "@/lib/ctx";
import type { FlashOffer } from "@/lib/flash/queries";
import { percentOff, phaseOf, type FlashPhase } from "@/lib/flash/sale";
import { standingOf } from "@/lib/segments/queries";

/** A sale as one person sees it. */
export type FlashView = {
  id: number;
  href: Route;
  product: string;
  option: string;
  name: string;
  picture: string;
  cover: PictureFile | null;
  points: number;
  cashCents: number;
  shopPoints: number;
  shopCashCents: number;
  off: number;
  limitPerUser: number;
  startsAt: Date;
  phase: FlashPhase;
  sight: FlashSight;
  /** The lowest level that may take part, when this person may not. */
  lockedFor: string | null;
};

/** The sales that this person may know of: what a level opens is shown to all, what only a segment opens is its people's alone. */
export async function flashViews(offers: readonly FlashOffer[], userId: UserId | null, reading: Reading): Promise<FlashView[]> {
  const gated = offers.filter(({ isGated }) => isGated).map(({ productId }) => productId);
  const [standing, gates] = await Promise.all([gated.length > 0 ? standingOf(userId) : null, listGates(reading.db, gated)]);
  return offers.flatMap((offer) => {
    const doors = gates.get(offer.productId) ?? [];
    if (standing && !isListedFor(offer.isGated, doors, standing)) return [];
    const lock = standing && lockOn({ isGated: offer.isGated, gates: doors }, standing);
    return [flashView(offer, lock ? inLanguage(reading.locale, lock.name, lock.nameEn) : null, reading)];
  });
}

function flashView(offer: FlashOffer, lockedFor: string | null, { locale, now, policy }: Reading): FlashView {
  // As the shop shows it: a cash price that points can pay whole is told in points.
  const shop = { pointsPrice: offer.shopPointsPrice, cashPriceCents: offer.shopPriceMode === "points_cash" || offer.shopPointsPrice === 0 ? offer.shopCashPriceCents : 0 };
  return {
    id: offer.id,
    href: `/products/${offer.slug}#flash` as Route,
    product: inLanguage(locale, offer.productName, offer.productNameEn),
    option: inLanguage(locale, offer.skuName, offer.skuNameEn),
    name: inLanguage(locale, offer.name, offer.nameEn),
    picture: offer.picture,
    cover: offer.cover,
    points: offer.pointsPrice,
    cashCents: offer.cashPriceCents,
    shopPoints: shop.pointsPrice,
    shopCashCents: shop.cashPriceCents,
    off: percentOff(offer, shop, policy.pointsPerYuan),
    limitPerUser: offer.limitPerUser,
    startsAt: offer.startsAt,
    phase: phaseOf(offer, now),
    sight: sightOf(offer, now),
    lockedFor,
  };
}

const sightOf = (offer: FlashOffer, now: Date): FlashSight => ({
  now: now.getTime(), startsAt: offer.startsAt.getTime(), endsAt: offer.endsAt.getTime(), stock: offer.stock, pieces: offer.pieces, isOver: offer.status === "closed",
});

type Texts = { (key: `meter.${"startsIn" | "endsIn" | "over" | "soldOut" | "progress"}`): string; raw: (key: "meter.days" | "meter.left") => unknown };

export const meterWords = (t: Texts): MeterWords => ({
  startsIn: t("meter.startsIn"), endsIn: t("meter.endsIn"), over: t("meter.over"), soldOut: t("meter.soldOut"), progress: t("meter.progress"),
  days: t.raw("meter.days") as string, left: t.raw("meter.left") as string,
});
