import { z } from "zod";

import { BODY_MAX, BODY_MIN, lengthOf, plainText } from "./review";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
/** Digits, as a form sends them, or a number; not what a lenient reader takes for one ("1e3", "0x10", true). */
const whole = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value),
    z.number({ error: "field_required" }).int("field_invalid").min(min, "field_out_of_range").max(max, "field_out_of_range"),
  );

/** More than a review can be, and little enough to look at. */
const RAW_MAX = 10_000;

export const ReviewInput = z.strictObject({
  requestId,
  orderId: z.string().regex(/^[\w-]{22}$/, "field_invalid"),
  productId: whole(1, Number.MAX_SAFE_INTEGER),
  rating: whole(1, 5),
  body: z
    .string({ error: "field_required" })
    .max(RAW_MAX, "field_too_long")
    .transform(plainText)
    .refine((body) => lengthOf(body) >= BODY_MIN, "field_too_short")
    .refine((body) => lengthOf(body) <= BODY_MAX, "field_too_long"),
});

export type ReviewInput = z.infer<typeof ReviewInput>;

/** Who is told no is told why. */
export const ModerationInput = z
  .strictObject({
    requestId,
    reviewId: whole(1, Number.MAX_SAFE_INTEGER),
    verdict: z.enum(["approved", "rejected"]),
    note: z.string().trim().max(200, "field_too_long").default(""),
  })
  .refine(({ verdict, note }) => verdict === "approved" || note !== "", { path: ["note"], message: "field_required" });

export type ModerationInput = z.infer<typeof ModerationInput>;
