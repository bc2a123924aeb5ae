import { ORDER_STATUSES, type OrderStatus } from "@/db/schema/orders";
import { readParams, type SearchParams } from "../../(shop)/reading";
import { hrefWith } from "@/components/admin/href";
import type { Cursor } from "@/lib/page";
import { idIn, oneOf } from "../reading";

export const ORDERS_PER_PAGE = 20;

/** What the list shows, as the address says it. */
export type OrderFilter = Cursor & { q: string; status?: OrderStatus };

export async function readOrderFilter(params: SearchParams): Promise<OrderFilter> {
  const { q, status, before, after } = await readParams(params, "q", "status", "before", "after");
  return { q: q.slice(0, 100), status: oneOf(ORDER_STATUSES, status), before: idIn(before), after: idIn(after) };
}

/** The list with another filter starts again at its newest row. */
export const ordersHref = ({ q, status }: OrderFilter, changed: Partial<OrderFilter>) => hrefWith("/admin/orders", { q, status, ...changed });
