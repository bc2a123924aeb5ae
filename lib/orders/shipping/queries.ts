import "server-only";

import { asc, inArray } from "drizzle-orm";

import type { Db } from "@/db/client";
import { orderItems, orders, shipments } from "@/db/schema";
import type { AddressSnapshot } from "@/db/schema/orders";

import { inView } from "../fulfilment-queries";
import { owedOf } from "../line";
import { orderNumber } from "../status";

import type { ParcelOrder } from "./parcel-file";

/** The orders of these ids, as a file of parcels is judged by. */
export async function listParcelOrders(db: Db, ids: readonly number[]): Promise<ParcelOrder[]> {
  if (ids.length === 0) return [];
  const [found, lines, sent] = await Promise.all([
    db.select({ id: orders.id, publicId: orders.publicId, status: orders.status, createdAt: orders.createdAt }).from(orders).where(inArray(orders.id, [...ids])),
    db.select().from(orderItems).where(inArray(orderItems.orderId, [...ids])),
    db.select({ orderId: shipments.orderId, trackingNumber: shipments.trackingNumber }).from(shipments).where(inArray(shipments.orderId, [...ids])),
  ]);
  const owing = new Set(lines.filter((line) => line.delivery === "shipped" && owedOf(line) > 0).map(({ orderId }) => orderId));
  return found.map(({ createdAt, ...order }) => ({
    ...order, number: orderNumber({ id: order.id, createdAt }), owesParcels: owing.has(order.id),
    trackingNumbers: sent.filter(({ orderId }) => orderId === order.id).map(({ trackingNumber }) => trackingNumber),
  }));
}

export type OrderToSend = { id: number; number: string; address: AddressSnapshot | null; goods: string };

/** Orders that wait for a parcel, the oldest first, with what goes into it: the list that a warehouse fills in. */
export async function listToSend(db: Db, limit: number): Promise<OrderToSend[]> {
  const found = await db
    .select({ id: orders.id, createdAt: orders.createdAt, address: orders.address }).from(orders).where(inView("to_send")).orderBy(asc(orders.id)).limit(limit);
  if (found.length === 0) return [];
  const lines = await db
    .select().from(orderItems).where(inArray(orderItems.orderId, found.map(({ id }) => id))).orderBy(asc(orderItems.orderId), asc(orderItems.line));
  const open = lines.filter((line) => line.delivery === "shipped" && owedOf(line) > 0);
  return found.flatMap((order) => {
    const own = open.filter(({ orderId }) => orderId === order.id);
    if (own.length === 0) return [];
    const goods = own.map((line) => [line.productName, line.skuName, `×${owedOf(line)}`].filter(Boolean).join(" ")).join("; ");
    return [{ id: order.id, number: orderNumber(order), address: order.address, goods }];
  });
}
