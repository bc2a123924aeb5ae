import { sql } from "drizzle-orm";
import { boolean, check, index, int, mysqlTable, text, uniqueIndex, varchar } from "drizzle-orm/mysql-core";

import { cents, createdAt, id, instant, points, ref, token } from "../columns";
import { users } from "./people";

export const categories = mysqlTable("categories", {
  id: id(),
  slug: token("slug", { length: 60 }).notNull().unique("categories_slug_key"),
  name: varchar("name", { length: 60 }).notNull(),
  nameEn: varchar("name_en", { length: 60 }).notNull().default(""),
  position: int("position").notNull().default(0),
});

export const PRODUCT_STATUSES = ["draft", "active", "archived"] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];
export const DELIVERIES = ["shipped", "virtual"] as const;
export type Delivery = (typeof DELIVERIES)[number];

export const products = mysqlTable(
  "products",
  {
    id: id(),
    slug: token("slug", { length: 80 }).notNull().unique("products_slug_key"),
    name: varchar("name", { length: 100 }).notNull(),
    nameEn: varchar("name_en", { length: 100 }).notNull().default(""),
    description: text("description").notNull(),
    descriptionEn: text("description_en").notNull(),
    categoryId: ref("category_id").references(() => categories.id, { onDelete: "restrict" }),
    /** The key of an illustration that the shop ships. */
    picture: token("picture", { length: 40 }).notNull().default("gift"),
    delivery: varchar("delivery", { length: 10, enum: DELIVERIES }).notNull().default("shipped"),
    status: varchar("status", { length: 10, enum: PRODUCT_STATUSES }).notNull().default("draft"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (t) => [
    index("products_listing_idx").on(t.status, t.categoryId, t.id),
    check("products_status_check", sql`${t.status} in ('draft','active','archived')`),
    check("products_delivery_check", sql`${t.delivery} in ('shipped','virtual')`),
  ],
);

/**
 * How a SKU is paid: `points` only; a fixed `points_cash` pair; or `cash_discount`, cash of which points can take a part
 * (and, with a points price, the whole of it for that price).
 */
export const PRICE_MODES = ["points", "points_cash", "cash_discount"] as const;
export type PriceMode = (typeof PRICE_MODES)[number];

/** The offer. Its stock is in a row of its own: prices are read by all, stock is written by all. */
export const skus = mysqlTable(
  "skus",
  {
    id: id(),
    productId: ref("product_id").notNull().references(() => products.id, { onDelete: "restrict" }),
    name: varchar("name", { length: 60 }).notNull().default(""),
    nameEn: varchar("name_en", { length: 60 }).notNull().default(""),
    priceMode: varchar("price_mode", { length: 15, enum: PRICE_MODES }).notNull(),
    pointsPrice: points("points_price").notNull(),
    cashPriceCents: cents("cash_price_cents").notNull().default(0),
    /** In mode `cash_discount`: the most points that one piece takes as a discount. */
    discountPointsMax: points("discount_points_max").notNull().default(0),
    limitPerOrder: int("limit_per_order").notNull().default(99),
    /** 0 means no limit. */
    limitPerUser: int("limit_per_user").notNull().default(0),
    position: int("position").notNull().default(0),
    isActive: boolean("is_active").notNull().default(true),
  },
  (t) => [
    index("skus_product_idx").on(t.productId, t.position),
    check("skus_amounts_check", sql`${t.pointsPrice} >= 0 and ${t.cashPriceCents} >= 0 and ${t.discountPointsMax} >= 0 and ${t.limitPerOrder} >= 1 and ${t.limitPerUser} >= 0`),
    check(
      "skus_price_check",
      sql`(${t.priceMode} = 'points' and ${t.pointsPrice} > 0 and ${t.cashPriceCents} = 0) or (${t.priceMode} = 'points_cash' and ${t.pointsPrice} > 0 and ${t.cashPriceCents} > 0) or (${t.priceMode} = 'cash_discount' and ${t.cashPriceCents} > 0)`,
    ),
  ],
);

/** Pieces left. Child of `skus`, parent of no one. */
export const skuStock = mysqlTable(
  "sku_stock",
  {
    skuId: ref("sku_id").primaryKey().references(() => skus.id, { onDelete: "restrict" }),
    stock: int("stock").notNull(),
  },
  (t) => [check("sku_stock_check", sql`${t.stock} >= 0`)],
);

export const STOCK_REASONS = ["initial", "adjust", "order", "release", "refund"] as const;
export type StockReason = (typeof STOCK_REASONS)[number];

/** Why stock changed. The sum of a SKU's moves is its stock. `source_id` makes an order take and release once. */
export const stockMoves = mysqlTable(
  "stock_moves",
  {
    id: id(),
    skuId: ref("sku_id").notNull().references(() => skus.id, { onDelete: "restrict" }),
    quantity: int("quantity").notNull(),
    reason: varchar("reason", { length: 10, enum: STOCK_REASONS }).notNull(),
    sourceId: token("source_id", { length: 64 }).notNull(),
    actorId: ref("actor_id").references(() => users.id, { onDelete: "restrict" }),
    note: varchar("note", { length: 200 }).notNull().default(""),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("stock_moves_source_key").on(t.skuId, t.sourceId, t.reason)],
);
