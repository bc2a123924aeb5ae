import { DELIVERIES, PRODUCT_STATUSES } from "@/db/schema/catalog";
import { defineList, idIn, oneOf, type ListState } from "@/lib/list-address";

export const PRODUCTS = defineList({
  key: "products",
  path: "/admin/products",
  filters: { status: oneOf(PRODUCT_STATUSES), stock: oneOf(["low", "out"]), category: idIn, delivery: oneOf(DELIVERIES) },
  columns: ["name", "status", "category", "delivery", "price", "stock", "redeemed", "updated"],
  hidden: ["category", "delivery"],
  sorts: ["name", "stock", "updated"],
  sort: "-updated",
});
export type ProductListState = ListState<typeof PRODUCTS>;

/** What a list's address asks of the products. */
export const productSearchOf = ({ q, filters: { status, stock, category, delivery } }: Pick<ProductListState, "q" | "filters">) => ({ search: q, status, stock, categoryId: category, delivery });
