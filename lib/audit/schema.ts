import { z } from "zod";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");

/** A person who looked says what they found. */
export const ClearInput = z.strictObject({
  requestId,
  userId: z.coerce.number().int().positive(),
  note: z.string({ error: "field_required" }).trim().min(3, "field_too_short").max(200, "field_too_long"),
});

export const CheckInput = z.strictObject({ requestId });
