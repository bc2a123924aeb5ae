import { z } from "zod";

import { FreezeReason, FreezeUntil } from "@/lib/accounts/schema";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const id = z.coerce.number().int().positive();
const note = z.string({ error: "field_required" }).trim().max(200, "field_too_long").default("");

/** Alerts that are settled together. */
export const ALERTS_AT_ONCE = 50;

/** `dismiss`: it was nothing, and what the rule did is undone. `confirm`: it was so; a freeze stays. `close`: it was so, and the person goes on. */
export const VERDICTS = ["dismiss", "confirm", "close"] as const;
export type Verdict = (typeof VERDICTS)[number];

export const AlertDecisionInput = z.strictObject({ requestId, id, verdict: z.enum(VERDICTS, { error: "field_required" }), note });
export const AlertFreezeInput = z.strictObject({ requestId, id, reason: FreezeReason, until: FreezeUntil });

export const AlertsDecisionInput = z.strictObject({
  requestId, ids: z.array(id).min(1, "field_required").max(ALERTS_AT_ONCE, "field_out_of_range"), verdict: z.enum(VERDICTS, { error: "field_required" }), note,
});

/** Characters of an appeal and of the answer to it. */
export const APPEAL_MAX = 1000;
export const ANSWER_MAX = 500;

export const AppealInput = z.strictObject({ requestId, body: z.string({ error: "field_required" }).trim().min(10, "field_too_short").max(APPEAL_MAX, "field_too_long") });
export const AppealDecisionInput = z.strictObject({
  requestId, id, verdict: z.enum(["accept", "decline"], { error: "field_required" }), answer: z.string({ error: "field_required" }).trim().min(3, "field_too_short").max(ANSWER_MAX, "field_too_long"),
});
