import type { PriceMode } from "@/db/schema/catalog";

export type ShelfSku = { priceMode: PriceMode; pointsPrice: number; cashPriceCents: number; stock: number; isActive: boolean; /** What is low for this one; null means the shop's number. */ lowStock: number | null };

/** A product in one line: what it costs at first sight and what is left of it. */
export type Shelf = {
  skuCount: number;
  /** Pieces of all SKUs on sale. */
  stock: number;
  /** A SKU on sale has few pieces left, or none. */
  lowStock: boolean;
  priceMode: PriceMode;
  pointsPrice: number;
  cashPriceCents: number;
};

/** Sums up SKUs in the merchant's order. The price is that of the first one on sale, as in the shop; with none on sale, of the first. */
export function shelfOf(skus: readonly ShelfSku[], lowStockMax: number): Shelf {
  const onSale = skus.filter(({ isActive }) => isActive);
  const first = onSale[0] ?? skus[0];
  return {
    skuCount: skus.length,
    stock: onSale.reduce((sum, { stock }) => sum + stock, 0),
    lowStock: onSale.some(({ stock, lowStock }) => stock <= (lowStock ?? lowStockMax)),
    priceMode: first?.priceMode ?? "points",
    pointsPrice: first?.pointsPrice ?? 0,
    cashPriceCents: first?.cashPriceCents ?? 0,
  };
}
