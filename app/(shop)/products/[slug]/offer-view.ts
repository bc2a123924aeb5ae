import { inLanguage, shownPrice } from "../../views";
import type { Standing } from "@/lib/catalog/audience";
import { admits } from "@/lib/catalog/audience";
import { availabilityOf, windowOf, type SaleTerms, type SaleWindow } from "@/lib/catalog/availability";
import { lockOn, personal } from "@/lib/catalog/listing/card";
import type { Bought, ProductPage, SkuOffer } from "@/lib/catalog/queries";
import type { Locale } from "@/lib/i18n";
import type { RefusalCode } from "@/lib/refusal";

/** An offer as this shopper sees it. */
export type OfferView = {
  id: number;
  name: string;
  priceMode: SkuOffer["priceMode"];
  pointsPrice: number;
  cashPriceCents: number;
  discountPointsMax: number;
  discountPointsMin: number;
  discountShareMax: number;
  discountPointsPerYuan: number | null;
  limitPerUser: number;
  limitPerDay: number;
  stock: number;
  window: SaleWindow;
  /** The most pieces that this shopper can redeem now: the least of stock, order limit and what their own limits leave; 0 with the reason why. */
  quantityMax: number;
  refused: RefusalCode | null;
  shownPoints: number;
  shownCashCents: number;
  /** The price for everybody, where this shopper has a better one; and whose that is: a level's name, or empty. */
  base: { points: number; cashCents: number } | null;
  pricedFor: string | null;
};

export type OfferFacts = { standing: Standing; bought: ReadonlyMap<number, Bought>; now: Date; pointsPerYuan: number; locale: Locale };

const NONE: Bought = { bought: 0, boughtToday: 0 };

export function offerViews(product: ProductPage, { standing, bought, now, pointsPerYuan, locale }: OfferFacts): OfferView[] {
  const isAdmitted = admits(product.isGated, product.gates, standing);
  return product.skus.map((sku) => {
    const { base, pricedFor, ...priced } = personal({ ...sku, isGated: product.isGated, gates: product.gates }, standing, pointsPerYuan);
    const terms: SaleTerms = { ...sku, productStatus: product.status, productFrom: product.onSaleFrom, productUntil: product.onSaleUntil };
    const available = availabilityOf(terms, { now, isAdmitted, stock: sku.stock, ...(bought.get(sku.id) ?? NONE) });
    const { points, cashCents } = shownPrice(priced);
    return {
      id: sku.id,
      name: inLanguage(locale, sku.name, sku.nameEn),
      priceMode: sku.priceMode,
      pointsPrice: priced.pointsPrice,
      cashPriceCents: priced.cashPriceCents,
      discountPointsMax: sku.discountPointsMax,
      discountPointsMin: sku.discountPointsMin,
      discountShareMax: sku.discountShareMax,
      discountPointsPerYuan: sku.discountPointsPerYuan,
      limitPerUser: sku.limitPerUser,
      limitPerDay: sku.limitPerDay,
      stock: sku.stock,
      window: windowOf(terms),
      quantityMax: available.ok ? available.value.quantityMax : 0,
      refused: available.ok ? null : available.code,
      shownPoints: points,
      shownCashCents: cashCents,
      base: base && shownPrice({ ...sku, ...base }),
      pricedFor: pricedFor && inLanguage(locale, pricedFor.name, pricedFor.nameEn),
    };
  });
}

/** The one that the page speaks of: the first that can be had, else the first with pieces. */
export const mainOffer = (offers: readonly OfferView[]): OfferView => offers.find(({ quantityMax }) => quantityMax > 0) ?? offers.find(({ stock }) => stock > 0) ?? offers[0]!;

/** Of several reasons, the one that leaves most to hope for. */
const REASONS = ["not_eligible", "not_started", "daily_purchase_limit", "purchase_limit", "sold_out", "sale_ended", "not_on_sale"] as const satisfies readonly RefusalCode[];

/** Why no variant can be had; with it, when the first starts, and the level that opens it. */
export type Obstacle = { reason: (typeof REASONS)[number]; startsAt: Date | null; level: string | null };

export function obstacleFor(product: ProductPage, offers: readonly OfferView[], standing: Standing, locale: Locale): Obstacle | null {
  if (offers.some(({ quantityMax }) => quantityMax > 0)) return null;
  const reason = REASONS.find((each) => offers.some(({ refused }) => refused === each)) ?? "not_on_sale";
  const starts = offers.flatMap(({ refused, window }) => (refused === "not_started" && window.from ? [window.from.getTime()] : []));
  const lock = lockOn(product, standing);
  return { reason, startsAt: starts.length > 0 ? new Date(Math.min(...starts)) : null, level: lock && inLanguage(locale, lock.name, lock.nameEn) };
}
