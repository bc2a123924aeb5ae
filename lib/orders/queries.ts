import "server-only";

import { and, asc, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { cashRefunds, orderEvents, orderItems, orders, payments, pointsTransactions, products, refunds, skus } from "@/db/schema";
import type { AddressSnapshot, CashRefundStatus, OrderStatus, PaymentStatus, PickupSnapshot } from "@/db/schema/orders";
import { ORDER_STATUSES } from "@/db/schema/orders";
import type { Delivery } from "@/db/schema/catalog";
import { firstPictureOf } from "@/lib/catalog/pictures/queries";
import type { PictureFile } from "@/lib/catalog/pictures/rendition";
import type { UserId } from "@/lib/ctx";
import { entryDraws, type LotDraw } from "@/lib/points/queries";

import { inView, readFulfilment, type Fulfilment, type OrderView } from "./fulfilment-queries";
import { orderNumber, statusAtFirst } from "./status";

export type OrderItem = {
  line: number;
  productName: string;
  productNameEn: string;
  skuName: string;
  skuNameEn: string;
  picture: string;
  /** The product's first picture as it is now; without one, the illustration of then. */
  cover: PictureFile | null;
  quantity: number;
  quantityDelivered: number;
  quantityRefunded: number;
  delivery: Delivery;
  isGift: boolean;
  /** A pool hands its codes out by itself. */
  hasCodes: boolean;
  points: number;
  cashDueCents: number;
  productSlug: string;
  productId: number;
};

export type OrderCard = {
  id: number;
  publicId: string;
  number: string;
  userId: UserId;
  status: OrderStatus;
  delivery: Delivery;
  pointsSpent: number;
  totalCents: number;
  discountCents: number;
  cashDueCents: number;
  cashPaidCents: number;
  payBy: Date | null;
  createdAt: Date;
  items: OrderItem[];
};

export const ORDERS_PAGE_MAX = 100;

export type OrderCounts = Record<OrderStatus, number>;

/** A person's orders, newest first. `before` is the id of the last order of the page before. */
export async function listOrders(
  db: Db, userId: UserId, page: { status?: OrderStatus; view?: OrderView; before?: number; limit: number },
): Promise<{ orders: OrderCard[]; nextBefore: number | null; counts: OrderCounts }> {
  const limit = Math.min(page.limit, ORDERS_PAGE_MAX);
  const [rows, counts] = await Promise.all([
    selectOrders(db)
      .where(and(eq(orders.userId, userId), page.status ? eq(orders.status, page.status) : undefined, page.view ? inView(page.view) : undefined, page.before ? lt(orders.id, page.before) : undefined))
      .orderBy(desc(orders.id))
      .limit(limit + 1),
    countOrders(db, userId),
  ]);
  const shown = await withItems(db, rows.slice(0, limit));
  return { orders: shown, nextBefore: rows.length > limit ? shown.at(-1)!.id : null, counts };
}

async function countOrders(db: Db, userId: UserId): Promise<OrderCounts> {
  const rows = await db.select({ status: orders.status, total: sql<number>`count(*)`.mapWith(Number) }).from(orders).where(eq(orders.userId, userId)).groupBy(orders.status);
  return Object.fromEntries(ORDER_STATUSES.map((status) => [status, rows.find((row) => row.status === status)?.total ?? 0])) as OrderCounts;
}

/** The columns every list of orders shows; staff's lists begin with it too. */
export const orderColumns = {
  id: orders.id, publicId: orders.publicId, userId: orders.userId, status: orders.status, delivery: orders.delivery, pointsSpent: orders.pointsSpent, totalCents: orders.totalCents,
  discountCents: orders.discountCents, cashDueCents: orders.cashDueCents, cashPaidCents: orders.cashPaidCents, payBy: orders.payBy, createdAt: orders.createdAt,
};

const selectOrders = (db: Db) => db.select(orderColumns).from(orders);

type OrderRow = Omit<OrderCard, "items" | "number" | "userId"> & { userId: number };

/** Adds the items and the number that people read. */
export async function withItems<Row extends OrderRow>(db: Db, rows: readonly Row[]): Promise<(Row & OrderCard)[]> {
  if (rows.length === 0) return [];
  const items = await db
    .select({
      orderId: orderItems.orderId, line: orderItems.line, productName: orderItems.productName, productNameEn: orderItems.productNameEn, skuName: orderItems.skuName, skuNameEn: orderItems.skuNameEn,
      picture: orderItems.picture, quantity: orderItems.quantity, quantityDelivered: orderItems.quantityDelivered, delivery: orderItems.delivery, isGift: orderItems.isGift, hasCodes: skus.hasCodes, quantityRefunded: orderItems.quantityRefunded, points: orderItems.points, cashDueCents: orderItems.cashDueCents, productSlug: products.slug,
      productId: orderItems.productId, cover: firstPictureOf(orderItems.productId),
    })
    .from(orderItems)
    .innerJoin(products, eq(products.id, orderItems.productId))
    .innerJoin(skus, eq(skus.id, orderItems.skuId))
    .where(inArray(orderItems.orderId, rows.map(({ id }) => id)))
    .orderBy(asc(orderItems.orderId), asc(orderItems.line));
  return rows.map((row) => ({
    ...row,
    userId: row.userId as UserId,
    number: orderNumber(row),
    items: items.filter(({ orderId }) => orderId === row.id).map(({ orderId: _orderId, ...item }) => item),
  }));
}

export type OrderStep = { fromStatus: OrderStatus | null; toStatus: OrderStatus; note: string; actorId: number | null; createdAt: Date };

export type OrderPage = OrderCard & Fulfilment & {
  /** What the coupon took off, and what delivery cost. */
  couponId: number | null;
  couponCents: number;
  couponPoints: number;
  deliveryCents: number;
  /** Where it is picked up, as the point was described then. */
  pickup: PickupSnapshot | null;
  address: AddressSnapshot | null;
  carrier: string | null;
  trackingNumber: string | null;
  events: OrderStep[];
  /** The lots the order was paid from. */
  draws: LotDraw[];
  /** Points that came back when it was cancelled. */
  restoredPoints: number;
  /** Pieces that were taken back, the latest first. */
  refunds: OrderRefund[];
  /** Payments that came when the order did not wait for them any more, and go back. */
  latePayments: { amountCents: number; cashStatus: CashRefundStatus }[];
};

export type OrderRefund = { refundId: string; line: number; quantity: number; points: number; cashCents: number; cashStatus: CashRefundStatus | null; pointsClawedBack: number; reason: string; createdAt: Date };

/** One order of this person; null for anybody else's, and with no `userId` the order of whoever owns it (staff). */
export async function findOrder(db: Db, publicId: string, userId?: UserId): Promise<OrderPage | null> {
  const [row] = await db
    .select({
      ...orderColumns, address: orders.address, pickup: orders.pickup, carrier: orders.carrier, trackingNumber: orders.trackingNumber, couponId: orders.couponId, couponCents: orders.couponCents,
      couponPoints: orders.couponPoints, deliveryCents: orders.deliveryCents,
    })
    .from(orders)
    .where(and(eq(orders.publicId, publicId), userId === undefined ? undefined : eq(orders.userId, userId)))
    .limit(1);
  if (!row) return null;
  const [[order], events, entries, refunded, fulfilment, latePayments] = await Promise.all([
    withItems(db, [row]),
    db
      .select({ fromStatus: orderEvents.fromStatus, toStatus: orderEvents.toStatus, note: orderEvents.note, actorId: orderEvents.actorId, createdAt: orderEvents.createdAt })
      .from(orderEvents).where(eq(orderEvents.orderId, row.id)).orderBy(asc(orderEvents.id)),
    db
      .select({ kind: pointsTransactions.kind, pointsChange: pointsTransactions.pointsChange, draws: entryDraws })
      .from(pointsTransactions)
      .where(and(eq(pointsTransactions.sourceType, "order"), eq(pointsTransactions.sourceId, publicId))),
    listRefunds(db, row.id),
    readFulfilment(db, row.id),
    db
      .select({ amountCents: cashRefunds.amountCents, cashStatus: cashRefunds.status })
      .from(cashRefunds)
      .innerJoin(payments, eq(payments.id, cashRefunds.paymentId))
      .where(and(eq(payments.orderId, row.id), isNull(cashRefunds.refundId))),
  ]);
  const spend = entries.find(({ kind }) => kind === "spend");
  const first: OrderStep = { fromStatus: null, toStatus: statusAtFirst(row.cashDueCents), note: "", actorId: row.userId, createdAt: row.createdAt };
  return {
    ...order!,
    ...fulfilment,
    events: [first, ...events],
    draws: (spend?.draws ?? []).map((draw) => ({ ...draw, points: -draw.points })),
    restoredPoints: entries.find(({ kind }) => kind === "restore")?.pointsChange ?? 0,
    refunds: refunded,
    latePayments,
  };
}

const listRefunds = (db: Db, orderId: number): Promise<OrderRefund[]> =>
  db
    .select({
      refundId: refunds.publicId, line: refunds.line, quantity: refunds.quantity, points: refunds.points, cashCents: refunds.cashCents, cashStatus: cashRefunds.status,
      pointsClawedBack: refunds.pointsClawedBack, reason: refunds.reason, createdAt: refunds.createdAt,
    })
    .from(refunds)
    .leftJoin(cashRefunds, eq(cashRefunds.refundId, refunds.id))
    .where(eq(refunds.orderId, orderId))
    .orderBy(desc(refunds.id));

export type TestPayment = {
  reference: string;
  orderId: string;
  orderNumber: string;
  amountCents: number;
  status: PaymentStatus;
  productName: string;
  productNameEn: string;
  payBy: Date | null;
  orderStatus: OrderStatus;
};

/** An attempt at the test cashier, for the person whose order it pays. */
export async function findTestPayment(db: Db, reference: string, userId: UserId): Promise<TestPayment | null> {
  const [row] = await db
    .select({
      reference: payments.reference, orderId: orders.publicId, id: orders.id, createdAt: orders.createdAt, amountCents: payments.amountCents, status: payments.status,
      productName: orderItems.productName, productNameEn: orderItems.productNameEn, payBy: orders.payBy, orderStatus: orders.status,
    })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .innerJoin(orderItems, and(eq(orderItems.orderId, orders.id), eq(orderItems.line, 1)))
    .where(and(eq(payments.provider, "test"), eq(payments.reference, reference), eq(orders.userId, userId)))
    .limit(1);
  if (!row) return null;
  const { id, createdAt, ...payment } = row;
  return { ...payment, orderNumber: orderNumber({ id, createdAt }) };
}
