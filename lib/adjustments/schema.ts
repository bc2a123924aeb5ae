import { z } from "zod";

import { ADJUSTMENT_REASONS } from "@/db/schema/control";
import { parseDay, type Day } from "@/lib/day";

import { ADJUSTMENT_POINTS_MAX } from "./adjustment";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const publicId = z.string().regex(/^[\w-]{22}$/, "field_invalid");
const NOTE_MAX = 200;

/** Digits, as a form sends them, or a number; not what a lenient reader takes for one ("1e3", "0x10", true). */
const whole = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === "string" && /^\d{1,16}$/.test(value.trim()) ? Number(value) : value === "" ? undefined : value),
    z.number({ error: (issue) => (issue.input === undefined ? "field_required" : "field_invalid") }).int("field_invalid").min(min, "field_out_of_range").max(max, "field_out_of_range"),
  );

const day = z.string("field_invalid").transform((text, context): Day | null => {
  if (text.trim() === "") return null;
  try {
    return parseDay(text.trim());
  } catch {
    context.addIssue({ code: "custom", message: "field_invalid" });
    return null;
  }
});

const reason = z.enum(ADJUSTMENT_REASONS, "field_required");
/** Who decides must be able to judge it, and so must an auditor years later. */
const note = z.string("field_required").trim().min(2, "field_too_short").max(NOTE_MAX, "field_too_long");
const decisionNote = z.string("field_invalid").trim().max(NOTE_MAX, "field_too_long").default("");

/** A place under the attachments of the storage, as an upload was answered with. */
export const ATTACHMENT_KEY = /^attachments\/[0-9a-f]{32}\.(?:webp|pdf)$/;

/** Points are typed without a sign, and the direction is chosen. */
export const AdjustmentInput = z
  .strictObject({
    requestId,
    userId: whole(1, Number.MAX_SAFE_INTEGER),
    direction: z.enum(["in", "out"], "field_required"),
    points: whole(1, ADJUSTMENT_POINTS_MAX),
    reason,
    note,
    expiresOn: day.default(null),
    attachmentKey: z.string("field_invalid").refine((key) => key === "" || ATTACHMENT_KEY.test(key), "field_invalid").transform((key) => key || null).default(null),
  })
  .transform(({ direction, points, ...rest }) => ({ ...rest, points: direction === "out" ? -points : points }))
  .refine(({ points, expiresOn }) => points > 0 || expiresOn === null, { path: ["expiresOn"], message: "field_invalid" });

export type AdjustmentInput = z.infer<typeof AdjustmentInput>;

export const ApprovalInput = z.strictObject({ requestId, adjustmentId: publicId, note: decisionNote });
/** Who is told no is told why. */
export const RejectionInput = z.strictObject({ requestId, adjustmentId: publicId, note: z.string("field_required").trim().min(1, "field_required").max(NOTE_MAX, "field_too_long") });
export const WithdrawalInput = z.strictObject({ requestId, adjustmentId: publicId });

export const BatchApprovalInput = z.strictObject({ requestId, batchId: publicId, note: decisionNote });
export const BatchRejectionInput = z.strictObject({ requestId, batchId: publicId, note: z.string("field_required").trim().min(1, "field_required").max(NOTE_MAX, "field_too_long") });
export const BatchWithdrawalInput = z.strictObject({ requestId, batchId: publicId });

/** Bytes of a file of ten thousand rows with a note each. */
export const BATCH_FILE_MAX = 3 * 1024 * 1024;

export const BatchInput = z.strictObject({ requestId, text: z.string("field_required").min(1, "field_required").max(BATCH_FILE_MAX, "field_too_long"), fileName: z.string("field_invalid").trim().max(120, "field_too_long").default(""), reason, note });
export type BatchInput = z.infer<typeof BatchInput>;
