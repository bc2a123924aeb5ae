import type { MailProps } from "@/lib/events/mail";

/** A SKU of which few pieces are left. */
export type Short = { skuId: number; productId: number; product: string; productEn: string; sku: string; skuEn: string; stock: number };

/** A letter names so many; the list of the shop has them all. */
export const NAMED_MAX = 10;

/** Where staff looks: at the one product, or at the list of all that run low. */
export function linkFor(short: readonly Short[]): string {
  const products = new Set(short.map(({ productId }) => productId));
  return products.size === 1 ? `/admin/products/${short[0]!.productId}` : "/admin/products?stock=low";
}

/** What the letter to an owner lists, in their language. */
export const linesFor = (short: readonly Short[], locale: string): MailProps<"stock_low">["items"] =>
  short.slice(0, NAMED_MAX).map(({ product, productEn, sku, skuEn, stock }) => ({ name: [pick(locale, product, productEn), pick(locale, sku, skuEn)].filter(Boolean).join(" · "), stock }));

export const pick = (locale: string, chinese: string, english: string): string => (locale === "en" && english !== "" ? english : chinese);
