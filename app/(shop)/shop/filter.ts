import type { Route } from "next";
import { SORTS, type Sort } from "@/lib/catalog/listing/card";
import { SEARCH_MAX } from "@/lib/catalog/search";

/** What the address of the shop says. */
export type ShopFilter = { q: string; category: string; sort: Sort; affordable: boolean };

export function readFilter(params: { q: string; category: string; sort: string; affordable: string }): ShopFilter {
  return {
    q: [...params.q].slice(0, SEARCH_MAX).join(""),
    category: /^[a-z0-9-]{1,60}$/.test(params.category) ? params.category : "",
    sort: SORTS.find((sort) => sort === params.sort) ?? "recommended",
    affordable: params.affordable === "1",
  };
}

/** The shop's address with a part of the filter changed; what is at its default is left out. */
export function shopHref(filter: ShopFilter, change: Partial<ShopFilter> = {}, after = ""): Route {
  const wanted = { ...filter, ...change };
  const query = new URLSearchParams();
  if (wanted.q) query.set("q", wanted.q);
  if (wanted.category) query.set("category", wanted.category);
  if (wanted.sort !== "recommended") query.set("sort", wanted.sort);
  if (wanted.affordable) query.set("affordable", "1");
  if (after) query.set("after", after);
  const text = query.toString();
  return (text ? `/shop?${text}` : "/shop") as Route;
}

export const isFiltered = ({ q, category, affordable }: ShopFilter): boolean => q !== "" || category !== "" || affordable;
