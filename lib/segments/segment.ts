import { z } from "zod";

/** Groups of people by recency, frequency and value of their orders, as the roll-up of the reports writes them down (lib/reports/people.ts says who is in which). */
export const RFM_GROUPS = ["champions", "loyal", "new", "promising", "at_risk", "sleeping", "lost"] as const;
export type RfmGroup = (typeof RFM_GROUPS)[number];

const days = z.number().int().min(1).max(3_650);
const count = z.number().int().min(0).max(1_000_000);

/** Who belongs to a segment: people for whom everything that is set here is true. At least one thing is. */
export const SegmentDefinition = z
  .strictObject({
    /** On one of these levels. */
    levelIds: z.array(z.number().int().positive()).min(1).max(50).optional(),
    /** In one of these groups by their orders, as of the last day that is over. */
    rfmGroups: z.array(z.enum(RFM_GROUPS)).min(1).max(RFM_GROUPS.length).optional(),
    joinedWithinDays: days.optional(),
    joinedBeforeDays: days.optional(),
    /** Orders that stand: not cancelled, not refunded. */
    ordersMin: count.optional(),
    ordersMax: count.optional(),
    paidOrdersMin: count.optional(),
    orderedWithinDays: days.optional(),
    /** No order for so long; who never ordered belongs too. */
    noOrderForDays: days.optional(),
    checkedInWithinDays: days.optional(),
    noCheckInForDays: days.optional(),
    pointsMin: count.optional(),
    pointsExpiringWithinDays: days.optional(),
    /** Chosen by hand, whatever else is set. */
    userIds: z.array(z.number().int().positive()).max(10_000).optional(),
  })
  .refine((definition) => Object.values(definition).some((value) => value !== undefined), "field_required");

export type SegmentDefinition = z.infer<typeof SegmentDefinition>;
