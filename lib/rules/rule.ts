import { z } from "zod";

import { PERKS, RULE_STATUSES, type Perk } from "@/db/schema/points";
import { ExpiryPolicy } from "@/lib/settings/expiry";

/** What the shop rewards. The client never names one: each is the consequence of something the server saw. */
export const ACTIONS = [
  "register", "login", "checkin", "purchase", "first_order", "repurchase", "share", "review", "birthday", "referral", "referred", "custom",
] as const;
export type Action = (typeof ACTIONS)[number];

/** Who a person is to the programme, as far as rules ask. */
export const SEGMENTS = ["newcomer", "first_time_buyer", "repeat_buyer", "not_yet_buyer"] as const;
export type Segment = (typeof SEGMENTS)[number];

const wholePoints = z.number().int().min(1).max(1_000_000);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "field_invalid");

/** All of a rule's conditions must hold. Without any it always applies. */
export const Condition = z.discriminatedUnion("kind", [
  /** Cash paid for the order, in cents. */
  z.strictObject({ kind: z.literal("amount"), minCents: z.number().int().min(0).max(1_000_000_000), maxCents: z.number().int().min(0).max(1_000_000_000).nullable().default(null) }),
  /** The order holds an item of one of these categories; effects by yuan and by item count only such items. */
  z.strictObject({ kind: z.literal("category"), categoryIds: z.array(z.number().int().positive()).min(1).max(50) }),
  /** The person's level has at least this rank. */
  z.strictObject({ kind: z.literal("level"), rankMin: z.number().int().min(0).max(100) }),
  z.strictObject({ kind: z.literal("segment"), segment: z.enum(SEGMENTS) }),
  /** Hours of the programme's day; from 22:00 to 02:00 runs over midnight. The end is not included. */
  z.strictObject({ kind: z.literal("hours"), from: clock, to: clock }),
  /** Monday is 1, Sunday is 7. */
  z.strictObject({ kind: z.literal("weekdays"), days: z.array(z.number().int().min(1).max(7)).min(1).max(7) }),
  /** The check-in that brings the streak to so many days, or to a multiple of them. */
  z.strictObject({ kind: z.literal("streak"), days: z.number().int().min(1).max(3650), repeats: z.boolean().default(false) }),
  /** The day, checked in or made up, that is the so many-th of the month or of all time. */
  z.strictObject({ kind: z.literal("check_ins"), per: z.enum(["month", "ever"]), count: z.number().int().min(1).max(3650) }),
  /** A custom event of this name. */
  z.strictObject({ kind: z.literal("event"), name: z.string().regex(/^[a-z][a-z0-9_.-]{0,39}$/, "field_invalid") }),
]);
export type Condition = z.infer<typeof Condition>;

export const Effect = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("fixed"), points: wholePoints }),
  /** Points by day of the streak. After the last step: from the first again, on at the last, or from the first at each month. */
  z.strictObject({ kind: z.literal("ladder"), steps: z.array(z.number().int().min(0).max(1_000_000)).min(1).max(366), after: z.enum(["restart", "continue", "month"]).default("restart") }),
  /** Points for each yuan paid in cash, in proportion to the cent. */
  z.strictObject({ kind: z.literal("per_yuan"), points: wholePoints }),
  z.strictObject({ kind: z.literal("per_item"), points: wholePoints }),
  /** Multiplies what the other rules give: 200 doubles it. */
  z.strictObject({ kind: z.literal("multiplier"), percent: z.number().int().min(101).max(1000) }),
  z.strictObject({ kind: z.literal("perk"), perk: z.enum(PERKS), quantity: z.number().int().min(1).max(10) }),
]);
export type Effect = z.infer<typeof Effect>;

const cap = z.number().int().min(1).max(100_000_000).nullable().default(null);

export const Caps = z.strictObject({
  timesPerDay: cap, pointsPerDay: cap, timesInAll: cap, pointsInAll: cap,
  /** Points that the whole campaign may grant, to everybody together. */
  budget: cap,
  /** Hours between two earnings of one person. */
  cooldownHours: z.number().int().min(1).max(87_600).nullable().default(null),
  /** An earning that would pass a cap on points is cut to what is left, or refused whole. */
  overflow: z.enum(["truncate", "reject"]).default("truncate"),
});
export type Caps = z.infer<typeof Caps>;

/** Whether what a person has earned over all days is kept for these caps; earnings of each day always are. */
export const keepsTotals = (caps: Caps): boolean => caps.timesInAll !== null || caps.pointsInAll !== null || caps.cooldownHours !== null;

/** When points can be spent. */
export const Holding = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("days"), days: z.number().int().min(1).max(365) }),
  /** When the order was received. */
  z.strictObject({ kind: z.literal("receipt") }),
  /** When a custom event of this name comes for the person. */
  z.strictObject({ kind: z.literal("event"), name: z.string().regex(/^[a-z][a-z0-9_.-]{0,39}$/, "field_invalid") }),
]);
export type Holding = z.infer<typeof Holding>;

export const Definition = z.strictObject({
  conditions: z.array(Condition).max(10).default([]),
  effect: Effect,
  /** Whether other rules for the same event count too; of rules that stand alone, the one of highest priority does. */
  stacks: z.boolean().default(true),
  caps: Caps.default(Caps.parse({})),
  holding: Holding.default({ kind: "none" }),
  /** When these points expire; null means the programme's policy. Sliding is a promise about all of a person's points, so no rule makes it alone. */
  expiry: ExpiryPolicy.refine(({ kind }) => kind !== "sliding", "field_invalid").nullable().default(null),
});
export type Definition = z.infer<typeof Definition>;

/** A rule in force, as the engine needs it. */
export type Rule = { id: number; actionType: Action; priority: number; startsAt: Date | null; endsAt: Date | null; definition: Definition };

/** What a version of a rule was, for its history and for replaying the past. */
export const RuleSnapshot = z.object({
  actionType: z.enum(ACTIONS), name: z.string(), nameEn: z.string(), status: z.enum(RULE_STATUSES), priority: z.number(),
  startsAt: z.string().nullable(), endsAt: z.string().nullable(), definition: Definition,
});
export type RuleSnapshot = z.infer<typeof RuleSnapshot>;

export type PerkGift = { perk: Perk; quantity: number; ruleId: number };
