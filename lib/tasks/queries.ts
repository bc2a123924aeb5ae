import "server-only";

import { asc, eq } from "drizzle-orm";
import type { RowDataPacket } from "mysql2";

import type { Db } from "@/db/client";
import { readRows, statement, type Statement, type Value } from "@/db/packet";
import { tasks } from "@/db/schema";
import type { UserId } from "@/lib/ctx";
import type { Policy } from "@/lib/settings/policy";

import { periodAt, spanAt, type Span } from "./period";
import { shownProgress, stateOf, type TaskState } from "./progress";
import { isInForce, type Task } from "./task";

/** So many tasks are shown; more than a person will ever read. */
export const TASKS_MAX = 100;

export const taskColumns = {
  id: tasks.id, metric: tasks.metric, eventName: tasks.eventName, target: tasks.target, windowDays: tasks.windowDays, period: tasks.period, afterTaskId: tasks.afterTaskId,
  rewardPoints: tasks.rewardPoints, rewardPerk: tasks.rewardPerk, rewardPerkQuantity: tasks.rewardPerkQuantity, rollsBack: tasks.rollsBack, startsAt: tasks.startsAt,
  endsAt: tasks.endsAt, status: tasks.status,
};
export const taskWords = { name: tasks.name, nameEn: tasks.nameEn, description: tasks.description, descriptionEn: tasks.descriptionEn };

export type NamedTask = Task & { name: string; nameEn: string; description: string; descriptionEn: string };

export async function findTask(db: Db, id: number): Promise<Task | null> {
  const [task] = await db.select(taskColumns).from(tasks).where(eq(tasks.id, id)).limit(1);
  return task ?? null;
}

/** The tasks in force, in the merchant's order: what a guest is offered. */
export async function listOffers(db: Db, now: Date): Promise<NamedTask[]> {
  const rows = await db.select({ ...taskColumns, ...taskWords }).from(tasks).where(eq(tasks.status, "active")).orderBy(asc(tasks.position), asc(tasks.id)).limit(TASKS_MAX);
  return rows.filter((task) => isInForce(task, now));
}

export type PersonalTask = NamedTask & {
  state: TaskState;
  progress: number;
  /** When the present period is over and the next begins; for a task that is done once, when it ends. */
  until: Date | null;
  /** The task that must be claimed first. */
  after: { name: string; nameEn: string } | null;
};

/** A person's tasks with their progress, counted now: one statement for the claims, one for all that counts. */
export async function listTasks(db: Db, userId: UserId, now: Date, { timeZone }: Policy): Promise<PersonalTask[]> {
  const active = await db.select({ ...taskColumns, ...taskWords }).from(tasks).where(eq(tasks.status, "active")).orderBy(asc(tasks.position), asc(tasks.id)).limit(TASKS_MAX);
  if (active.length === 0) return [];
  const [claimRows, countRows] = await Promise.all([
    readRows(readClaims(userId, active.map((task) => ({ taskId: task.id, period: periodAt(task, now, timeZone).key })))),
    readRows(countFacts(active.map((task) => ({ userId, span: spanAt(task, now, timeZone) })))),
  ]);
  const claims = claimsFrom(claimRows);
  const counts = countsFrom(countRows);
  return active.flatMap((task, index): PersonalTask[] => {
    const before = task.afterTaskId === null ? null : active.find(({ id }) => id === task.afterTaskId);
    const isUnlocked = task.afterTaskId === null || claims.get(task.afterTaskId)?.isUndone === false;
    const standing = { count: counts[index] ?? 0, claim: claims.get(task.id) ?? null, isUnlocked };
    // What is over, or will never open, is shown only to who has done it.
    const canStillBeDone = isInForce(task, now) && (isUnlocked || (before && isInForce(before, now)));
    if (!canStillBeDone && !standing.claim) return [];
    const state = stateOf(task, standing);
    const after = state === "locked" && before ? { name: before.name, nameEn: before.nameEn } : null;
    return [{ ...task, state, progress: shownProgress(task, state, standing.count), until: periodAt(task, now, timeZone).until, after }];
  });
}

export const readClaims = (userId: UserId, wanted: readonly { taskId: number; period: string }[]): Statement =>
  statement(
    `SELECT task_id, rolled_back_at FROM user_tasks WHERE user_id = ? AND (task_id, period) IN (${wanted.map(() => "(?,?)").join(",")})`,
    [userId, ...wanted.flatMap(({ taskId, period }) => [taskId, period])],
  );

export const claimsFrom = (rows: readonly RowDataPacket[]): Map<number, { isUndone: boolean }> =>
  new Map(rows.map((row) => [row.task_id as number, { isUndone: row.rolled_back_at !== null }]));

/** Counts what happened to people within spans: one statement, one row for each question. Under the person's lock the answer stays true. */
export function countFacts(asks: readonly { userId: UserId; span: Span }[]): Statement {
  const parts = asks.map(({ userId, span }, place) => countOf(place, userId, span));
  return statement(parts.map(({ sql }) => sql).join("\nUNION ALL "), parts.flatMap(({ values }) => values));
}

export function countsFrom(rows: readonly RowDataPacket[]): number[] {
  const counts: number[] = [];
  for (const row of rows) counts[row.place as number] = Number(row.happened);
  return counts;
}

function countOf(place: number, userId: UserId, span: Span): Statement {
  const select = (happened: string, rest: string, values: readonly Value[]) => statement(`SELECT ${place} AS place, ${happened} AS happened FROM ${rest}`, values);
  const within = (column: string): Statement =>
    span.from ? statement(`${column} >= ? AND ${column} < ?`, [span.from, span.until]) : statement(`${column} < ?`, [span.until]);
  const onDays: Statement = span.fromDay ? statement("local_day BETWEEN ? AND ?", [span.fromDay, span.untilDay]) : statement("local_day <= ?", [span.untilDay]);
  const some = (table: string, time: Statement, more = "", values: readonly Value[] = []) =>
    select("COUNT(*)", `${table} WHERE user_id = ? AND ${time.sql}${more}`, [userId, ...time.values, ...values]);
  switch (span.metric) {
    case "profile":
      return select(PROFILE_PARTS_SQL, "users u WHERE u.id = ?", [userId]);
    case "redemptions":
      return some("orders", within("created_at"), KEPT);
    case "paid_orders":
      return some("orders", within("created_at"), `${KEPT} AND cash_paid_cents > 0`);
    case "check_ins":
      return some("check_ins", onDays, " AND kind IN ('check_in', 'make_up')");
    case "visits":
      return some("visits", onDays);
    case "friends_visited": {
      const time = within("created_at");
      return select("COUNT(*)", `share_visits WHERE sharer_id = ? AND ${time.sql}`, [userId, ...time.values]);
    }
    case "friends_joined": {
      const time = within("r.created_at");
      return select("COUNT(*)", `referrals r JOIN users f ON f.id = r.friend_id AND f.email_verified_at IS NOT NULL
        WHERE r.inviter_id = ? AND r.status IN ('open', 'rewarded') AND ${time.sql}`, [userId, ...time.values]);
    }
    case "reviews":
      return some("reviews", within("COALESCE(moderated_at, created_at)"), " AND status = 'approved'");
    case "custom":
      return some("custom_events", within("created_at"), " AND name = ?", [span.eventName]);
  }
}

/** An order that waits for its cash is redeemed already; one that was cancelled, or taken back whole, is not any more. */
const KEPT = " AND status NOT IN ('cancelled', 'refunded')";

/** One for each of: a name, a birthday, an address and a proved e-mail address. */
const PROFILE_PARTS_SQL =
  "(u.username <> '') + (u.birthday IS NOT NULL) + EXISTS (SELECT 1 FROM addresses a WHERE a.user_id = u.id) + (u.email_verified_at IS NOT NULL)";
