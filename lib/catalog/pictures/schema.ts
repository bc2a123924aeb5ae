import { z } from "zod";

export const PICTURES_MAX = 12;
export const ALT_MAX = 120;

const alt = z.string().trim().max(ALT_MAX, "field_too_long").default("");

/** The pictures of a product, in their order: all of them, so that what is not named is taken off. */
export const ProductPicturesInput = z.strictObject({
  requestId: z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid"),
  productId: z.coerce.number().int().positive(),
  pictures: z
    .array(z.strictObject({ pictureId: z.string().regex(/^[\w-]{22}$/, "field_invalid"), alt, altEn: alt }))
    .max(PICTURES_MAX, "field_out_of_range")
    .refine((pictures) => new Set(pictures.map(({ pictureId }) => pictureId)).size === pictures.length, "field_invalid"),
});

export type ProductPicturesInput = z.infer<typeof ProductPicturesInput>;
