import { USERS } from "@/lib/accounts/staff-list";
import { PRODUCTS } from "@/lib/catalog/staff-list";
import { COUPONS } from "@/lib/coupons/staff-list";
import { readList, storedQuery, type AnyShape, type AnyState } from "@/lib/list-address";
import { ORDERS } from "@/lib/orders/staff-list";
import { REVIEWS } from "@/lib/reviews/staff-list";
import { RULES } from "@/lib/rules/staff-list";
import { TASKS } from "@/lib/tasks/staff-list";

import type { BulkList } from "./operation";

const SHAPES: Readonly<Record<BulkList, AnyShape>> = { orders: ORDERS, users: USERS, products: PRODUCTS, reviews: REVIEWS, rules: RULES, tasks: TASKS, coupons: COUPONS };
/** What of an address does not choose rows. */
const NOT_CHOOSING = ["cols", "page", "v"];

/** A list's address as the list reads it. Null when it does not read all of it: without a filter that it does not know, it would be more rows than were meant. */
export function queryAsRead(list: BulkList, query: string): string | null {
  const params = new URLSearchParams(query);
  for (const name of NOT_CHOOSING) params.delete(name);
  const read = storedQuery(SHAPES[list], readList(SHAPES[list], params) as AnyState);
  return pairsOf(params) === pairsOf(new URLSearchParams(read)) ? read : null;
}

const pairsOf = (params: URLSearchParams): string => JSON.stringify([...params].map(([name, value]) => [name, value.trim()]).sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)));

/** Whether the rows are colleagues, whatever way the address writes it. */
export const isOfColleagues = (list: BulkList, query: string): boolean => list === "users" && readList(USERS, new URLSearchParams(query)).filters.view === "team";
