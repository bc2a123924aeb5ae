import { z } from "zod";

export const CheckInInput = z.strictObject({ requestId: z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid") });
