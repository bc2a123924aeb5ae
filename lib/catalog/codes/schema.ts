import { z } from "zod";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const skuId = z.coerce.number("field_invalid").int("field_invalid").positive("field_invalid");

export const CODES_MAX = 10_000;
const CODE_LENGTH_MAX = 200;
/** So many bytes of a code fit into its column with what stands around them. */
const CODE_BYTES_MAX = 500;

const code = z.string().max(CODE_LENGTH_MAX, "field_too_long").refine((text) => new TextEncoder().encode(text).length <= CODE_BYTES_MAX, "field_too_long");

/** One code a line, as a spreadsheet's only column or a supplier's list has them; a heading "code" is left out. */
export const codesIn = (text: string): string[] => {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/).map((line) => unquoted(line.trim().replace(/(?<![,;\t])[,;\t]+$/, ""))).filter((line) => line !== "");
  return /^(code|codes|兑换码|卡密|券码)$/i.test(lines[0] ?? "") ? lines.slice(1) : lines;
};

const unquoted = (text: string): string => (/^".*"$/.test(text) ? text.slice(1, -1).replaceAll('""', '"').trim() : text);

const codes = z.string({ error: "field_required" }).transform(codesIn).pipe(z.array(code).min(1, "field_required").max(CODES_MAX, "field_out_of_range"));

export const AddCodesInput = z.strictObject({ requestId, skuId, codes });

/** These codes, or without any all that are free. */
export const VoidCodesInput = z.strictObject({
  requestId,
  skuId,
  codes: z.string().transform((text) => (text.trim() === "" ? undefined : text)).pipe(codes.optional()).optional(),
  all: z.literal("on").optional(),
  note: z.string({ error: "field_required" }).trim().min(3, "field_too_short").max(200, "field_too_long"),
}).superRefine(({ codes: named, all }, context) => {
  // Nobody empties a pool by leaving a field empty.
  if ((named === undefined) === (all === undefined)) context.addIssue({ code: "custom", path: ["codes"], message: "field_required" });
});
