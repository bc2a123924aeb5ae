import { sql } from "drizzle-orm";
import { check, json, mysqlTable, primaryKey, varchar, boolean, index } from "drizzle-orm/mysql-core";

import { cents, createdAt, id, instant, points, ref, token } from "../columns";
import { products, skus } from "./catalog";
import { users } from "./people";

/** A group of people by what they did: who belongs to it is written down by a job, and when it is saved. */
export const segments = mysqlTable("segments", {
  id: id(),
  slug: token("slug", { length: 60 }).notNull().unique("segments_slug_key"),
  name: varchar("name", { length: 60 }).notNull(),
  nameEn: varchar("name_en", { length: 60 }).notNull().default(""),
  /** As `lib/segments/segment.ts` describes it. */
  definition: json("definition").$type<import("../../lib/segments/segment").SegmentDefinition>().notNull(),
  isActive: boolean("is_active").notNull().default(true),
  /** When its people were last written down. */
  refreshedAt: instant("refreshed_at"),
  createdAt: createdAt(),
});

export const segmentMembers = mysqlTable(
  "segment_members",
  {
    segmentId: ref("segment_id").notNull().references(() => segments.id, { onDelete: "restrict" }),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.segmentId, t.userId] }), index("segment_members_user_idx").on(t.userId)],
);

/** `level` means that level or a higher one; `segment` the people in it now. */
export const AUDIENCES = ["level", "segment"] as const;
export type AudienceKind = (typeof AUDIENCES)[number];

/** For whom a gated product is: whoever passes one of its gates. */
export const productGates = mysqlTable(
  "product_gates",
  {
    productId: ref("product_id").notNull().references(() => products.id, { onDelete: "restrict" }),
    kind: varchar("kind", { length: 10, enum: AUDIENCES }).notNull(),
    /** The level's or the segment's id. */
    audienceId: ref("audience_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.productId, t.kind, t.audienceId] })],
);

/** What a SKU costs for some people, in its own price mode. Who has several such prices pays the lowest. */
export const skuPrices = mysqlTable(
  "sku_prices",
  {
    skuId: ref("sku_id").notNull().references(() => skus.id, { onDelete: "restrict" }),
    kind: varchar("kind", { length: 10, enum: AUDIENCES }).notNull(),
    audienceId: ref("audience_id").notNull(),
    pointsPrice: points("points_price").notNull(),
    cashPriceCents: cents("cash_price_cents").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.skuId, t.kind, t.audienceId] }), check("sku_prices_check", sql`${t.pointsPrice} >= 0 and ${t.cashPriceCents} >= 0 and ${t.pointsPrice} + ${t.cashPriceCents} > 0`)],
);
