import { DELIVERIES, type Delivery } from "@/db/schema/catalog";
import { ORDER_STATUSES, type OrderStatus } from "@/db/schema/orders";
import { readParams, type SearchParams } from "../../(shop)/reading";
import { hrefWith } from "@/components/admin/href";
import type { Cursor } from "@/lib/page";
import { idIn, oneOf } from "../reading";

export const ORDERS_PER_PAGE = 20;

/** What the list shows, as the address says it. `view` is what waits at the counter, of whatever status. */
export type OrderFilter = Cursor & { q: string; status?: OrderStatus; view?: "to_pick_up"; delivery?: Delivery };

export async function readOrderFilter(params: SearchParams): Promise<OrderFilter> {
  const { q, status, view, delivery, before, after } = await readParams(params, "q", "status", "view", "delivery", "before", "after");
  return { q: q.slice(0, 100), status: oneOf(ORDER_STATUSES, status), view: oneOf(["to_pick_up"] as const, view), delivery: oneOf(DELIVERIES, delivery), before: idIn(before), after: idIn(after) };
}

/** The list with another filter starts again at its newest row. */
export const ordersHref = ({ q, status, view, delivery }: OrderFilter, changed: Partial<OrderFilter>) => hrefWith("/admin/orders", { q, status, view, delivery, ...changed });
