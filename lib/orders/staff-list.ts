import { DELIVERIES } from "@/db/schema/catalog";
import { ORDER_STATUSES } from "@/db/schema/orders";
import { endOfDay, startOfDay } from "@/lib/day";
import { dayIn, defineList, oneOf, type ListState } from "@/lib/list-address";

/** What waits for somebody, of whatever status. */
export const STAFF_VIEWS = ["to_pay", "to_send", "to_receive", "to_pick_up", "completed"] as const;

/** From here on an order is a large one: points, or cash in cents. */
export const LARGE_POINTS = 5_000;
export const LARGE_CENTS = 50_000;

export const ORDERS = defineList({
  key: "orders",
  path: "/admin/orders",
  filters: { status: oneOf(ORDER_STATUSES), view: oneOf(STAFF_VIEWS), delivery: oneOf(DELIVERIES), size: oneOf(["large"]), from: dayIn, to: dayIn },
  columns: ["number", "buyer", "items", "delivery", "points", "cash", "status", "createdAt"],
  hidden: ["delivery"],
  sorts: ["points", "cash", "createdAt"],
  sort: "-createdAt",
});
export type OrderListState = ListState<typeof ORDERS>;

/** What a list's address asks of the orders: days are the programme's. */
export const orderSearchOf = ({ q, filters: { from, to, ...filters } }: Pick<OrderListState, "q" | "filters">, zone: string) => ({
  ...filters, search: q, from: from && startOfDay(from, zone), to: to && endOfDay(to, zone),
});
