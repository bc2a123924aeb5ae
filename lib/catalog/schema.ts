import { z } from "zod";

import { DELIVERIES, PRICE_MODES, PRODUCT_STATUSES } from "@/db/schema/catalog";

const POINTS_MAX = 100_000_000;
const CENTS_MAX = 100_000_000;
const STOCK_MAX = 10_000_000;

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const id = z.coerce.number().int().positive();
const whole = (max: number, min = 0) =>
  z.coerce.number({ error: "field_invalid" }).int("field_invalid").min(min, "field_out_of_range").max(max, "field_out_of_range");
const text = (max: number) => z.string().trim().max(max, "field_too_long");

export const SkuInput = z
  .strictObject({
    id: id.optional(),
    name: text(60).default(""),
    nameEn: text(60).default(""),
    priceMode: z.enum(PRICE_MODES),
    pointsPrice: whole(POINTS_MAX),
    cashPriceCents: whole(CENTS_MAX).default(0),
    discountPointsMax: whole(POINTS_MAX).default(0),
    limitPerOrder: whole(9_999, 1).default(99),
    limitPerUser: whole(9_999).default(0),
    isActive: z.boolean().default(true),
    initialStock: whole(STOCK_MAX).default(0),
  })
  .superRefine((sku, context) => {
    const say = (path: string) => context.addIssue({ code: "custom", path: [path], message: "field_out_of_range" });
    if (sku.priceMode !== "cash_discount" && sku.pointsPrice === 0) say("pointsPrice");
    if (sku.priceMode !== "points" && sku.cashPriceCents === 0) say("cashPriceCents");
    if (sku.priceMode === "points" && sku.cashPriceCents !== 0) say("cashPriceCents");
  });

export const ProductInput = z.strictObject({
  requestId,
  id: id.optional(),
  slug: z.string().trim().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "field_invalid").max(80, "field_too_long").optional(),
  name: text(100).min(1, "field_required"),
  nameEn: text(100).default(""),
  description: text(5_000).default(""),
  descriptionEn: text(5_000).default(""),
  categoryId: id.nullish(),
  picture: z.string().regex(/^[a-z0-9-]{1,40}$/, "field_invalid").default("gift"),
  delivery: z.enum(DELIVERIES).default("shipped"),
  status: z.enum(PRODUCT_STATUSES).default("draft"),
  skus: z.array(SkuInput).min(1, "field_required").max(50, "field_out_of_range"),
});

export type ProductInput = z.infer<typeof ProductInput>;

export const StockInput = z.strictObject({
  requestId,
  skuId: id,
  change: whole(STOCK_MAX, -STOCK_MAX).refine((change) => change !== 0, "field_out_of_range"),
  note: text(200).min(1, "field_required"),
});

export const ProductStatusInput = z.strictObject({ requestId, id, status: z.enum(PRODUCT_STATUSES) });
