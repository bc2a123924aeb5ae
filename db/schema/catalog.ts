import { sql } from "drizzle-orm";
import { boolean, check, index, int, mysqlTable, primaryKey, text, uniqueIndex, varchar } from "drizzle-orm/mysql-core";

import { cents, createdAt, id, instant, points, ref, token } from "../columns";
import { users } from "./people";

export const categories = mysqlTable("categories", {
  id: id(),
  slug: token("slug", { length: 60 }).notNull().unique("categories_slug_key"),
  name: varchar("name", { length: 60 }).notNull(),
  nameEn: varchar("name_en", { length: 60 }).notNull().default(""),
  /** The category that this one is in; null at the top. At most three deep. */
  parentId: ref("parent_id"),
  position: int("position").notNull().default(0),
});

export const PRODUCT_STATUSES = ["draft", "active", "archived"] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];
/** How a product reaches its buyer: by carrier, by showing a code at a pick-up point, as a code on the screen, or as a coupon in their wallet. */
export const DELIVERIES = ["shipped", "pickup", "virtual", "coupon"] as const;
export type Delivery = (typeof DELIVERIES)[number];

export const products = mysqlTable(
  "products",
  {
    id: id(),
    slug: token("slug", { length: 80 }).notNull().unique("products_slug_key"),
    name: varchar("name", { length: 100 }).notNull(),
    nameEn: varchar("name_en", { length: 100 }).notNull().default(""),
    /** Markdown. */
    description: text("description").notNull(),
    descriptionEn: text("description_en").notNull(),
    categoryId: ref("category_id").references(() => categories.id, { onDelete: "restrict" }),
    /** The key of an illustration that the shop ships; shown where the product has no picture of its own. */
    picture: token("picture", { length: 40 }).notNull().default("gift"),
    delivery: varchar("delivery", { length: 10, enum: DELIVERIES }).notNull().default("shipped"),
    status: varchar("status", { length: 10, enum: PRODUCT_STATUSES }).notNull().default("draft"),
    /** While it can be had; null leaves that end open. */
    onSaleFrom: instant("on_sale_from"),
    onSaleUntil: instant("on_sale_until"),
    /** Only for some people: `product_gates` says for whom. */
    isGated: boolean("is_gated").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (t) => [
    index("products_listing_idx").on(t.status, t.categoryId, t.id),
    check("products_status_check", sql`${t.status} in ('draft','active','archived')`),
    check("products_delivery_check", sql`${t.delivery} in ('shipped','pickup','virtual','coupon')`),
    check("products_window_check", sql`${t.onSaleFrom} is null or ${t.onSaleUntil} is null or ${t.onSaleFrom} < ${t.onSaleUntil}`),
  ],
);

/**
 * How a SKU is paid: `points` only; a fixed `points_cash` pair; or `cash_discount`, cash of which points can take a part
 * (and, with a points price, the whole of it for that price).
 */
export const PRICE_MODES = ["points", "points_cash", "cash_discount"] as const;
export type PriceMode = (typeof PRICE_MODES)[number];

/** `flash` is the offer of a flash sale: its own price, pieces and limit, beside the one that the shop lists. */
export const SKU_KINDS = ["shop", "flash"] as const;

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
    /** The fewest points that a line takes, when it takes any. */
    discountPointsMin: points("discount_points_min").notNull().default(0),
    /** How much of the cash price points can take, in percent. */
    discountShareMax: int("discount_share_max").notNull().default(100),
    /** How many points take one yuan off this SKU; null means the programme's. */
    discountPointsPerYuan: int("discount_points_per_yuan"),
    limitPerOrder: int("limit_per_order").notNull().default(99),
    /** 0 means no limit. */
    limitPerUser: int("limit_per_user").notNull().default(0),
    /** Per person and programme day; 0 means no limit. */
    limitPerDay: int("limit_per_day").notNull().default(0),
    kind: varchar("kind", { length: 5, enum: SKU_KINDS }).notNull().default("shop"),
    /** While it can be had; null leaves that end open. */
    onSaleFrom: instant("on_sale_from"),
    onSaleUntil: instant("on_sale_until"),
    /** Some people have a price of their own: `sku_prices`. */
    hasOwnPrices: boolean("has_own_prices").notNull().default(false),
    /** Virtual goods: its codes are in `virtual_codes` and handed out by themselves; else staff hands over. */
    hasCodes: boolean("has_codes").notNull().default(false),
    /** Delivery `coupon`: the template of the coupon that the buyer gets. */
    couponTemplateId: ref("coupon_template_id"),
    /** Staff is told when so few are left; null means the settings' number. */
    lowStock: int("low_stock"),
    position: int("position").notNull().default(0),
    isActive: boolean("is_active").notNull().default(true),
  },
  (t) => [
    index("skus_product_idx").on(t.productId, t.position),
    check("skus_amounts_check", sql`${t.pointsPrice} >= 0 and ${t.cashPriceCents} >= 0 and ${t.discountPointsMax} >= 0 and ${t.limitPerOrder} >= 1 and ${t.limitPerUser} >= 0 and ${t.limitPerDay} >= 0 and ${t.discountPointsMin} >= 0 and ${t.discountShareMax} between 1 and 100 and (${t.discountPointsPerYuan} is null or ${t.discountPointsPerYuan} >= 1)`),
    check("skus_window_check", sql`${t.onSaleFrom} is null or ${t.onSaleUntil} is null or ${t.onSaleFrom} < ${t.onSaleUntil}`),
    check("skus_kind_check", sql`${t.kind} in ('shop','flash')`),
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

export const STOCK_REASONS = ["initial", "adjust", "order", "release", "refund", "flash", "codes"] as const;
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

/** A picture that staff uploaded: re-encoded, in several widths, in the shop's storage under its public id. */
export const pictures = mysqlTable("pictures", {
  id: id(),
  publicId: token("public_id", { length: 22 }).notNull().unique("pictures_public_key"),
  width: int("width").notNull(),
  height: int("height").notNull(),
  bytes: int("bytes").notNull(),
  uploadedBy: ref("uploaded_by").references(() => users.id, { onDelete: "restrict" }),
  /** Since when no product shows it; null while one does. After some weeks it is thrown away. */
  unusedSince: instant("unused_since").default(sql`CURRENT_TIMESTAMP(3)`),
  createdAt: createdAt(),
});

/** The pictures of a product, in order. The first is the one of its card. */
export const productPictures = mysqlTable(
  "product_pictures",
  {
    productId: ref("product_id").notNull().references(() => products.id, { onDelete: "restrict" }),
    pictureId: ref("picture_id").notNull().references(() => pictures.id, { onDelete: "restrict" }),
    position: int("position").notNull(),
    alt: varchar("alt", { length: 120 }).notNull().default(""),
    altEn: varchar("alt_en", { length: 120 }).notNull().default(""),
  },
  (t) => [primaryKey({ columns: [t.productId, t.pictureId] })],
);

/** People who want to know when a SKU is back. The row goes when they were told. */
export const stockWatches = mysqlTable(
  "stock_watches",
  {
    skuId: ref("sku_id").notNull().references(() => skus.id, { onDelete: "restrict" }),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.skuId, t.userId] }), index("stock_watches_user_idx").on(t.userId)],
);

/** SKUs that staff was told about; the row goes when there is enough again. */
export const stockAlerts = mysqlTable("stock_alerts", {
  skuId: ref("sku_id").primaryKey().references(() => skus.id, { onDelete: "restrict" }),
  stock: int("stock").notNull(),
  createdAt: createdAt(),
});

export const FLASH_STATUSES = ["scheduled", "closed"] as const;
export type FlashStatus = (typeof FLASH_STATUSES)[number];

/**
 * A sale of so many pieces for a short time. Its offer is a SKU of its own, of kind `flash`, that takes its pieces from the SKU of the shop
 * when it is planned and gives back what is left when it is closed.
 */
export const flashSales = mysqlTable(
  "flash_sales",
  {
    id: id(),
    skuId: ref("sku_id").notNull().unique("flash_sales_sku_key").references(() => skus.id, { onDelete: "restrict" }),
    /** Where its pieces come from and go back to. */
    shopSkuId: ref("shop_sku_id").notNull().references(() => skus.id, { onDelete: "restrict" }),
    name: varchar("name", { length: 60 }).notNull(),
    nameEn: varchar("name_en", { length: 60 }).notNull().default(""),
    pieces: int("pieces").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    status: varchar("status", { length: 10, enum: FLASH_STATUSES }).notNull().default("scheduled"),
    createdAt: createdAt(),
  },
  (t) => [
    index("flash_sales_time_idx").on(t.status, t.startsAt),
    check("flash_sales_check", sql`${t.pieces} >= 1 and ${t.startsAt} < ${t.endsAt} and ${t.status} in ('scheduled','closed')`),
  ],
);
