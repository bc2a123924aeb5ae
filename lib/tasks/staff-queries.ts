import "server-only";

import { and, asc, count, desc, eq, gte, inArray, isNull, like, ne, or, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { tasks, userTasks } from "@/db/schema";
import { TASK_STATUSES } from "@/db/schema/loyalty";
import { containing } from "@/lib/like";

import { TASKS_MAX, taskColumns, taskWords, type NamedTask } from "./queries";
import type { TaskStatus } from "./task";

const DAY_MS = 86_400_000;
const RECENT_DAYS = 30;

export type StaffTask = NamedTask & { position: number; updatedAt: Date };
export type StaffTaskRow = StaffTask & {
  /** Claims of the last 30 days that still stand, and the points they gave. */
  claims: number;
  points: number;
};
export type TaskCounts = Record<TaskStatus, number>;

const columns = { ...taskColumns, ...taskWords, position: tasks.position, updatedAt: tasks.updatedAt };

/** The tasks in the order in which people see them. `counts` are of all, whatever is searched. */
export async function listTasksForStaff(db: Db, { search = "", status }: { search?: string; status?: TaskStatus }, now: Date): Promise<{ tasks: StaffTaskRow[]; counts: TaskCounts }> {
  const text = search.trim();
  const matching = text === "" ? undefined : or(like(tasks.name, containing(text)), like(tasks.nameEn, containing(text)));
  const [rows, totals] = await Promise.all([
    db.select(columns).from(tasks).where(and(matching, status ? eq(tasks.status, status) : undefined)).orderBy(asc(tasks.position), asc(tasks.id)).limit(TASKS_MAX),
    db.select({ status: tasks.status, total: count() }).from(tasks).groupBy(tasks.status),
  ]);
  const claims = await countClaims(db, rows.map(({ id }) => id), new Date(now.getTime() - RECENT_DAYS * DAY_MS));
  return {
    tasks: rows.map((row) => ({ ...row, ...(claims.get(row.id) ?? { claims: 0, points: 0 }) })),
    counts: Object.fromEntries(TASK_STATUSES.map((each) => [each, totals.find((row) => row.status === each)?.total ?? 0])) as TaskCounts,
  };
}

async function countClaims(db: Db, ids: readonly number[], since: Date): Promise<Map<number, { claims: number; points: number }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ taskId: userTasks.taskId, claims: count(), points: sql<number>`sum(${userTasks.points})`.mapWith(Number) })
    .from(userTasks)
    .where(and(inArray(userTasks.taskId, [...ids]), gte(userTasks.completedAt, since), isNull(userTasks.rolledBackAt)))
    .groupBy(userTasks.taskId);
  return new Map(rows.map(({ taskId, ...sums }) => [taskId, sums]));
}

export async function findTaskForStaff(db: Db, id: number): Promise<(StaffTask & { isClaimed: boolean }) | null> {
  const [[task], [claim]] = await Promise.all([
    db.select(columns).from(tasks).where(eq(tasks.id, id)).limit(1),
    db.select({ id: userTasks.id }).from(userTasks).where(eq(userTasks.taskId, id)).limit(1),
  ]);
  return task ? { ...task, isClaimed: claim !== undefined } : null;
}

/** Tasks that another can follow: all but itself and what has ended for good. */
export async function listChainChoices(db: Db, id: number | undefined): Promise<{ id: number; name: string; nameEn: string }[]> {
  return db
    .select({ id: tasks.id, name: tasks.name, nameEn: tasks.nameEn })
    .from(tasks)
    .where(and(ne(tasks.status, "archived"), id === undefined ? undefined : ne(tasks.id, id)))
    .orderBy(asc(tasks.position), desc(tasks.id))
    .limit(TASKS_MAX);
}
