import "server-only";

import { and, asc, desc, eq, gt, gte, inArray, lt, or, sql, type SQL } from "drizzle-orm";

import type { Db } from "@/db/client";
import { orderItems, orders, users } from "@/db/schema";
import type { Delivery } from "@/db/schema/catalog";
import { ORDER_STATUSES, type OrderStatus } from "@/db/schema/orders";
import { maskEmail } from "@/lib/accounts/mask";
import type { UserId } from "@/lib/ctx";
import { beyond, idsInParts } from "@/lib/keyset";
import { containing } from "@/lib/like";
import type { ListSort } from "@/lib/list-address";

import { inView, type OrderView } from "./fulfilment-queries";
import { listPaymentsForStaff, type StaffPayment } from "./payment-queries";
import { findOrder, orderColumns, ORDERS_PAGE_MAX, withItems, type OrderCard, type OrderCounts, type OrderPage } from "./queries";
import { LARGE_CENTS, LARGE_POINTS } from "./staff-list";
import { idInOrderNumber } from "./status";

export type StaffOrderCard = OrderCard & { username: string; emailMasked: string };
/** Which orders: `from` and `to` are when they were made, the end not included. */
export type StaffOrderSearch = { search?: string; status?: OrderStatus; view?: OrderView; delivery?: Delivery; size?: "large"; from?: Date; to?: Date; userId?: UserId; /** Only these. */ ids?: readonly number[] };
export type OrderSort = ListSort<"createdAt" | "points" | "cash">;
/** Which of those that match, and in what order. */
export type OrderPart = { sort?: OrderSort; limit: number; offset?: number };

const NEWEST_FIRST: OrderSort = { by: "createdAt", down: true };

/** One page of everybody's orders, newest first unless sorted. `counts` are of the whole shop, whatever is searched. */
export async function listOrdersForStaff(db: Db, search: StaffOrderSearch, part: OrderPart): Promise<{ orders: StaffOrderCard[]; total: number; counts: OrderCounts }> {
  const [ids, total, counts] = await Promise.all([listOrderIds(db, search, { ...part, limit: Math.min(part.limit, ORDERS_PAGE_MAX) }), countOrders(db, search), countOrdersByStatus(db)]);
  return { orders: await readOrdersForStaff(db, ids), total, counts };
}

const sortColumns = { createdAt: orders.id, points: orders.pointsSpent, cash: orders.cashDueCents } as const;

/** The ids of the orders of one page, in the list's order. */
export async function listOrderIds(db: Db, search: StaffOrderSearch, { sort = NEWEST_FIRST, limit, offset = 0 }: OrderPart): Promise<number[]> {
  const way = sort.down ? desc : asc;
  const rows = await selectIds(db, search).orderBy(way(sortColumns[sort.by]), way(orders.id)).limit(limit).offset(offset);
  return rows.map(({ id }) => id);
}

/** The ids of all orders that match, in the list's order, some at a time. */
export function allOrderIds(db: Db, search: StaffOrderSearch, sort: OrderSort = NEWEST_FIRST, part?: number): AsyncGenerator<number[]> {
  const [way, value] = [sort.down ? desc : asc, sortColumns[sort.by]];
  return idsInParts((mark, limit) => db.select({ id: orders.id, value }).from(orders).where(and(...filtersOf(search), beyond(value, orders.id, mark, sort.down))).orderBy(way(value), way(orders.id)).limit(limit), part);
}

/** The next of the orders that match, by id: for work that goes through all of them. */
export async function nextOrderIds(db: Db, search: StaffOrderSearch, { after, upTo }: { after: number; upTo: number }, limit: number): Promise<number[]> {
  const rows = await selectIds(db, search, [gt(orders.id, after), lt(orders.id, upTo + 1)]).orderBy(asc(orders.id)).limit(limit);
  return rows.map(({ id }) => id);
}

const selectIds = (db: Db, search: StaffOrderSearch, more: readonly SQL[] = []) =>
  db.select({ id: orders.id }).from(orders).where(and(...filtersOf(search), ...more));

export async function countOrders(db: Db, search: StaffOrderSearch): Promise<number> {
  const [row] = await db.select({ total: sql<number>`count(*)`.mapWith(Number) }).from(orders).where(and(...filtersOf(search)));
  return row?.total ?? 0;
}

/** These orders as the list shows them, in the order of their ids as given. */
export async function readOrdersForStaff(db: Db, ids: readonly number[]): Promise<StaffOrderCard[]> {
  if (ids.length === 0) return [];
  const read = await db.select({ ...orderColumns, username: users.username, email: users.email }).from(orders).innerJoin(users, eq(users.id, orders.userId)).where(inArray(orders.id, [...ids]));
  const places = new Map(ids.map((id, place) => [id, place]));
  read.sort((a, b) => places.get(a.id)! - places.get(b.id)!);
  return withItems(db, read.map(({ email, ...row }) => ({ ...row, emailMasked: maskEmail(email) })));
}

function filtersOf({ search, status, view, delivery, size, from, to, userId, ids }: StaffOrderSearch): (SQL | undefined)[] {
  return [
    status ? eq(orders.status, status) : undefined,
    view ? inView(view) : undefined,
    delivery ? sql`exists (select 1 from ${orderItems} d where d.order_id = ${orders.id} and d.delivery = ${delivery})` : undefined,
    size ? or(gte(orders.pointsSpent, LARGE_POINTS), gte(orders.cashDueCents, LARGE_CENTS)) : undefined,
    from ? gte(orders.createdAt, from) : undefined,
    to ? lt(orders.createdAt, to) : undefined,
    userId ? eq(orders.userId, userId) : undefined,
    ids ? inArray(orders.id, [...ids]) : undefined,
    matching(search?.trim() ?? ""),
  ];
}

/** An order's number names one order; any other text is part of a buyer's or a product's name. People are read for a text alone: without one, the list would count them with its orders. */
function matching(text: string): SQL | undefined {
  if (text === "") return undefined;
  const id = idInOrderNumber(text);
  if (id !== null) return eq(orders.id, id);
  const pattern = containing(text);
  return or(
    sql`exists (select 1 from ${users} u where u.id = ${orders.userId} and u.username like ${pattern})`,
    sql`exists (select 1 from ${orderItems} i where i.order_id = ${orders.id} and (i.product_name like ${pattern} or i.product_name_en like ${pattern}))`,
  );
}

export async function countOrdersByStatus(db: Db): Promise<OrderCounts> {
  const rows = await db.select({ status: orders.status, total: sql<number>`count(*)`.mapWith(Number) }).from(orders).groupBy(orders.status);
  return Object.fromEntries(ORDER_STATUSES.map((status) => [status, rows.find((row) => row.status === status)?.total ?? 0])) as OrderCounts;
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
