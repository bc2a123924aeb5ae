"use server";

import { startReading } from "../reading";
import { ORDERS_PER_PAGE, readView } from "./order-filter";
import { OrderRow } from "./order-row";
import type { MorePage } from "@/components/load-more";
import { requireShopper } from "@/lib/auth";
import { listOrders } from "@/lib/orders/queries";

/** The next page of orders, ready to be appended. */
export async function loadOrders(view: string, cursor: string): Promise<MorePage> {
  const [reading, shopper] = await Promise.all([startReading(), requireShopper("/orders")]);
  const before = /^\d{1,15}$/.test(String(cursor)) ? Number(cursor) : undefined;
  const { orders, nextBefore } = await listOrders(reading.db, shopper.id, { view: readView(String(view)), before, limit: ORDERS_PER_PAGE });
  return {
    next: nextBefore === null ? null : String(nextBefore),
    items: <ul className="mt-3 grid gap-3">{orders.map((order) => <li key={order.id}><OrderRow order={order} reading={reading} /></li>)}</ul>,
  };
}
