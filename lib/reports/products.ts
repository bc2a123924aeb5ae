import type { DayRange } from "./range";
import type { PRODUCT_FACTS } from "./rolling/sources";
import { tableOf, type ReportTable } from "./table";

export type ProductSums = Record<keyof typeof PRODUCT_FACTS, number>;

/**
 * What a product did in a range. `views`: people who looked at it, once each per day, signed in. `orders`, `pieces`, `points`, `cashCents`: of
 * orders on the day on which they were paid in full (those without cash: placed). `refunded…`: on the day of the refund. `stock`: now.
 */
export type ProductRow = ProductSums & { productId: number; name: string; nameEn: string; slug: string; status: string; stock: number; /** Orders by views. */ conversion: number | null };
export type ProductReport = { range: DayRange; rows: ProductRow[]; totals: ProductSums };

export const PRODUCT_SORTS = ["pieces", "orders", "points", "cashCents", "views", "refundedPieces", "stock"] as const;
export type ProductSort = (typeof PRODUCT_SORTS)[number];

export const sortProducts = (rows: readonly ProductRow[], by: ProductSort): ProductRow[] => [...rows].sort((a, b) => b[by] - a[by] || a.productId - b.productId);

export const productsTable = ({ rows }: ProductReport): ReportTable =>
  tableOf(rows, ["productId", "name", "nameEn", "slug", "status", "views", "orders", "conversion", "pieces", "points", "cashCents", "refundedPieces", "refundedPoints", "refundedCents", "stock"]);
