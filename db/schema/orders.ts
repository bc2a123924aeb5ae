import { sql } from "drizzle-orm";
import { boolean, check, index, int, json, mysqlTable, primaryKey, smallint, uniqueIndex, varchar } from "drizzle-orm/mysql-core";

import { cents, createdAt, digest, id, instant, points, ref, token } from "../columns";
import { DELIVERIES, skus } from "./catalog";
import { users } from "./people";

export const ORDER_STATUSES = ["pending", "paid", "shipped", "completed", "cancelled", "refunded"] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export type PickupSnapshot = { id: number; name: string; nameEn: string; address: string; addressEn: string; hours: string; phone: string };
export type AddressSnapshot = { recipient: string; phone: string; region: string; street: string; postcode: string };

/** What was redeemed, at the prices of that moment. `pending` waits for cash until `pay_by`. */
export const orders = mysqlTable(
  "orders",
  {
    id: id(),
    /** 128 random bits: what addresses and API replies show, so that one order does not lead to the next. */
    publicId: token("public_id", { length: 22 }).notNull().unique("orders_public_key"),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    /** The buyer's key for this intention and what they asked: a repeat of it finds this order, for ever. */
    requestId: token("request_id", { length: 255 }).notNull(),
    bodyDigest: digest("body_digest").notNull(),
    status: varchar("status", { length: 10, enum: ORDER_STATUSES }).notNull(),
    pointsSpent: points("points_spent").notNull(),
    /** What the buyer could still spend right after, as the reply said. */
    pointsLeft: points("points_left").notNull(),
    /** Cash list price of all items, before points take their part. */
    totalCents: cents("total_cents").notNull(),
    /** What the points took off the cash price. */
    discountCents: cents("discount_cents").notNull(),
    couponId: ref("coupon_id"),
    /** What the coupon took off the cash, and off the points. */
    couponCents: cents("coupon_cents").notNull().default(0),
    couponPoints: points("coupon_points").notNull().default(0),
    /** What delivery costs the buyer. It goes back when nothing of the order was sent. */
    deliveryCents: cents("delivery_cents").notNull().default(0),
    cashDueCents: cents("cash_due_cents").notNull(),
    cashPaidCents: cents("cash_paid_cents").notNull().default(0),
    pointsRefunded: points("points_refunded").notNull().default(0),
    cashRefundedCents: cents("cash_refunded_cents").notNull().default(0),
    delivery: varchar("delivery", { length: 10, enum: DELIVERIES }).notNull(),
    address: json("address").$type<AddressSnapshot>(),
    /** Where it is picked up, as the point was described then. */
    pickup: json("pickup").$type<PickupSnapshot>(),
    payBy: instant("pay_by"),
    /** When the last piece was sent; some days later it counts as received. */
    shippedAt: instant("shipped_at"),
    carrier: varchar("carrier", { length: 40 }),
    trackingNumber: varchar("tracking_number", { length: 60 }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("orders_request_key").on(t.userId, t.requestId),
    index("orders_status_idx").on(t.status, t.payBy),
    index("orders_shipped_idx").on(t.status, t.shippedAt),
    check("orders_status_check", sql`${t.status} in ('pending','paid','shipped','completed','cancelled','refunded')`),
    check("orders_amounts_check", sql`${t.pointsSpent} >= 0 and ${t.discountCents} >= 0 and ${t.cashDueCents} >= 0 and ${t.couponCents} >= 0 and ${t.couponPoints} >= 0 and ${t.deliveryCents} >= 0 and ${t.totalCents} + ${t.deliveryCents} = ${t.discountCents} + ${t.couponCents} + ${t.cashDueCents}`),
    check("orders_paid_check", sql`${t.cashPaidCents} in (0, ${t.cashDueCents})`),
    check("orders_refunded_check", sql`${t.pointsRefunded} between 0 and ${t.pointsSpent} and ${t.cashRefundedCents} between 0 and ${t.cashPaidCents}`),
  ],
);

/** The items as they were sold: repricing or archiving a product leaves them unchanged. */
export const orderItems = mysqlTable(
  "order_items",
  {
    orderId: ref("order_id").notNull().references(() => orders.id, { onDelete: "restrict" }),
    line: smallint("line").notNull(),
    userId: ref("user_id").notNull(),
    skuId: ref("sku_id").notNull().references(() => skus.id, { onDelete: "restrict" }),
    /** The SKU's product, which never changes; the SKU's key vouches for it. */
    productId: ref("product_id").notNull(),
    productName: varchar("product_name", { length: 100 }).notNull(),
    productNameEn: varchar("product_name_en", { length: 100 }).notNull(),
    skuName: varchar("sku_name", { length: 60 }).notNull(),
    skuNameEn: varchar("sku_name_en", { length: 60 }).notNull(),
    picture: token("picture", { length: 40 }).notNull(),
    delivery: varchar("delivery", { length: 10, enum: DELIVERIES }).notNull().default("shipped"),
    quantity: int("quantity").notNull(),
    unitCents: cents("unit_cents").notNull(),
    /** What its buyer pays for the line, after its part of the points, of the coupon: what goes back with it. */
    points: points("points").notNull(),
    cashDueCents: cents("cash_due_cents").notNull(),
    /** Its part of what points and the coupon took off. */
    discountCents: cents("discount_cents").notNull().default(0),
    couponCents: cents("coupon_cents").notNull().default(0),
    couponPoints: points("coupon_points").notNull().default(0),
    /** The coupon's gift: it costs nothing. */
    isGift: boolean("is_gift").notNull().default(false),
    /** Pieces that were sent, handed over or shown as codes. */
    quantityDelivered: int("quantity_delivered").notNull().default(0),
    quantityRefunded: int("quantity_refunded").notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.orderId, t.line] }),
    index("order_items_buyer_idx").on(t.userId, t.skuId),
    check("order_items_amounts_check", sql`${t.quantity} >= 1 and ${t.points} >= 0 and ${t.cashDueCents} >= 0`),
    check("order_items_delivered_check", sql`${t.quantityDelivered} between 0 and ${t.quantity}`),
    check("order_items_refunded_check", sql`${t.quantityRefunded} between 0 and ${t.quantity}`),
  ],
);

/** Every step after the first of an order: who, when, from what to what. Its first is the order itself. */
export const orderEvents = mysqlTable(
  "order_events",
  {
    id: id(),
    orderId: ref("order_id").notNull().references(() => orders.id, { onDelete: "restrict" }),
    fromStatus: varchar("from_status", { length: 10, enum: ORDER_STATUSES }).notNull(),
    toStatus: varchar("to_status", { length: 10, enum: ORDER_STATUSES }).notNull(),
    actorId: ref("actor_id"),
    note: varchar("note", { length: 200 }).notNull().default(""),
    createdAt: createdAt(),
  },
  (t) => [index("order_events_order_idx").on(t.orderId, t.id)],
);

/** `late` is money for an order that does not wait for it any more: it goes back. */
export const PAYMENT_STATUSES = ["created", "paid", "failed", "late"] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** One attempt to pay an order's cash with a provider. */
export const payments = mysqlTable(
  "payments",
  {
    id: id(),
    orderId: ref("order_id").notNull().references(() => orders.id, { onDelete: "restrict" }),
    provider: token("provider", { length: 20 }).notNull(),
    /** The provider's own reference: a callback that repeats it changes nothing. */
    reference: token("reference", { length: 64 }).notNull(),
    /** What the provider gave us for it: the id of a session, the text of a QR code. Null until it answered. */
    providerKey: token("provider_key", { length: 600 }),
    amountCents: cents("amount_cents").notNull(),
    status: varchar("status", { length: 10, enum: PAYMENT_STATUSES }).notNull().default("created"),
    createdAt: createdAt(),
    settledAt: instant("settled_at"),
  },
  (t) => [
    uniqueIndex("payments_reference_key").on(t.provider, t.reference),
    index("payments_order_idx").on(t.orderId),
    check("payments_amount_check", sql`${t.amountCents} > 0`),
  ],
);

/** Pieces of an order that were taken back, with what returned for them. */
export const refunds = mysqlTable(
  "refunds",
  {
    id: id(),
    publicId: token("public_id", { length: 22 }).notNull().unique("refunds_public_key"),
    orderId: ref("order_id").notNull().references(() => orders.id, { onDelete: "restrict" }),
    line: smallint("line").notNull(),
    quantity: int("quantity").notNull(),
    points: points("points").notNull(),
    cashCents: cents("cash_cents").notNull(),
    /** Points that the order had earned and that went back: from pending, the balance, or into debt. */
    pointsClawedBack: points("points_clawed_back").notNull().default(0),
    isRestocked: boolean("is_restocked").notNull(),
    reason: varchar("reason", { length: 200 }).notNull(),
    actorId: ref("actor_id"),
    createdAt: createdAt(),
  },
  (t) => [
    index("refunds_order_idx").on(t.orderId, t.line),
    check("refunds_amounts_check", sql`${t.quantity} >= 1 and ${t.points} >= 0 and ${t.cashCents} >= 0 and ${t.pointsClawedBack} >= 0`),
  ],
);

export const CASH_REFUND_STATUSES = ["due", "sent", "failed"] as const;
export type CashRefundStatus = (typeof CASH_REFUND_STATUSES)[number];

/** Cash on its way back through the provider that took it: for pieces that were taken back, or for a payment that came too late. */
export const cashRefunds = mysqlTable(
  "cash_refunds",
  {
    id: id(),
    /** The provider's key for it: asked again, it pays once. */
    publicId: token("public_id", { length: 22 }).notNull().unique("cash_refunds_public_key"),
    paymentId: ref("payment_id").notNull().references(() => payments.id, { onDelete: "restrict" }),
    /** The pieces it is for; null for a late payment. */
    refundId: ref("refund_id").unique("cash_refunds_refund_key").references(() => refunds.id, { onDelete: "restrict" }),
    amountCents: cents("amount_cents").notNull(),
    status: varchar("status", { length: 10, enum: CASH_REFUND_STATUSES }).notNull().default("due"),
    attempts: int("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at"),
    lastError: varchar("last_error", { length: 300 }),
    settledAt: instant("settled_at"),
    createdAt: createdAt(),
  },
  (t) => [
    index("cash_refunds_payment_idx").on(t.paymentId),
    index("cash_refunds_due_idx").on(t.status, t.nextAttemptAt),
    check("cash_refunds_amount_check", sql`${t.amountCents} > 0`),
    check("cash_refunds_status_check", sql`${t.status} in ('due','sent','failed')`),
  ],
);

/** A provider's message about a payment, as it was understood: each one counts once, whatever its order. */
export const paymentNotices = mysqlTable(
  "payment_notices",
  {
    provider: token("provider", { length: 20 }).notNull(),
    /** The provider's own id of the message. */
    noticeId: token("notice_id", { length: 128 }).notNull(),
    reference: token("reference", { length: 64 }).notNull(),
    result: varchar("result", { length: 20 }).notNull(),
    amountCents: cents("amount_cents").notNull().default(0),
    /** What became of it: "paid", "late", "repeated", "refused ...". */
    outcome: varchar("outcome", { length: 60 }).notNull().default(""),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.noticeId] }), index("payment_notices_reference_idx").on(t.reference), index("payment_notices_outcome_idx").on(t.outcome, t.createdAt)],
);

/** What a person means to redeem together. Prices are read when it is looked at, never kept. */
export const cartItems = mysqlTable(
  "cart_items",
  {
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    skuId: ref("sku_id").notNull().references(() => skus.id, { onDelete: "restrict" }),
    quantity: int("quantity").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.skuId] }), check("cart_items_quantity_check", sql`${t.quantity} >= 1`)],
);
