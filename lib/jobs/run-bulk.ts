import "server-only";

import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { orders } from "@/db/schema";
import { doRow, endRun, failRow, noteTry } from "@/lib/bulk/commands";
import { mayRun, OPERATIONS } from "@/lib/bulk/operation";
import { findRequester, findRun, listOpenRuns, nextRows, type BulkRun } from "@/lib/bulk/queries";
import { queryAsRead } from "@/lib/bulk/selection";
import type { Actor } from "@/lib/ctx";
import { log } from "@/lib/log";
import { closePayments } from "@/lib/orders/payment";
import { settle, succeed } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { getPolicy } from "@/lib/settings/queries";

import { clockActor, type Job } from "./job";

const ROWS_AT_ONCE = 200;
const RUNS_AT_ONCE = 50;

/** What works on a run, and who does it: the one who asked, with what they may do now. */
type Worker = { run: BulkRun; actor: Actor; now: Date };

/**
 * Does what staff asked of many rows, one after the other, each in a transaction that also moves the run's mark: killed anywhere,
 * the next round goes on at the mark, and a row is never done twice.
 */
export const runBulkJob: Job = {
  everyMinutes: 1,
  async run(now, deadline) {
    const total = { runs: 0, done: 0, failed: 0 };
    const open = await listOpenRuns(db(), RUNS_AT_ONCE);
    for (const { publicId } of open) {
      const worked = await workOff(publicId, now, deadline);
      total.done += worked.done;
      total.failed += worked.failed;
      // A row that waits for the database holds up its own run, not the younger ones.
      if (worked.isWaiting) continue;
      if (!worked.isOver) return { ...total, finished: 0 };
      total.runs++;
    }
    return { ...total, finished: open.length < RUNS_AT_ONCE ? 1 : 0 };
  },
};

export type Worked = { done: number; failed: number; /** False when the time was over first. */ isOver: boolean; /** At a row that is tried again in the next round. */ isWaiting?: true };

/** Goes on with one run until it is over or the time is. Two may do so at once: they share the rows. */
export async function workOff(publicId: string, now: Date, deadline: number): Promise<Worked> {
  const worked: Worked = { done: 0, failed: 0, isOver: false };
  for (;;) {
    const run = await findRun(db(), publicId);
    if (!run || run.status === "done" || run.status === "stopped") return { ...worked, isOver: true };
    const actor = await findRequester(db(), run.requestedBy);
    if (!actor || !mayRun(actor.permissions, run.operation) || !isRead(run)) {
      // Whoever asked may not do it any more, so nobody does it in their name; nor is more done than was asked for, when the list reads its address otherwise now.
      await perform(clockActor("run-bulk"), (ctx) => endRun(ctx, run.id, "stopped"), now);
      return { ...worked, isOver: true };
    }
    const rows = await nextRows(db(), run, ROWS_AT_ONCE, await getPolicy(db()));
    if (rows.length === 0) {
      await perform(actor, (ctx) => endRun(ctx, run.id, "done"), now);
      return { ...worked, isOver: true };
    }
    for (const row of rows) {
      if (Date.now() >= deadline) return worked;
      if (!(await workRow({ run, actor, now }, row, worked))) return { ...worked, isWaiting: true };
    }
  }
}

const isRead = ({ operation, selection }: BulkRun): boolean => "ids" in selection || queryAsRead(OPERATIONS[operation].list, selection.query) === selection.query;

/** False when the row has to wait. */
async function workRow({ run, actor, now }: Worker, row: number, worked: Worked): Promise<boolean> {
  const outcome = await settle(async () => succeed(await perform(actor, (ctx) => doRow(ctx, run.id, row), now)));
  if (outcome.ok) {
    if (outcome.value) {
      worked.done++;
      await afterRow(run, row);
    }
    return true;
  }
  if (outcome.code === "unavailable") {
    // With the database away this fails too, and the round with it. Else the row is at fault in the end.
    if (!(await perform(actor, (ctx) => noteTry(ctx, run.id, row), now)).isOver) return false;
  } else await perform(actor, (ctx) => failRow(ctx, run.id, row, outcome), now);
  worked.failed++;
  return true;
}

/** A code that is still shown somewhere is not to be paid any more. */
async function afterRow(run: BulkRun, row: number): Promise<void> {
  if (run.operation !== "orders.cancel") return;
  const [order] = await db().select({ publicId: orders.publicId }).from(orders).where(eq(orders.id, row));
  if (order) await closePayments(order.publicId).catch((error: unknown) => log.warn({ err: error }, "an attempt to pay a cancelled order stays open"));
}
