import type { TASK_STATUSES, TaskMetric, TaskPeriod } from "@/db/schema/loyalty";
import type { Perk } from "@/db/schema/points";

export type TaskStatus = (typeof TASK_STATUSES)[number];

/** A task as the merchant defined it, without its words. */
export type Task = {
  id: number;
  metric: TaskMetric;
  eventName: string | null;
  target: number;
  windowDays: number | null;
  period: TaskPeriod;
  afterTaskId: number | null;
  rewardPoints: number;
  rewardPerk: Perk | null;
  rewardPerkQuantity: number;
  rollsBack: boolean;
  startsAt: Date | null;
  endsAt: Date | null;
  status: TaskStatus;
};

/** Name, birthday, an address and a proved e-mail address: a profile has no more to complete. */
export const PROFILE_PARTS = 4;

/** What is counted by calendar day; all else by the instant at which it happened. */
const BY_DAY: readonly TaskMetric[] = ["check_ins", "visits"];
export const isCountedByDay = (metric: TaskMetric): boolean => BY_DAY.includes(metric);

/** What can be undone after it was counted: an order is cancelled or taken back, a review or a referral is refused. */
export const UNDOABLE: readonly TaskMetric[] = ["redemptions", "paid_orders", "reviews", "friends_joined"];

/** Whether people can work on it now. The end is not included. */
export const isInForce = ({ status, startsAt, endsAt }: Pick<Task, "status" | "startsAt" | "endsAt">, now: Date): boolean =>
  status === "active" && (startsAt === null || startsAt <= now) && (endsAt === null || now < endsAt);
