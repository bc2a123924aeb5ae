import type { AudienceKind } from "@/db/schema/audience";
import type { Delivery, PriceMode } from "@/db/schema/catalog";

import { belongsTo, priceFor, type Audience, type OwnPrice, type Standing } from "../audience";
import type { PictureFile } from "../pictures/rendition";

/** In what order a list can be shown. The merchant's own is what is recommended; a search recommends what fits best. */
export const SORTS = ["recommended", "popular", "points", "newest"] as const;
export type Sort = (typeof SORTS)[number];

/** A group as it is named to shoppers: a level by its name; a segment is the merchant's own matter and has none. */
export type Named = Audience & { name: string; nameEn: string };
export type Gate = Named;
export type NamedPrice = OwnPrice & Named;

/** A product as a listing shows it to everybody: the price of its first SKU on sale. What is one person's own, and the stock, is added when it is shown. */
export type ListedProduct = {
  id: number;
  slug: string;
  name: string;
  nameEn: string;
  picture: string;
  /** Its own first picture, shown instead of the illustration. */
  cover: PictureFile | null;
  delivery: Delivery;
  categorySlug: string | null;
  skuId: number;
  priceMode: PriceMode;
  pointsPrice: number;
  cashPriceCents: number;
  discountPointsMax: number;
  isGated: boolean;
  gates: readonly Gate[];
  ownPrices: readonly NamedPrice[];
};

/** The same with the pieces of all its SKUs on sale. */
export type ProductCard = ListedProduct & { stock: number };

/** What a price is shown beside, when it is this person's own. */
export type Personal<Card> = Card & {
  /** The price for everybody, where this person has a better one. */
  base: { pointsPrice: number; cashPriceCents: number } | null;
  /** Whose price it is. */
  pricedFor: { kind: AudienceKind; name: string; nameEn: string } | null;
  /** The lowest level that opens it, when this person may not have it. */
  lockedFor: { name: string; nameEn: string } | null;
};

/** Whether a list shows a product to this person. What a level opens is shown to all, as something to reach; what only a segment opens is its people's alone. */
export const isListedFor = (isGated: boolean, gates: readonly Audience[], standing: Standing): boolean =>
  !isGated || gates.some((gate) => gate.kind === "level" || belongsTo(gate, standing));

/** A card at the price of one person, and the door that is shut to them. */
export function personal<Card extends Pick<ListedProduct, "pointsPrice" | "cashPriceCents" | "isGated" | "gates" | "ownPrices">>(card: Card, standing: Standing, pointsPerYuan: number): Personal<Card> {
  const priced = priceFor(card, card.ownPrices, standing, pointsPerYuan);
  const isOwn = priced.pointsPrice !== card.pointsPrice || priced.cashPriceCents !== card.cashPriceCents;
  return {
    ...priced,
    base: isOwn ? { pointsPrice: card.pointsPrice, cashPriceCents: card.cashPriceCents } : null,
    pricedFor: isOwn ? whoseOf(card.ownPrices.find((own) => belongsTo(own, standing) && own.pointsPrice === priced.pointsPrice && own.cashPriceCents === priced.cashPriceCents)!) : null,
    lockedFor: lockOn(card, standing),
  };
}

const whoseOf = ({ kind, name, nameEn }: NamedPrice): { kind: AudienceKind; name: string; nameEn: string } => ({ kind, name, nameEn });

/** The lowest level that opens a product to somebody who may not have it; null when they may. */
export function lockOn({ isGated, gates }: Pick<ListedProduct, "isGated" | "gates">, standing: Standing): { name: string; nameEn: string } | null {
  if (!isGated || gates.some((gate) => belongsTo(gate, standing))) return null;
  const levels = gates.filter((gate) => gate.kind === "level" && gate.levelRank !== null);
  const lowest = levels.reduce<Gate | null>((low, gate) => (low === null || gate.levelRank! < low.levelRank! ? gate : low), null);
  return lowest && { name: lowest.name, nameEn: lowest.nameEn };
}
