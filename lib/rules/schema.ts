import { z } from "zod";

import { RULE_STATUSES } from "@/db/schema/points";
import { Email } from "@/lib/accounts/schema";

import { conditionFits, effectFits, givesPoints, holdingFits } from "./fits";
import { ACTIONS, Definition } from "./rule";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const id = z.coerce.number().int().positive();
const text = (max: number) => z.string().trim().max(max, "field_too_long");
const instant = z.iso.datetime("field_invalid").transform((at) => new Date(at)).nullable().default(null);

/** What a rule is, without who saves it: the editor's preview and the simulator judge it too. */
export const RuleDraft = z.strictObject({
  actionType: z.enum(ACTIONS),
  name: text(60).min(1, "field_required"),
  nameEn: text(60).default(""),
  status: z.enum(RULE_STATUSES).default("draft"),
  priority: z.number({ error: "field_invalid" }).int("field_invalid").min(-1_000, "field_out_of_range").max(1_000, "field_out_of_range").default(0),
  startsAt: instant,
  endsAt: instant,
  definition: Definition,
});
export type RuleDraft = z.infer<typeof RuleDraft>;

type Say = (path: (string | number)[], message: string) => void;

/** Parts that contradict each other or mean nothing together. Each is said at the field that should change. */
export function contradictions(rule: RuleDraft, say: Say): void {
  if (rule.startsAt && rule.endsAt && rule.startsAt >= rule.endsAt) say(["endsAt"], "window_backwards");
  checkConditions(rule, say);
  checkEffect(rule, say);
  checkKeeping(rule, say);
}

function checkConditions({ actionType, definition: { conditions } }: RuleDraft, say: Say): void {
  conditions.forEach((condition, index) => {
    const at = (...field: string[]) => ["definition", "conditions", index, ...field];
    if (conditions.findIndex(({ kind }) => kind === condition.kind) !== index) say(at("kind"), "condition_twice");
    if (!conditionFits(actionType, condition.kind)) say(at("kind"), "not_for_trigger");
    if (condition.kind === "amount" && condition.maxCents !== null && condition.maxCents < condition.minCents) say(at("maxCents"), "range_backwards");
    if (condition.kind === "hours" && condition.from === condition.to) say(at("to"), "hours_empty");
    if (condition.kind === "weekdays" && new Set(condition.days).size !== condition.days.length) say(at("days"), "field_invalid");
    if (condition.kind === "category" && new Set(condition.categoryIds).size !== condition.categoryIds.length) say(at("categoryIds"), "field_invalid");
  });
}

function checkEffect({ actionType, definition: { effect, conditions, caps } }: RuleDraft, say: Say): void {
  if (!effectFits(actionType, effect.kind)) say(["definition", "effect", "kind"], "not_for_trigger");
  if (effect.kind === "ladder" && effect.steps.every((step) => step === 0)) say(["definition", "effect", "steps"], "ladder_empty");
  if (effect.kind === "ladder" && conditions.some(({ kind }) => kind === "streak" || kind === "check_ins")) say(["definition", "effect", "kind"], "ladder_has_days");
  if (effect.kind !== "perk") return;
  for (const cap of ["pointsPerDay", "pointsInAll", "budget"] as const) if (caps[cap] !== null) say(["definition", "caps", cap], "perk_has_no_points");
}

function checkKeeping({ actionType, definition: { effect, holding, expiry } }: RuleDraft, say: Say): void {
  if (!holdingFits(actionType, effect.kind, holding.kind)) say(["definition", "holding", "kind"], givesPoints(effect.kind) ? "not_for_trigger" : "cannot_be_held");
  if (expiry && !givesPoints(effect.kind)) say(["definition", "expiry", "kind"], "cannot_be_held");
  if (expiry?.kind === "calendar" && expiry.dates.some((date) => !isDate(date))) say(["definition", "expiry", "dates"], "field_invalid");
}

/** A day that some year has, "MM-DD". */
const isDate = (date: string): boolean => {
  const [month, day] = date.split("-").map(Number);
  return day! <= new Date(Date.UTC(2024, month!, 0)).getUTCDate();
};

const refineRule = (rule: RuleDraft, context: z.RefinementCtx): void => contradictions(rule, (path, message) => context.addIssue({ code: "custom", path, message }));

/** A whole rule as somebody means it: nothing about it contradicts itself. */
export const SoundRule = RuleDraft.superRefine(refineRule);

/** A new rule, or the next version of rule `id`, made from what `version` was. */
export const RuleInput = RuleDraft.extend({ requestId, id: id.optional(), version: z.coerce.number().int().positive().optional() })
  .superRefine(refineRule)
  .superRefine(({ id: rule, version }, context) => {
    if ((rule === undefined) !== (version === undefined)) context.addIssue({ code: "custom", path: ["version"], message: "field_required" });
  });
export type RuleInput = z.infer<typeof RuleInput>;

export const RuleStatusInput = z.strictObject({ requestId, id, version: id, status: z.enum(RULE_STATUSES) });
export type RuleStatusInput = z.infer<typeof RuleStatusInput>;

/** Makes the version `restored` the newest one again. */
export const RestoreInput = z.strictObject({ requestId, id, version: id, restored: id });
export type RestoreInput = z.infer<typeof RestoreInput>;

export const SIMULATED_DAYS_MAX = 90;
export const SimulatedDays = z.coerce.number({ error: "field_invalid" }).int("field_invalid").min(1, "field_out_of_range").max(SIMULATED_DAYS_MAX, "field_out_of_range");

const eventName = z.string().regex(/^[a-z][a-z0-9_.-]{0,39}$/, "field_invalid");
const eventValue = z.union([z.string().max(200, "field_too_long"), z.number(), z.boolean()]);
const EVENT_FIELDS_MAX = 20;

/** Something that happened to a person outside the shop. They are named by id or by address, not by both. */
export const CustomEventInput = z
  .strictObject({
    userId: z.int().positive().optional(),
    email: Email.optional(),
    event: eventName,
    id: z.string().regex(/^[\x21-\x7e]{1,64}$/, "field_invalid"),
    data: z.record(z.string().min(1).max(40), eventValue).refine((data) => Object.keys(data).length <= EVENT_FIELDS_MAX, "field_too_long").default({}),
  })
  .superRefine(({ userId, email }, context) => {
    if ((userId === undefined) === (email === undefined)) context.addIssue({ code: "custom", path: ["userId"], message: "field_required" });
  });
export type CustomEventInput = z.infer<typeof CustomEventInput>;

