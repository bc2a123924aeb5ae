import "server-only";

import { eq } from "drizzle-orm";
import type { z } from "zod";

import { tasks, userTasks } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";

import { faultOf } from "../chain";
import type { TaskInput, TaskStatusInput } from "../schema";

/** What a claim was claimed for. It cannot change under the people who have claimed. */
const FIXED_ONCE_CLAIMED = ["metric", "eventName", "period", "windowDays"] as const;

type TaskRow = typeof tasks.$inferSelect;
type TaskFields = Omit<TaskInput, "requestId" | "id">;

/**
 * Makes a task, or changes the one of `id`. Refuses `not_found`, and `rule_conflict` { about } when it would follow itself, follow a task that
 * is not there or not active ("chain"), leave those that follow it without it ("followers"), or count something else than what people claimed ("claimed").
 */
export async function saveTask(ctx: Ctx, { requestId: _requestId, id, ...fields }: TaskInput): Promise<{ id: number }> {
  const all = await lockTasks(ctx);
  const before = id === undefined ? null : find(all, id);
  refuseBrokenChain({ id: id ?? 0, afterTaskId: fields.afterTaskId, status: fields.status }, all);
  if (before) {
    await refuseChangedGround(ctx, before, fields);
    await apply(ctx, before, fields);
    return { id: before.id };
  }
  const [row] = await ctx.tx.insert(tasks).values({ ...fields, createdAt: ctx.now, updatedAt: ctx.now }).$returningId();
  invariant(row, "an insert returns its id");
  await emit(ctx, { name: "task.created", subject: { type: "task", id: String(row.id) }, data: { changes: changesBetween({}, fields) } });
  return row;
}

/** Opens a task to people, takes it back to draft, or ends it for good; what was claimed stays. Refuses `not_found`, `rule_conflict` { about }. */
export async function setTaskStatus(ctx: Ctx, { id, status }: z.infer<typeof TaskStatusInput>): Promise<void> {
  const all = await lockTasks(ctx);
  const before = find(all, id);
  refuseBrokenChain({ id, afterTaskId: before.afterTaskId, status }, all);
  await apply(ctx, before, { status });
}

/** All of them, in order, so that two changes cannot close a circle between them. There are a few dozen. */
const lockTasks = (ctx: Ctx): Promise<TaskRow[]> => ctx.tx.select().from(tasks).orderBy(tasks.id).for("update");

function find(all: readonly TaskRow[], id: number): TaskRow {
  const task = all.find((each) => each.id === id);
  if (!task) throw new Refusal("not_found");
  return task;
}

function refuseBrokenChain(changed: Pick<TaskRow, "id" | "afterTaskId" | "status">, all: readonly TaskRow[]): void {
  const fault = faultOf(changed, all);
  if (fault) throw new Refusal("rule_conflict", { about: fault === "followed" ? "followers" : "chain" });
}

async function refuseChangedGround(ctx: Ctx, before: TaskRow, fields: TaskFields): Promise<void> {
  if (FIXED_ONCE_CLAIMED.every((field) => before[field] === fields[field])) return;
  const [claim] = await ctx.tx.select({ id: userTasks.id }).from(userTasks).where(eq(userTasks.taskId, before.id)).limit(1);
  if (claim) throw new Refusal("rule_conflict", { about: "claimed" });
}

async function apply(ctx: Ctx, before: TaskRow, fields: Partial<TaskFields>): Promise<void> {
  const changes = changesBetween(before, fields);
  if (Object.keys(changes).length === 0) return;
  await ctx.tx.update(tasks).set({ ...fields, updatedAt: ctx.now }).where(eq(tasks.id, before.id));
  await emit(ctx, { name: "task.changed", subject: { type: "task", id: String(before.id) }, data: { changes } });
}

type Changes = Record<string, [unknown, unknown]>;

/** Instants are compared by their time, as they are written to the event. */
function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): Changes {
  const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null));
  return Object.fromEntries(Object.keys(after).filter((field) => plain(before[field]) !== plain(after[field])).map((field) => [field, [plain(before[field]), plain(after[field])]]));
}
