import { inLanguage } from "../../(shop)/views";
import type { StaffCategory, TreeCategory } from "@/lib/catalog/categories/queries";
import { pathOf } from "@/lib/catalog/tree";
import type { Locale } from "@/lib/i18n";
import { defineList, isFiltered, searchRows, sortRows, type ListState } from "@/lib/list-address";

/** `usual` is the tree, in the shop's order. */
export const CATEGORIES = defineList({
  key: "categories", path: "/admin/categories", filters: {},
  columns: ["name", "slug", "products", "order"],
  sorts: ["usual", "name", "products"], sort: "usual",
});
type CategoryState = Pick<ListState<typeof CATEGORIES>, "q" | "filters" | "sort">;

/** A page holds a whole tree, but for one that nobody would make. */
export const CATEGORIES_PAGE = 200;

/** Whether the list is the tree: neighbours stand beside each other, and what moves is seen to move. */
export const isTree = ({ q, filters, sort }: CategoryState): boolean => sort.by === "usual" && !isFiltered({ q, filters });

/** The categories that are asked for, in the order that is asked for. */
export const categoriesIn = (categories: readonly StaffCategory[], { q, sort }: CategoryState): StaffCategory[] =>
  sortRows(searchRows(categories, q, ({ name, nameEn, slug }) => [name, nameEn, slug]), sort, { usual: () => 0, name: ({ name }) => name, products: ({ products }) => products });

/** The way from the top down to a category, in words; empty for none. */
export const wayTo = (tree: readonly TreeCategory[], id: number | null, locale: Locale): string => pathOf(tree, id).map(({ name, nameEn }) => inLanguage(locale, name, nameEn)).join(" › ");
