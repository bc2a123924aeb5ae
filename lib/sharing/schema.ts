import { z } from "zod";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");

export const ReferralDecisionInput = z.strictObject({ requestId, friendId: z.coerce.number().int().positive(), decision: z.enum(["approve", "refuse"], { error: "field_invalid" }) });
export type ReferralDecision = z.infer<typeof ReferralDecisionInput>;
