import { sql } from "drizzle-orm";
import { boolean, check, customType, index, int, mysqlTable, primaryKey, smallint, uniqueIndex, varchar } from "drizzle-orm/mysql-core";

import { createdAt, digest, id, instant, ref, token } from "../columns";
import { skus } from "./catalog";
import { orders } from "./orders";
import { users } from "./people";

/** One parcel of an order. An order may need several. */
export const shipments = mysqlTable(
  "shipments",
  {
    id: id(),
    orderId: ref("order_id").notNull().references(() => orders.id, { onDelete: "restrict" }),
    carrier: varchar("carrier", { length: 40 }).notNull(),
    trackingNumber: varchar("tracking_number", { length: 60 }).notNull(),
    actorId: ref("actor_id"),
    createdAt: createdAt(),
  },
  (t) => [index("shipments_order_idx").on(t.orderId)],
);

export const shipmentLines = mysqlTable(
  "shipment_lines",
  {
    shipmentId: ref("shipment_id").notNull().references(() => shipments.id, { onDelete: "restrict" }),
    line: smallint("line").notNull(),
    quantity: int("quantity").notNull(),
  },
  (t) => [primaryKey({ columns: [t.shipmentId, t.line] }), check("shipment_lines_quantity_check", sql`${t.quantity} >= 1`)],
);

/** Where goods are picked up. */
export const pickupPoints = mysqlTable("pickup_points", {
  id: id(),
  name: varchar("name", { length: 60 }).notNull(),
  nameEn: varchar("name_en", { length: 60 }).notNull().default(""),
  address: varchar("address", { length: 200 }).notNull(),
  addressEn: varchar("address_en", { length: 200 }).notNull().default(""),
  hours: varchar("hours", { length: 100 }).notNull().default(""),
  phone: varchar("phone", { length: 30 }).notNull().default(""),
  isActive: boolean("is_active").notNull().default(true),
  position: int("position").notNull().default(0),
});

/** What the buyer shows to get the goods of an order: used once. */
export const pickupCodes = mysqlTable(
  "pickup_codes",
  {
    orderId: ref("order_id").primaryKey().references(() => orders.id, { onDelete: "restrict" }),
    code: token("code", { length: 16 }).notNull().unique("pickup_codes_code_key"),
    verifiedAt: instant("verified_at"),
    verifiedBy: ref("verified_by").references(() => users.id, { onDelete: "restrict" }),
    createdAt: createdAt(),
  },
);

const cipher = customType<{ data: Buffer }>({ dataType: () => "varbinary(600)" });

export const CODE_STATUSES = ["free", "sold", "void"] as const;

/** Codes of a virtual good, encrypted. A free one is taken by one order, once. */
export const virtualCodes = mysqlTable(
  "virtual_codes",
  {
    id: id(),
    skuId: ref("sku_id").notNull().references(() => skus.id, { onDelete: "restrict" }),
    cipher: cipher("cipher").notNull(),
    /** A keyed digest, so that no code is in the pool twice. */
    codeDigest: digest("code_digest").notNull(),
    status: varchar("status", { length: 10, enum: CODE_STATUSES }).notNull().default("free"),
    orderId: ref("order_id").references(() => orders.id, { onDelete: "restrict" }),
    line: smallint("line"),
    soldAt: instant("sold_at"),
    /** When its buyer first saw it. */
    revealedAt: instant("revealed_at"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("virtual_codes_digest_key").on(t.skuId, t.codeDigest),
    index("virtual_codes_pool_idx").on(t.skuId, t.status, t.id),
    index("virtual_codes_order_idx").on(t.orderId, t.line),
    check("virtual_codes_status_check", sql`${t.status} in ('free','sold','void') and (${t.status} = 'sold') = (${t.orderId} is not null)`),
  ],
);
