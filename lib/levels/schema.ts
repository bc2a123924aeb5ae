import { z } from "zod";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const text = (max: number) => z.string({ error: "field_required" }).trim().max(max, "field_too_long");
/** Digits, as a form sends them, or a number; not what a lenient reader takes for one ("1e3", "0x10", true). */
const whole = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value),
    z.number({ error: "field_invalid" }).int("field_invalid").min(min, "field_out_of_range").max(max, "field_out_of_range"),
  );

export const LevelInput = z.strictObject({
  requestId,
  id: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  rank: whole(0, 100),
  name: text(40).min(1, "field_required"),
  nameEn: text(40).default(""),
  threshold: whole(0, 1_000_000_000),
  multiplierPercent: whole(100, 1_000),
  benefits: text(400).default(""),
  benefitsEn: text(400).default(""),
  isActive: z.boolean().default(true),
});

export type LevelInput = z.infer<typeof LevelInput>;
