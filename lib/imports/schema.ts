import { z } from "zod";

export const IMPORT_KINDS = ["members", "products"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");

/** Characters of one file: five thousand members with long names. */
const TEXT_MAX = 900_000;

/** A table as it was read from a file or pasted. */
export const ImportInput = z.strictObject({
  requestId,
  kind: z.enum(IMPORT_KINDS),
  fileName: z.string().trim().max(120, "field_too_long").default(""),
  text: z.string({ error: "field_required" }).trim().min(1, "field_required").max(TEXT_MAX, "field_too_long"),
});
