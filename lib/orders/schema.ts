import { z } from "zod";

import { AddressInput } from "@/lib/accounts/schema";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const orderId = z.string().regex(/^[\w-]{22}$/, "field_invalid");
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
  address: AddressInput.optional(),
});

export type RedeemInput = z.infer<typeof RedeemInput>;

export const CancelInput = z.strictObject({ requestId, orderId });
export const ReceiptInput = CancelInput;
export const PayInput = CancelInput;
export const CompleteInput = CancelInput;

export const ShipInput = z.strictObject({
  requestId,
  orderId,
  carrier: z.string({ error: "field_required" }).trim().min(1, "field_required").max(40, "field_too_long"),
  trackingNumber: z.string({ error: "field_required" }).trim().min(1, "field_required").max(60, "field_too_long"),
});

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
