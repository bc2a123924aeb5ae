import { z } from "zod";

/** A whole number within bounds; what is wrong with another is a key of the refusals' messages. */
export const whole = (min: number, max: number) => z.number("field_invalid").int("field_invalid").min(min, "field_out_of_range").max(max, "field_out_of_range");

/**
 * When points expire, always at the end of a programme day. The kinds are those of Voucherify's point expiry.
 * `rolling` months and years end on the same day of a later month, or on its last day when it has none: 31 January and one month is the end of February.
 */
export const ExpiryPolicy = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({
    kind: z.literal("rolling"),
    every: whole(1, 3650),
    unit: z.enum(["day", "month", "year"]),
    /** Moved on to the last day of the month, quarter or year that it falls into. */
    roundTo: z.enum(["month", "quarter", "year"]).nullable().default(null),
  }),
  /** On the next of these days of the year, "MM-DD"; "02-29" is the last of February where there is none. */
  z.strictObject({ kind: z.literal("calendar"), dates: z.array(z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "field_invalid")).min(1, "field_required").max(20, "field_out_of_range") }),
  /** All of a person's points, when they have neither earned nor spent for so many days. */
  z.strictObject({ kind: z.literal("sliding"), inactiveDays: whole(1, 3650) }),
]);

export type ExpiryPolicy = z.infer<typeof ExpiryPolicy>;
