import { z } from "zod";

import { RFM_GROUPS, SegmentDefinition } from "./segment";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const text = (max: number) => z.string({ error: "field_required" }).trim().max(max, "field_too_long");
const id = z.preprocess(
  (value) => (typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value),
  z.number({ error: "field_invalid" }).int("field_invalid").positive("field_invalid").max(Number.MAX_SAFE_INTEGER, "field_invalid"),
);

/** A window that nobody can be in is a mistake of whoever typed it. */
const Possible = SegmentDefinition.superRefine(({ ordersMin, ordersMax, joinedWithinDays, joinedBeforeDays, orderedWithinDays, noOrderForDays, checkedInWithinDays, noCheckInForDays }, context) => {
  const refuseUnless = (isPossible: boolean, path: string) => {
    if (!isPossible) context.addIssue({ code: "custom", path: [path], message: "field_out_of_range" });
  };
  refuseUnless(ordersMin === undefined || ordersMax === undefined || ordersMin <= ordersMax, "ordersMax");
  refuseUnless(joinedWithinDays === undefined || joinedBeforeDays === undefined || joinedBeforeDays < joinedWithinDays, "joinedBeforeDays");
  refuseUnless(orderedWithinDays === undefined || noOrderForDays === undefined || noOrderForDays < orderedWithinDays, "noOrderForDays");
  refuseUnless(checkedInWithinDays === undefined || noCheckInForDays === undefined || noCheckInForDays < checkedInWithinDays, "noCheckInForDays");
});

export const SegmentInput = z.strictObject({
  requestId,
  id: id.optional(),
  name: text(60).min(1, "field_required"),
  nameEn: text(60).default(""),
  definition: Possible,
  isActive: z.boolean().default(true),
});

export type SegmentInput = z.infer<typeof SegmentInput>;

export const SegmentPreviewInput = z.strictObject({ definition: Possible });

export const RefreshSegmentInput = z.strictObject({ requestId, id });

/** The people of one group by their orders. */
export const GroupSegmentInput = z.strictObject({ requestId, group: z.enum(RFM_GROUPS, "field_invalid") });
