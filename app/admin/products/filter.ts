import { PRODUCT_STATUSES, type ProductStatus } from "@/db/schema/catalog";
import { readParams, type SearchParams } from "../../(shop)/reading";
import { hrefWith } from "@/components/admin/href";
import { idIn, oneOf } from "../reading";

export const PRODUCTS_PER_PAGE = 20;
const PAGES_MAX = 5_000;

/** What the list shows, as the address says it. */
export type ProductFilter = { q: string; status?: ProductStatus; stock?: "low"; category?: number; page: number };

export async function readProductFilter(params: SearchParams): Promise<ProductFilter> {
  const { q, status, stock, category, page } = await readParams(params, "q", "status", "stock", "category", "page");
  return { q: q.slice(0, 100), status: oneOf(PRODUCT_STATUSES, status), stock: oneOf(["low"], stock), category: idIn(category), page: Math.min(idIn(page) ?? 1, PAGES_MAX) };
}

/** The list with another filter starts again at its first page. */
export const productsHref = (filter: ProductFilter, changed: Partial<ProductFilter>) => {
  const { q, status, stock, category, page } = { ...filter, page: 1, ...changed };
  return hrefWith("/admin/products", { q, status, stock, category, page: page > 1 ? page : undefined });
};
