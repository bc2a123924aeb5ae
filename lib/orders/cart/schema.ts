import { z } from "zod";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const whole = (min: number, max: number) => z.coerce.number({ error: "field_invalid" }).int("field_invalid").min(min, "field_out_of_range").max(max, "field_out_of_range");
const skuId = whole(1, Number.MAX_SAFE_INTEGER);

/** More of a product. */
export const AddToCartInput = z.strictObject({ requestId, skuId, quantity: whole(1, 9_999) });
/** So many of it; 0 takes it out. */
export const CartQuantityInput = z.strictObject({ requestId, skuId, quantity: whole(0, 9_999) });
