import "server-only";

import { and, asc, eq, isNotNull, sql, type SQL } from "drizzle-orm";

import type { Db } from "@/db/client";
import { orderItems, orders, pickupCodes, shipmentLines, shipments, users, virtualCodes } from "@/db/schema";
import type { OrderStatus } from "@/db/schema/orders";
import { maskEmail, maskName } from "@/lib/accounts/mask";
import type { UserId } from "@/lib/ctx";

import { owedOf } from "./line";
import { readPickupCode } from "./pickup-code";
import { orderNumber } from "./status";

/** Where an order is, as its buyer asks: what waits for cash, for the shop, for the carrier, for a walk to the counter. */
export const ORDER_VIEWS = ["to_pay", "to_send", "to_receive", "to_pick_up", "completed"] as const;
export type OrderView = (typeof ORDER_VIEWS)[number];

const owes = (which: SQL): SQL =>
  sql`exists (select 1 from ${orderItems} owed where owed.order_id = ${orders.id} and owed.quantity_delivered + owed.quantity_refunded < owed.quantity and ${which})`;

const VIEWS: Record<OrderView, SQL> = {
  to_pay: sql`${orders.status} = 'pending'`,
  to_send: sql`(${orders.status} = 'paid' and ${owes(sql`owed.delivery <> 'pickup'`)})`,
  to_receive: sql`${orders.status} = 'shipped'`,
  to_pick_up: sql`(${orders.status} in ('paid', 'shipped') and ${owes(sql`owed.delivery = 'pickup'`)})`,
  completed: sql`${orders.status} = 'completed'`,
};

export const inView = (view: OrderView): SQL => VIEWS[view];

export type ViewCounts = Record<OrderView | "all", number>;

/** How many orders are in each view: of one person, or of everybody. */
export async function countViews(db: Db, userId?: UserId): Promise<ViewCounts> {
  const sums = Object.fromEntries(ORDER_VIEWS.map((view) => [view, sql<number>`coalesce(sum(${VIEWS[view]}), 0)`.mapWith(Number)])) as Record<OrderView, SQL<number>>;
  const [row] = await db.select({ all: sql<number>`count(*)`.mapWith(Number), ...sums }).from(orders).where(userId === undefined ? undefined : eq(orders.userId, userId));
  return row as ViewCounts;
}

export type Parcel = { id: number; carrier: string; trackingNumber: string; createdAt: Date; lines: { line: number; quantity: number }[] };
/** A code that was handed over: that it is there, and whether its buyer has seen it. Never the code itself. */
export type SoldCode = { id: number; line: number; revealedAt: Date | null };
export type PickupState = { code: string; verifiedAt: Date | null; verifiedBy: number | null };

export type Fulfilment = { parcels: Parcel[]; pickupCode: PickupState | null; codes: SoldCode[] };

/** What was sent and handed over of an order. */
export async function readFulfilment(db: Db, orderId: number): Promise<Fulfilment> {
  const [sent, [pickupCode], codes] = await Promise.all([
    db
      .select({ id: shipments.id, carrier: shipments.carrier, trackingNumber: shipments.trackingNumber, createdAt: shipments.createdAt, line: shipmentLines.line, quantity: shipmentLines.quantity })
      .from(shipments).innerJoin(shipmentLines, eq(shipmentLines.shipmentId, shipments.id)).where(eq(shipments.orderId, orderId)).orderBy(asc(shipments.id), asc(shipmentLines.line)),
    db.select({ code: pickupCodes.code, verifiedAt: pickupCodes.verifiedAt, verifiedBy: pickupCodes.verifiedBy }).from(pickupCodes).where(eq(pickupCodes.orderId, orderId)),
    db
      .select({ id: virtualCodes.id, line: virtualCodes.line, revealedAt: virtualCodes.revealedAt })
      .from(virtualCodes).where(and(eq(virtualCodes.orderId, orderId), isNotNull(virtualCodes.line))).orderBy(asc(virtualCodes.line), asc(virtualCodes.id)),
  ]);
  const parcels = new Map<number, Parcel>();
  for (const { line, quantity, ...parcel } of sent) {
    const known = parcels.get(parcel.id) ?? { ...parcel, lines: [] };
    known.lines.push({ line, quantity });
    parcels.set(parcel.id, known);
  }
  return { parcels: [...parcels.values()], pickupCode: pickupCode ?? null, codes: codes.map((code) => ({ ...code, line: code.line! })) };
}

export type PickupOrder = {
  publicId: string;
  number: string;
  status: OrderStatus;
  createdAt: Date;
  /** Enough to ask "are you …?", too little to say who it is. */
  nameMasked: string;
  emailMasked: string;
  pointName: string;
  pointNameEn: string;
  verifiedAt: Date | null;
  items: { line: number; productName: string; productNameEn: string; skuName: string; skuNameEn: string; picture: string; pieces: number }[];
};

/** What staff at the counter sees of a code that somebody shows; null when no order has it. `items` are those still to be handed over. */
export async function findPickup(db: Db, text: string): Promise<PickupOrder | null> {
  const code = readPickupCode(text);
  if (code === null) return null;
  const [row] = await db
    .select({
      id: orders.id, publicId: orders.publicId, status: orders.status, createdAt: orders.createdAt, username: users.username, email: users.email, pickup: orders.pickup, verifiedAt: pickupCodes.verifiedAt,
    })
    .from(pickupCodes).innerJoin(orders, eq(orders.id, pickupCodes.orderId)).innerJoin(users, eq(users.id, orders.userId)).where(eq(pickupCodes.code, code));
  if (!row) return null;
  const items = await db
    .select({
      line: orderItems.line, productName: orderItems.productName, productNameEn: orderItems.productNameEn, skuName: orderItems.skuName, skuNameEn: orderItems.skuNameEn, picture: orderItems.picture,
      quantity: orderItems.quantity, quantityDelivered: orderItems.quantityDelivered, quantityRefunded: orderItems.quantityRefunded,
    })
    .from(orderItems).where(and(eq(orderItems.orderId, row.id), eq(orderItems.delivery, "pickup"))).orderBy(asc(orderItems.line));
  return {
    publicId: row.publicId, number: orderNumber(row), status: row.status, createdAt: row.createdAt, nameMasked: maskName(row.username), emailMasked: maskEmail(row.email),
    pointName: row.pickup?.name ?? "", pointNameEn: row.pickup?.nameEn ?? "", verifiedAt: row.verifiedAt,
    items: items.flatMap(({ quantity, quantityDelivered, quantityRefunded, ...item }) => {
      const pieces = owedOf({ quantity, quantityDelivered, quantityRefunded });
      return pieces > 0 ? [{ ...item, pieces }] : [];
    }),
  };
}
