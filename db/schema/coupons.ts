import { sql } from "drizzle-orm";
import { boolean, check, index, int, json, mysqlTable, uniqueIndex, varchar } from "drizzle-orm/mysql-core";

import { createdAt, id, instant, points, ref, token } from "../columns";
import { users } from "./people";

export const COUPON_KINDS = ["amount", "percent", "free_delivery", "gift"] as const;
export type CouponKind = (typeof COUPON_KINDS)[number];
/** What a coupon takes off: cents of the cash, or points. */
export const COUPON_UNITS = ["cash", "points"] as const;
export type CouponUnit = (typeof COUPON_UNITS)[number];
export const COUPON_SCOPES = ["all", "categories", "products"] as const;
export type CouponScope = (typeof COUPON_SCOPES)[number];
export const COUPON_TEMPLATE_STATUSES = ["draft", "active", "archived"] as const;

/** What a coupon does, who can have it and for how long. Coupons keep to their template's terms: those cannot change once one was given out. */
export const couponTemplates = mysqlTable(
  "coupon_templates",
  {
    id: id(),
    name: varchar("name", { length: 60 }).notNull(),
    nameEn: varchar("name_en", { length: 60 }).notNull().default(""),
    kind: varchar("kind", { length: 15, enum: COUPON_KINDS }).notNull(),
    unit: varchar("unit", { length: 10, enum: COUPON_UNITS }).notNull().default("cash"),
    /** Cents or points that kind `amount` takes off. */
    amount: points("amount").notNull().default(0),
    /** What kind `percent` takes off, 1 to 100. */
    percent: int("percent").notNull().default(0),
    /** The most that kind `percent` takes off, in its unit; 0 means no limit. */
    amountMax: points("amount_max").notNull().default(0),
    /** What the goods in its scope must cost, in its unit; 0 means anything. */
    minSpend: points("min_spend").notNull().default(0),
    /** Kind `gift`: one piece of this SKU comes with the order. */
    giftSkuId: ref("gift_sku_id"),
    scope: varchar("scope", { length: 12, enum: COUPON_SCOPES }).notNull().default("all"),
    /** Ids of categories or products, by the scope. */
    scopeIds: json("scope_ids").$type<number[]>().notNull(),
    /** Whether people can take one in the claim centre, and when. */
    isClaimable: boolean("is_claimable").notNull().default(false),
    claimFrom: instant("claim_from"),
    claimUntil: instant("claim_until"),
    /** Coupons that one person can claim. */
    claimLimit: int("claim_limit").notNull().default(1),
    /** Who can claim it; null means everybody. */
    minLevelId: ref("min_level_id"),
    segmentId: ref("segment_id"),
    /** Coupons that are given out in all, however; 0 means no limit. */
    issuedMax: int("issued_max").notNull().default(0),
    /** When its coupons can be used: between these, or so many days from when one was given. */
    validFrom: instant("valid_from"),
    validUntil: instant("valid_until"),
    validDays: int("valid_days"),
    status: varchar("status", { length: 10, enum: COUPON_TEMPLATE_STATUSES }).notNull().default("draft"),
    position: int("position").notNull().default(0),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (t) => [
    check("coupon_templates_kind_check", sql`(${t.kind} = 'amount' and ${t.amount} > 0) or (${t.kind} = 'percent' and ${t.percent} between 1 and 100) or ${t.kind} = 'free_delivery' or (${t.kind} = 'gift' and ${t.giftSkuId} is not null)`),
    check("coupon_templates_amounts_check", sql`${t.amount} >= 0 and ${t.amountMax} >= 0 and ${t.minSpend} >= 0 and ${t.claimLimit} >= 1 and ${t.issuedMax} >= 0`),
    check("coupon_templates_validity_check", sql`(${t.validUntil} is null) <> (${t.validDays} is null)`),
    check("coupon_templates_status_check", sql`${t.status} in ('draft','active','archived')`),
  ],
);

/** How many coupons of a template were given out. A row of its own: it is hot while people claim. */
export const couponBudgets = mysqlTable("coupon_budgets", {
  templateId: ref("template_id").primaryKey().references(() => couponTemplates.id, { onDelete: "restrict" }),
  issued: int("issued").notNull().default(0),
});

export const COUPON_STATUSES = ["active", "used", "void"] as const;
export type CouponStatus = (typeof COUPON_STATUSES)[number];

/** One coupon: of a person, or a printed code that waits for one. It expires by the clock, whatever its status. */
export const coupons = mysqlTable(
  "coupons",
  {
    id: id(),
    publicId: token("public_id", { length: 22 }).notNull().unique("coupons_public_key"),
    templateId: ref("template_id").notNull().references(() => couponTemplates.id, { onDelete: "restrict" }),
    userId: ref("user_id").references(() => users.id, { onDelete: "restrict" }),
    /** What a person types to have it; null for one that was given to a person directly. */
    code: token("code", { length: 24 }).unique("coupons_code_key"),
    status: varchar("status", { length: 10, enum: COUPON_STATUSES }).notNull().default("active"),
    /** The order that it was used for. A named order and no foreign key: it is written in the same packet. */
    orderPublicId: token("order_public_id", { length: 22 }),
    /** Why it exists, once: "claim", "grant", "order", "draw", "code". */
    sourceType: token("source_type", { length: 20 }).notNull(),
    sourceId: token("source_id", { length: 64 }).notNull(),
    usableFrom: instant("usable_from").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("coupons_source_key").on(t.sourceType, t.sourceId),
    index("coupons_user_idx").on(t.userId, t.status, t.expiresAt),
    index("coupons_template_idx").on(t.templateId, t.status),
    index("coupons_order_idx").on(t.orderPublicId),
    check("coupons_status_check", sql`${t.status} in ('active','used','void') and (${t.status} = 'used') = (${t.orderPublicId} is not null)`),
  ],
);
