import { z } from "zod";

import { AUDIENCES } from "@/db/schema/audience";
import { DELIVERIES, PRICE_MODES, PRODUCT_STATUSES, type PriceMode } from "@/db/schema/catalog";

const POINTS_MAX = 100_000_000;
const CENTS_MAX = 100_000_000;
const STOCK_MAX = 10_000_000;
const LIMIT_MAX = 9_999;
const LOW_STOCK_MAX = 100_000;
const AUDIENCES_MAX = 20;

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const id = z.coerce.number().int().positive();
const whole = (max: number, min = 0) =>
  z.coerce.number({ error: "field_invalid" }).int("field_invalid").min(min, "field_out_of_range").max(max, "field_out_of_range");
const text = (max: number) => z.string().trim().max(max, "field_too_long");

const instant = z.coerce.date({ error: "field_invalid" }).nullable().default(null);
type Window = { onSaleFrom: Date | null; onSaleUntil: Date | null };
const isWindow = ({ onSaleFrom, onSaleUntil }: Window): boolean => !onSaleFrom || !onSaleUntil || onSaleFrom < onSaleUntil;

/** A level and those above it, or a segment. */
const AudienceInput = z.strictObject({ kind: z.enum(AUDIENCES, { error: "field_required" }), audienceId: id });
export type AudienceInput = z.infer<typeof AudienceInput>;
export const audienceKey = ({ kind, audienceId }: AudienceInput): string => `${kind}:${audienceId}`;

/** What the SKU costs for them, in its own price mode. */
const OwnPriceInput = z.strictObject({ ...AudienceInput.shape, pointsPrice: whole(POINTS_MAX), cashPriceCents: whole(CENTS_MAX).default(0) });
export type OwnPriceInput = z.infer<typeof OwnPriceInput>;

const SkuFields = z.strictObject({
  id: id.optional(),
  name: text(60).default(""),
  nameEn: text(60).default(""),
  priceMode: z.enum(PRICE_MODES),
  pointsPrice: whole(POINTS_MAX),
  cashPriceCents: whole(CENTS_MAX).default(0),
  discountPointsMax: whole(POINTS_MAX).default(0),
  discountPointsMin: whole(POINTS_MAX).default(0),
  discountShareMax: whole(100, 1).default(100),
  discountPointsPerYuan: whole(1_000_000, 1).nullable().default(null),
  limitPerOrder: whole(LIMIT_MAX, 1).default(99),
  limitPerUser: whole(LIMIT_MAX).default(0),
  limitPerDay: whole(LIMIT_MAX).default(0),
  onSaleFrom: instant,
  onSaleUntil: instant,
  hasCodes: z.boolean().default(false),
  couponTemplateId: id.nullable().default(null),
  lowStock: whole(LOW_STOCK_MAX).nullable().default(null),
  isActive: z.boolean().default(true),
  prices: z.array(OwnPriceInput).max(AUDIENCES_MAX, "field_out_of_range").default([]),
  initialStock: whole(STOCK_MAX).default(0),
});

export const SkuInput = SkuFields.superRefine((sku, context) => {
  const say = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
  for (const field of misprices(sku.priceMode, sku)) say([field], "field_out_of_range");
  if (sku.priceMode === "cash_discount" && sku.discountPointsMin > sku.discountPointsMax) say(["discountPointsMin"], "field_out_of_range");
  if (!isWindow(sku)) say(["onSaleUntil"], "field_out_of_range");
  if (sku.hasCodes && sku.initialStock > 0) say(["initialStock"], "field_out_of_range");
  const seen = new Set<string>();
  for (const [index, price] of sku.prices.entries()) {
    for (const field of misprices(sku.priceMode, price)) say(["prices", index, field], "field_out_of_range");
    if (seen.has(audienceKey(price))) say(["prices", index, "audienceId"], "field_repeated");
    seen.add(audienceKey(price));
  }
});

/** The amounts that do not go with a price mode. */
function misprices(priceMode: PriceMode, { pointsPrice, cashPriceCents }: { pointsPrice: number; cashPriceCents: number }): ("pointsPrice" | "cashPriceCents")[] {
  const wrong: ("pointsPrice" | "cashPriceCents")[] = [];
  if (priceMode !== "cash_discount" && pointsPrice === 0) wrong.push("pointsPrice");
  if ((priceMode === "points") !== (cashPriceCents === 0)) wrong.push("cashPriceCents");
  return wrong;
}

const ProductFields = z.strictObject({
  requestId,
  id: id.optional(),
  /** The product's last change that the editor has seen; without it whatever is there is overwritten. */
  version: z.coerce.date({ error: "field_invalid" }).optional(),
  slug: z.string().trim().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "field_invalid").max(80, "field_too_long").optional(),
  name: text(100).min(1, "field_required"),
  nameEn: text(100).default(""),
  description: text(5_000).default(""),
  descriptionEn: text(5_000).default(""),
  categoryId: id.nullish(),
  picture: z.string().regex(/^[a-z0-9-]{1,40}$/, "field_invalid").default("gift"),
  delivery: z.enum(DELIVERIES).default("shipped"),
  status: z.enum(PRODUCT_STATUSES).default("draft"),
  onSaleFrom: instant,
  onSaleUntil: instant,
  /** For whom it is; empty for everybody. */
  gates: z.array(AudienceInput).max(AUDIENCES_MAX, "field_out_of_range").default([]),
  skus: z.array(SkuInput).min(1, "field_required").max(50, "field_out_of_range"),
});

/** A product's fields, which must make sense together: each fault is told at the field where it is mended. */
export const ProductInput = ProductFields.superRefine((product, context) => {
  const say = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
  if (!isWindow(product)) say(["onSaleUntil"], "field_out_of_range");
  if (new Set(product.gates.map(audienceKey)).size < product.gates.length) say(["gates"], "field_repeated");
  for (const [index, sku] of product.skus.entries()) {
    if (sku.hasCodes && product.delivery !== "virtual") say(["skus", index, "hasCodes"], "field_invalid");
    if (sku.couponTemplateId !== null && product.delivery !== "coupon") say(["skus", index, "couponTemplateId"], "field_invalid");
  }
});

export type ProductInput = z.infer<typeof ProductInput>;

export const StockInput = z.strictObject({
  requestId,
  skuId: id,
  change: whole(STOCK_MAX, -STOCK_MAX).refine((change) => change !== 0, "field_out_of_range"),
  note: text(200).min(1, "field_required"),
});

export const ProductStatusInput = z.strictObject({ requestId, id, status: z.enum(PRODUCT_STATUSES) });

export const PreviewInput = z.strictObject({ source: z.string().max(5_000, "field_too_long") });
