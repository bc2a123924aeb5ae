import type { ProductCardView } from "@/components/product-card";
import type { LotView } from "@/components/lot-list";
import type { RefundView } from "@/components/refund-list";
import type { Personal, ProductCard } from "@/lib/catalog/listing/card";
import type { Locale } from "@/lib/i18n";
import type { OrderPage } from "@/lib/orders/queries";
import { NEVER } from "@/lib/points/lots";

/** The English text where there is one; Chinese is always there. */
export function inLanguage(locale: Locale, chinese: string, english: string): string {
  return locale === "en" && english !== "" ? english : chinese;
}

type Priced = { priceMode: ProductCard["priceMode"]; pointsPrice: number; cashPriceCents: number };

/** What a price says at first sight: a discounted cash price that points pay whole is told in points. */
export const shownPrice = ({ priceMode, pointsPrice, cashPriceCents }: Priced): { points: number; cashCents: number } => ({
  points: pointsPrice, cashCents: priceMode === "points_cash" || pointsPrice === 0 ? cashPriceCents : 0,
});

export function cardView(locale: Locale, product: Personal<ProductCard>): ProductCardView {
  const { base, pricedFor, lockedFor } = product;
  return {
    slug: product.slug,
    name: inLanguage(locale, product.name, product.nameEn),
    picture: product.picture,
    cover: product.cover,
    ...shownPrice(product),
    base: base && shownPrice({ ...product, ...base }),
    pricedFor: pricedFor && inLanguage(locale, pricedFor.name, pricedFor.nameEn),
    lockedFor: lockedFor && inLanguage(locale, lockedFor.name, lockedFor.nameEn),
    discountPointsMax: product.pointsPrice > 0 ? 0 : product.discountPointsMax,
    stock: product.stock,
  };
}

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

export function lotView(lot: { id?: number; lotId?: number; points: number; expiresAt: Date; isSliding?: boolean }, now: Date): LotView {
  const forever = lot.expiresAt.getTime() === NEVER.getTime();
  return {
    id: lot.id ?? lot.lotId ?? lot.expiresAt.getTime(),
    points: lot.points,
    expiresAt: forever ? null : lot.expiresAt,
    slides: lot.isSliding,
    soon: !forever && lot.expiresAt.getTime() - now.getTime() <= SOON_DAYS * DAY_MS,
  };
}

/** Refunds with the names of what was taken back. */
export const refundViews = (order: Pick<OrderPage, "refunds" | "items">, locale: Locale): RefundView[] =>
  order.refunds.map(({ line, ...refund }) => {
    const item = order.items.find((each) => each.line === line);
    return { ...refund, product: item ? inLanguage(locale, item.productName, item.productNameEn) : "" };
  });
