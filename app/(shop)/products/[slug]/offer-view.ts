import { inLanguage } from "../../views";
import type { ProductPage, SkuOffer } from "@/lib/catalog/queries";
import type { Locale } from "@/lib/i18n";

/** An offer as this shopper sees it. */
export type OfferView = {
  id: number;
  name: string;
  priceMode: SkuOffer["priceMode"];
  pointsPrice: number;
  cashPriceCents: number;
  discountPointsMax: number;
  limitPerUser: number;
  stock: number;
  /** The most pieces that this shopper can redeem now: the least of stock, order limit and what their own limit leaves. */
  quantityMax: number;
  shownPoints: number;
  shownCashCents: number;
};

export function offerViews(product: ProductPage, bought: Readonly<Record<number, number>>, locale: Locale): OfferView[] {
  return product.skus.map((sku) => {
    const left = sku.limitPerUser > 0 ? Math.max(0, sku.limitPerUser - (bought[sku.id] ?? 0)) : Infinity;
    return {
      id: sku.id,
      name: inLanguage(locale, sku.name, sku.nameEn),
      priceMode: sku.priceMode,
      pointsPrice: sku.pointsPrice,
      cashPriceCents: sku.cashPriceCents,
      discountPointsMax: sku.discountPointsMax,
      limitPerUser: sku.limitPerUser,
      stock: sku.stock,
      quantityMax: Math.min(sku.stock, sku.limitPerOrder, left),
      shownPoints: sku.pointsPrice,
      shownCashCents: sku.priceMode === "points_cash" || sku.pointsPrice === 0 ? sku.cashPriceCents : 0,
    };
  });
}
