import { z } from "zod";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const id = z.coerce.number({ error: "field_invalid" }).int("field_invalid").positive("field_invalid");
const text = (max: number) => z.string({ error: "field_required" }).trim().max(max, "field_too_long");

export const CategoryInput = z.strictObject({
  requestId,
  id: id.optional(),
  slug: z.string().trim().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "field_invalid").max(60, "field_too_long").optional(),
  name: text(60).min(1, "field_required"),
  nameEn: text(60).default(""),
  parentId: id.nullable().default(null),
  /** Which place it has among those beside it, from 1; without it the last, or the one that it has. */
  place: z.coerce.number({ error: "field_invalid" }).int("field_invalid").min(1, "field_out_of_range").max(9_999, "field_out_of_range").optional(),
});
export type CategoryInput = z.infer<typeof CategoryInput>;

export const CategoryMoveInput = z.strictObject({ requestId, id, direction: z.enum(["up", "down"], { error: "field_invalid" }) });
export type CategoryMoveInput = z.infer<typeof CategoryMoveInput>;

export const CategoryDeleteInput = z.strictObject({ requestId, id });
export type CategoryDeleteInput = z.infer<typeof CategoryDeleteInput>;
