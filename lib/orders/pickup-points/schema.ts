import { z } from "zod";

const text = (max: number) => z.string({ error: "field_required" }).trim().max(max, "field_too_long");

export const PickupPointInput = z.strictObject({
  requestId: z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid"),
  id: z.coerce.number("field_invalid").int("field_invalid").positive("field_invalid").optional(),
  name: text(60).min(1, "field_required"),
  nameEn: text(60).default(""),
  address: text(200).min(1, "field_required"),
  addressEn: text(200).default(""),
  hours: text(100).default(""),
  phone: text(30).regex(/^[\d\s()+\-转ext.]*$/, "field_invalid").default(""),
  position: z.coerce.number("field_invalid").int("field_invalid").min(0, "field_out_of_range").max(9_999, "field_out_of_range").default(0),
  isActive: z.boolean().default(true),
});

export type PickupPointInput = z.infer<typeof PickupPointInput>;
