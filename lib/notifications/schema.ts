import { z } from "zod";

import { NOTICE_KINDS } from "@/db/schema/loyalty";

import { isFixed } from "./notice";

export const ADJUSTABLE_KINDS = NOTICE_KINDS.filter((kind) => !isFixed(kind));

const Preference = z.strictObject({ inApp: z.boolean(), byMail: z.boolean() });

/** What somebody chose, kind by kind; a kind that is left out stays as it is. */
export const PreferencesInput = z.strictObject({ preferences: z.partialRecord(z.enum(NOTICE_KINDS), Preference) });

export const ReadInput = z.strictObject({ id: z.coerce.number().int().positive() });

export const NothingInput = z.object({});

/** Messages that staff wants sent after all: a page of them at the most. */
export const RetryMailInput = z.strictObject({
  requestId: z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid"),
  ids: z.array(z.coerce.number("field_invalid").int("field_invalid").positive("field_invalid")).min(1, "field_required").max(100, "field_out_of_range"),
});
