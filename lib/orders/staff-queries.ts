import "server-only";

import { and, asc, desc, eq, gt, inArray, like, lt, or, sql, type SQL } from "drizzle-orm";

import type { Db } from "@/db/client";
import { orderItems, orders, users } from "@/db/schema";
import type { Delivery } from "@/db/schema/catalog";
import { ORDER_STATUSES, type OrderStatus } from "@/db/schema/orders";
import { maskEmail } from "@/lib/accounts/mask";
import type { UserId } from "@/lib/ctx";
import { containing } from "@/lib/like";
import { oneMore, turnPage, type Cursor } from "@/lib/page";

import { inView, type OrderView } from "./fulfilment-queries";
import { listPaymentsForStaff, type StaffPayment } from "./payment-queries";
import { findOrder, orderColumns, ORDERS_PAGE_MAX, withItems, type OrderCard, type OrderCounts, type OrderPage } from "./queries";
import { idInOrderNumber } from "./status";

export type StaffOrderCard = OrderCard & { username: string; emailMasked: string };
export type StaffOrderSearch = Cursor & { search?: string; status?: OrderStatus; view?: OrderView; delivery?: Delivery; userId?: UserId; limit: number };

/** Everybody's orders, newest first. `counts` are of the whole shop, whatever is searched. */
export async function listOrdersForStaff(
  db: Db, search: StaffOrderSearch,
): Promise<{ orders: StaffOrderCard[]; nextBefore: number | null; previousAfter: number | null; counts: OrderCounts }> {
  const limit = Math.min(search.limit, ORDERS_PAGE_MAX);
  const [read, counts] = await Promise.all([
    db
      .select({ ...orderColumns, username: users.username, email: users.email })
      .from(orders)
      .innerJoin(users, eq(users.id, orders.userId))
      .where(and(...filtersOf(search)))
      .orderBy(search.after === undefined ? desc(orders.id) : asc(orders.id))
      .limit(oneMore(limit)),
    countOrdersByStatus(db),
  ]);
  const { rows, ...edges } = turnPage(read, limit, search);
  return { orders: await withItems(db, rows.map(({ email, ...row }) => ({ ...row, emailMasked: maskEmail(email) }))), ...edges, counts };
}

function filtersOf({ search, status, view, delivery, userId, before, after }: StaffOrderSearch): (SQL | undefined)[] {
  return [
    status ? eq(orders.status, status) : undefined,
    view ? inView(view) : undefined,
    delivery ? sql`exists (select 1 from ${orderItems} d where d.order_id = ${orders.id} and d.delivery = ${delivery})` : undefined,
    userId ? eq(orders.userId, userId) : undefined,
    after === undefined ? undefined : gt(orders.id, after),
    before === undefined ? undefined : lt(orders.id, before),
    matching(search?.trim() ?? ""),
  ];
}

/** An order's number names one order; any other text is part of a buyer's or a product's name. */
function matching(text: string): SQL | undefined {
  if (text === "") return undefined;
  const id = idInOrderNumber(text);
  if (id !== null) return eq(orders.id, id);
  const pattern = containing(text);
  return or(
    like(users.username, pattern),
    sql`exists (select 1 from ${orderItems} i where i.order_id = ${orders.id} and (i.product_name like ${pattern} or i.product_name_en like ${pattern}))`,
  );
}

export async function countOrdersByStatus(db: Db): Promise<OrderCounts> {
  const rows = await db.select({ status: orders.status, total: sql<number>`count(*)`.mapWith(Number) }).from(orders).groupBy(orders.status);
  return Object.fromEntries(ORDER_STATUSES.map((status) => [status, rows.find((row) => row.status === status)?.total ?? 0])) as OrderCounts;
}

/** How many orders wait for the shop to act: the figure beside the link to them. */
export async function countWaitingOrders(db: Db): Promise<number> {
  const [row] = await db.select({ total: sql<number>`count(*)`.mapWith(Number) }).from(orders).where(inView("to_send"));
  return row?.total ?? 0;
}

export type StaffOrderStep = OrderPage["events"][number] & { /** Null when the clock did it. */ actorName: string | null };

/** Staff sees whether it was picked up, not what opens it: that is shown at the counter by whoever has it. */
export type StaffOrder = Omit<OrderPage, "events" | "pickupCode"> & { pickupCode: { verifiedAt: Date | null; verifierName: string | null } | null; username: string; emailMasked: string; events: StaffOrderStep[]; payments: StaffPayment[] };

/** An order with its buyer, who did what, and every attempt to pay it. */
export async function findOrderForStaff(db: Db, publicId: string): Promise<StaffOrder | null> {
  const order = await findOrder(db, publicId);
  if (!order) return null;
  const actorIds = order.events.flatMap(({ actorId }) => actorId ?? []);
  const [people, attempts] = await Promise.all([
    db.select({ id: users.id, username: users.username, email: users.email }).from(users).where(inArray(users.id, [order.userId, ...actorIds, ...(order.pickupCode?.verifiedBy ? [order.pickupCode.verifiedBy] : [])])),
    listPaymentsForStaff(db, order.id),
  ]);
  const nameOf = new Map(people.map(({ id, username }) => [id, username]));
  const buyer = people.find(({ id }) => id === order.userId);
  return {
    ...order,
    username: buyer?.username ?? "",
    emailMasked: buyer ? maskEmail(buyer.email) : "",
    events: order.events.map((event) => ({ ...event, actorName: event.actorId === null ? null : (nameOf.get(event.actorId) ?? null) })),
    pickupCode: order.pickupCode && { verifiedAt: order.pickupCode.verifiedAt, verifierName: nameOf.get(order.pickupCode.verifiedBy ?? 0) ?? null },
    payments: attempts,
  };
}
