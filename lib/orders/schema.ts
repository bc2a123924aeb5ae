import { z } from "zod";

import { AddressInput } from "@/lib/accounts/schema";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const orderId = z.string().regex(/^[\w-]{22}$/, "field_invalid");
const couponId = orderId;
/** Digits, as a form sends them, or a number; not what a lenient reader takes for one ("1e3", "0x10", true). */
const whole = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value),
    z.number({ error: "field_invalid" }).int("field_invalid").min(min, "field_out_of_range").max(max, "field_out_of_range"),
  );

/** The shop's own page: what it showed comes with it, so that a price that moved is confirmed anew. */
export const RedeemInput = z.strictObject({
  requestId,
  skuId: whole(1, Number.MAX_SAFE_INTEGER),
  quantity: whole(1, 9_999),
  pointsToUse: whole(0, 1_000_000_000_000).optional(),
  expectedPoints: whole(0, 1_000_000_000_000_000),
  expectedCashDueCents: whole(0, 1_000_000_000_000_000),
  couponId: couponId.optional(),
  pickupPointId: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  address: AddressInput.optional(),
});

export type RedeemInput = z.infer<typeof RedeemInput>;

/** Different products that one order can have. */
export const ORDER_LINES_MAX = 20;

const lines = z
  .array(z.strictObject({ skuId: whole(1, Number.MAX_SAFE_INTEGER), quantity: whole(1, 9_999), inPoints: z.boolean().optional() }))
  .max(ORDER_LINES_MAX, "field_out_of_range")
  .refine((all) => new Set(all.map(({ skuId }) => skuId)).size === all.length, "field_invalid");

/** Several products at once. The version is that of the quote that was shown: another one now is confirmed anew. */
export const CheckoutInput = z.strictObject({
  requestId,
  lines,
  pointsToUse: whole(0, 1_000_000_000_000).optional(),
  couponId: couponId.optional(),
  pickupPointId: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  version: z.string("field_invalid").regex(/^[\d.-]{1,2000}$/, "field_invalid"),
  address: AddressInput.optional(),
});

export type CheckoutInput = z.infer<typeof CheckoutInput>;

export const CancelInput = z.strictObject({ requestId, orderId });
export const ReceiptInput = CancelInput;
/** Without a provider: the first that the shop has. */
export const PayInput = z.strictObject({ requestId, orderId, provider: z.enum(["wechat", "alipay", "stripe", "test"], "field_invalid").optional() });
export const CompleteInput = CancelInput;

const carrier = z.string({ error: "field_required" }).trim().min(1, "field_required").max(40, "field_too_long");
const trackingNumber = z.string({ error: "field_required" }).trim().min(1, "field_required").max(60, "field_too_long");

/** A parcel: with these pieces, or with all that are still to be sent. */
export const ShipInput = z.strictObject({
  requestId,
  orderId,
  carrier,
  trackingNumber,
  lines: z.array(z.strictObject({ line: whole(1, 32_767), quantity: whole(0, 9_999) })).max(200).optional(),
});

export const ParcelInput = z.strictObject({ requestId, orderId, shipmentId: whole(1, Number.MAX_SAFE_INTEGER), carrier, trackingNumber });

/** A file of parcels, as text: its rows are judged one by one. */
export const ParcelFileInput = z.strictObject({ requestId, text: z.string({ error: "field_required" }).trim().min(1, "field_required").max(300_000, "field_too_long") });

/** What somebody shows to pick up their order: the code alone, to look it up, or to hand it over. */
export const PickupLookInput = z.strictObject({ code: z.string({ error: "field_required" }).trim().min(1, "field_required").max(40, "field_too_long") });
export const PickupInput = PickupLookInput.extend({ requestId });

export const RevealInput = z.strictObject({ orderId, codeId: whole(1, Number.MAX_SAFE_INTEGER) });

/** Pieces of one line of an order that staff takes back. A box that is ticked is sent as "on". */
export const RefundInput = z.strictObject({
  requestId,
  orderId,
  line: whole(1, 32_767),
  quantity: whole(1, 9_999),
  restock: z.union([z.boolean(), z.literal("on").transform(() => true)]).default(false),
  reason: z.string({ error: "field_required" }).trim().min(1, "field_required").min(3, "field_too_short").max(200, "field_too_long"),
});

export const TestPaymentInput = z.strictObject({ reference: z.string().regex(/^[\w-]{22}$/, "field_invalid"), result: z.enum(["paid", "failed"]) });
