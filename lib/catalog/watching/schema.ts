import { z } from "zod";

/** Waiting twice is waiting once: it needs no key. */
export const WatchInput = z.strictObject({ skuId: z.coerce.number().int().positive() });

export type WatchInput = z.infer<typeof WatchInput>;
