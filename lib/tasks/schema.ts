import { z } from "zod";

import { TASK_METRICS, TASK_PERIODS, TASK_STATUSES } from "@/db/schema/loyalty";
import { PERKS } from "@/db/schema/points";

import { isCountedByDay, PROFILE_PARTS } from "./task";

const POINTS_MAX = 1_000_000;
const TARGET_MAX = 10_000;
const WINDOW_MAX_DAYS = 3_650;

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const id = z.coerce.number({ error: "field_invalid" }).int("field_invalid").positive("field_invalid");
const whole = (max: number, min = 0) =>
  z.coerce.number({ error: "field_invalid" }).int("field_invalid").min(min, "field_out_of_range").max(max, "field_out_of_range");
const text = (max: number) => z.string().trim().max(max, "field_too_long");
const instant = z.coerce.date({ error: "field_invalid" }).nullable().default(null);

const Fields = z.strictObject({
  requestId,
  id: id.optional(),
  name: text(60).min(1, "field_required"),
  nameEn: text(60).default(""),
  description: text(200).default(""),
  descriptionEn: text(200).default(""),
  metric: z.enum(TASK_METRICS, { error: "field_invalid" }),
  eventName: z.string().trim().regex(/^[a-z][a-z0-9_.-]{0,39}$/, "field_invalid").nullable().default(null),
  target: whole(TARGET_MAX, 1),
  windowDays: whole(WINDOW_MAX_DAYS, 1).nullable().default(null),
  period: z.enum(TASK_PERIODS, { error: "field_invalid" }),
  afterTaskId: id.nullable().default(null),
  rewardPoints: whole(POINTS_MAX).default(0),
  rewardPerk: z.enum(PERKS, { error: "field_invalid" }).nullable().default(null),
  rewardPerkQuantity: whole(10).default(0),
  rollsBack: z.boolean().default(true),
  startsAt: instant,
  endsAt: instant,
  status: z.enum(TASK_STATUSES, { error: "field_invalid" }).default("draft"),
  position: whole(9_999).default(0),
});

/** A task's fields, which must make sense together: each fault is told at the field where it is mended. */
export const TaskInput = Fields.superRefine((task, context) => {
  const say = (path: keyof typeof task, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if (task.metric === "custom" && task.eventName === null) say("eventName", "field_required");
  if (task.metric !== "custom" && task.eventName !== null) say("eventName", "field_invalid");
  // A profile is complete or not, whenever that came about.
  if (task.metric === "profile" && task.period !== "once") say("period", "field_invalid");
  if (task.target > mostIn(task)) say("target", "field_out_of_range");
  // A day or a week is a window already.
  if (task.windowDays !== null && (task.metric === "profile" || task.period === "daily" || task.period === "weekly")) say("windowDays", "field_invalid");
  if (task.period === "campaign" && task.startsAt === null) say("startsAt", "field_required");
  if (task.period === "campaign" && task.endsAt === null) say("endsAt", "field_required");
  if (task.startsAt && task.endsAt && task.startsAt >= task.endsAt) say("endsAt", "field_out_of_range");
  if (task.rewardPoints === 0 && task.rewardPerk === null) say("rewardPoints", "field_required");
  if ((task.rewardPerk === null) !== (task.rewardPerkQuantity === 0)) say("rewardPerkQuantity", task.rewardPerk === null ? "field_invalid" : "field_required");
});

/** How much of it one period can hold. */
function mostIn({ metric, period }: z.infer<typeof Fields>): number {
  if (metric === "profile") return PROFILE_PARTS;
  if (!isCountedByDay(metric)) return TARGET_MAX;
  return period === "daily" ? 1 : period === "weekly" ? 7 : TARGET_MAX;
}

export type TaskInput = z.infer<typeof TaskInput>;

export const TaskStatusInput = z.strictObject({ requestId, id, status: z.enum(TASK_STATUSES, { error: "field_invalid" }) });

export const ClaimInput = z.strictObject({ requestId, taskId: id });
