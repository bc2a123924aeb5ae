import type { Delivery } from "@/db/schema/catalog";

/** A SKU as far as it decides whether its product can be sold. `template` is of the coupon that the buyer gets. */
export type SellableSku = { id: number; isActive: boolean; couponTemplateId: number | null; templateIsActive: boolean };

/** Why nobody could have it, and which SKU must be mended; null for the product as a whole. */
export type Unsellable = { reason: "no_sku" | "no_template" | "template_off"; skuId: number | null };

/** What keeps a product off sale: it needs a SKU on sale, and a coupon's SKUs a coupon that is in use. Null when it can be sold. */
export function unsellable(delivery: Delivery, skus: readonly SellableSku[]): Unsellable | null {
  const onSale = skus.filter(({ isActive }) => isActive);
  if (onSale.length === 0) return { reason: "no_sku", skuId: null };
  if (delivery !== "coupon") return null;
  const without = onSale.find(({ templateIsActive }) => !templateIsActive);
  if (!without) return null;
  return { reason: without.couponTemplateId === null ? "no_template" : "template_off", skuId: without.id };
}
