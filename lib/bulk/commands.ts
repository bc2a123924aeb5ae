import "server-only";

import { and, eq, inArray, sql } from "drizzle-orm";

import { bulkFailures, bulkRuns } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { publicId } from "@/lib/id";
import { withoutSearch } from "@/lib/list-address";
import { Refusal, type RefusalCode, type RefusalDetail } from "@/lib/refusal";
import { isAllowed } from "@/lib/staff";

import { doToRow } from "./operation-commands";
import { BULK_MAX, isOperation, isOver, mayRun, OPERATIONS, TRIED, type BulkParams, type OperationKey } from "./operation";
import { isOfColleagues, queryAsRead } from "./selection";

export type NewRun = { operation: OperationKey; params: BulkParams; selection: { ids: number[] } | { query: string }; total: number };

/**
 * Orders that an operation be done to rows of a list. Refuses `forbidden`, also a list of colleagues to those who see no colleagues, `invalid_input` for an
 * address that its list does not read whole, `not_found` when there is no row, `bulk_too_many`.
 */
export async function askForRun(ctx: Ctx, { operation, params, selection: asked, total }: NewRun): Promise<{ runId: string }> {
  if (ctx.actor.kind !== "staff" || !mayRun(ctx.actor.permissions, operation)) throw new Refusal("forbidden");
  const { list } = OPERATIONS[operation];
  if ("query" in asked && isOfColleagues(list, asked.query) && !isAllowed(ctx.actor, "staff.read")) throw new Refusal("forbidden");
  const selection = "query" in asked ? { query: queryAsRead(list, asked.query) } : asked;
  if (!isRead(selection)) throw new Refusal("invalid_input");
  if (total === 0) throw new Refusal("not_found");
  if (total > BULK_MAX) throw new Refusal("bulk_too_many", { max: BULK_MAX });
  const runId = publicId();
  await ctx.tx.insert(bulkRuns).values({ publicId: runId, operation, params, selection, requestedBy: ctx.actor.id, total, createdAt: ctx.now });
  await emit(ctx, { name: "bulk.asked", subject: { type: "bulk", id: runId }, data: { operation, rows: total, query: "query" in selection ? withoutSearch(new URLSearchParams(selection.query)) : null, reason: params.reason ?? null } });
  return { runId };
}

const isRead = (selection: { ids: number[] } | { query: string | null }): selection is NewRun["selection"] => "ids" in selection || selection.query !== null;

type Run = typeof bulkRuns.$inferSelect;

/** The run, if it still has to come to this row: of two who work on it, one does each row, whoever is killed where. */
async function lockBefore(ctx: Ctx, id: number, row: number): Promise<Run | null> {
  const [run] = await ctx.tx.select().from(bulkRuns).where(eq(bulkRuns.id, id)).for("update");
  return run && !isOver(run) && run.cursorId < row ? run : null;
}

/** Does one row, and counts it in the same transaction. Refuses what the operation's own command refuses; nothing is counted then. */
export async function doRow(ctx: Ctx, id: number, row: number): Promise<boolean> {
  const run = await lockBefore(ctx, id, row);
  if (!run || !isOperation(run.operation)) return false;
  await doToRow(ctx, run.operation, row, run.params as BulkParams, `bulk:${run.publicId}:${row}`);
  await ctx.tx.delete(bulkFailures).where(and(eq(bulkFailures.runId, id), eq(bulkFailures.item, String(row))));
  await count(ctx, run, row, "done");
  return true;
}

/** Notes why a row could not be done, and goes beyond it. */
export async function failRow(ctx: Ctx, id: number, row: number, { code, detail }: { code: RefusalCode; detail: RefusalDetail }): Promise<void> {
  const run = await lockBefore(ctx, id, row);
  if (!run) return;
  const failure = { code, detail: { ...detail } };
  await ctx.tx.insert(bulkFailures).values({ runId: id, item: String(row), ...failure }).onDuplicateKeyUpdate({ set: failure });
  await count(ctx, run, row, "failed");
}

/** Rounds in which a row may find the database busy before that counts as its failure. */
export const TRIES_MAX = 5;

/** Notes that a row could not be done for now. After the last try it has failed, so that it does not hold up its run. */
export async function noteTry(ctx: Ctx, id: number, row: number): Promise<{ isOver: boolean }> {
  const run = await lockBefore(ctx, id, row);
  if (!run) return { isOver: true };
  const item = String(row);
  const [before] = await ctx.tx.select({ detail: bulkFailures.detail }).from(bulkFailures).where(and(eq(bulkFailures.runId, id), eq(bulkFailures.item, item)));
  const tries = Number(before?.detail.tries ?? 0) + 1;
  const isLast = tries >= TRIES_MAX;
  const failure: { code: string; detail: Record<string, number> } = isLast ? { code: "unavailable", detail: {} } : { code: TRIED, detail: { tries } };
  await ctx.tx.insert(bulkFailures).values({ runId: id, item, ...failure }).onDuplicateKeyUpdate({ set: failure });
  if (isLast) await count(ctx, run, row, "failed");
  return { isOver: isLast };
}

/** A row that came to match meanwhile is one more than was counted. */
const count = (ctx: Ctx, { id, done, failed, total }: Run, row: number, which: "done" | "failed") =>
  ctx.tx.update(bulkRuns).set({ status: "running", cursorId: row, total: Math.max(total, done + failed + 1), [which]: sql`${bulkRuns[which]} + 1` }).where(eq(bulkRuns.id, id));

/** Ends a run that came to its last row, or that nobody may go on with. */
export async function endRun(ctx: Ctx, id: number, status: "done" | "stopped"): Promise<boolean> {
  const [run] = await ctx.tx.select().from(bulkRuns).where(and(eq(bulkRuns.id, id), inArray(bulkRuns.status, ["queued", "running"]))).for("update");
  if (!run) return false;
  await ctx.tx.delete(bulkFailures).where(and(eq(bulkFailures.runId, id), eq(bulkFailures.code, TRIED)));
  // What was searched may name a person, and a run that is over does not need it.
  const selection = "query" in run.selection ? { query: withoutSearch(new URLSearchParams(run.selection.query)) } : run.selection;
  // Rows that do not match any more when a run comes to them were nobody's to do.
  await ctx.tx.update(bulkRuns).set({ status, selection, finishedAt: ctx.now, ...(status === "done" ? { total: run.done + run.failed } : {}) }).where(eq(bulkRuns.id, id));
  await emit(ctx, { name: "bulk.ended", subject: { type: "bulk", id: run.publicId }, data: { operation: run.operation, status, done: run.done, failed: run.failed } });
  return true;
}

/** Stops a run at the row it is at; what is done stays done. Refuses `not_found`, `forbidden`, `bulk_not_running`. */
export async function stopRun(ctx: Ctx, { runId }: { runId: string }): Promise<void> {
  const [run] = await ctx.tx.select({ id: bulkRuns.id, operation: bulkRuns.operation, requestedBy: bulkRuns.requestedBy }).from(bulkRuns).where(eq(bulkRuns.publicId, runId));
  if (!run || ctx.actor.kind !== "staff") throw new Refusal("not_found");
  if (run.requestedBy !== ctx.actor.id) {
    if (!isOperation(run.operation)) throw new Refusal("not_found");
    if (!mayRun(ctx.actor.permissions, run.operation)) throw new Refusal("forbidden");
  }
  if (!(await endRun(ctx, run.id, "stopped"))) throw new Refusal("bulk_not_running");
}
