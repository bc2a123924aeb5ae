import type { Route } from "next";
import { MY_TABS, type MyTab } from "@/lib/coupons/tabs";

export const COUPONS_PER_PAGE = 20;

/** A tab of one's own coupons; undefined for anything else. */
export const readMyTab = (text: string): MyTab | undefined => MY_TABS.find((tab) => tab === text);

export function couponsHref(tab: MyTab | "centre", before: number | null = null): Route {
  const query = new URLSearchParams([...(tab === "available" ? [] : [["tab", tab]]), ...(before ? [["before", String(before)]] : [])]).toString();
  return (query ? `/coupons?${query}` : "/coupons") as Route;
}
