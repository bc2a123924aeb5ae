import { z } from "zod";

import { NOTICE_KINDS } from "@/db/schema/loyalty";

import { isFixed } from "./notice";

export const ADJUSTABLE_KINDS = NOTICE_KINDS.filter((kind) => !isFixed(kind));

const Preference = z.strictObject({ inApp: z.boolean(), byMail: z.boolean() });

/** What somebody chose, kind by kind; a kind that is left out stays as it is. */
export const PreferencesInput = z.strictObject({ preferences: z.partialRecord(z.enum(NOTICE_KINDS), Preference) });

export const ReadInput = z.strictObject({ id: z.coerce.number().int().positive() });

export const NothingInput = z.object({});
