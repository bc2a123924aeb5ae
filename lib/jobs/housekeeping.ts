import "server-only";

import { and, asc, eq, exists, gt, inArray, isNotNull, isNull, lt, ne, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/mysql-core";

import { accountTokens, idempotencyKeys, jobRuns, mailMessages, sessions } from "@/db/schema";
import { forgetViews } from "@/lib/catalog/viewing/commands";
import { addDays, dayOf } from "@/lib/day";
import { forgetHandled } from "@/lib/events/handling/commands";
import { Progress } from "@/lib/events/handling/progress";
import { findNewestReport } from "@/lib/events/handling/queries";
import { forgetOldWindows } from "@/lib/limits";
import type { Ctx } from "@/lib/ctx";
import { log } from "@/lib/log";
import { perform } from "@/lib/perform";
import { VIEWS_KEPT_DAYS } from "@/lib/reports/rolling/sources";

import { clockActor, type Job, type Report } from "./job";
import { sweepAttachments } from "./sweep-attachments";
import { sweepPictures } from "./sweep-pictures";

const DAY_MS = 86_400_000;
/** Clients repeat a request within a day; a week leaves room for an outage. */
const KEYS_KEPT_DAYS = 7;
/** Links of mail are dead long before; what was sent to whom is asked about for a season. */
const LINKS_KEPT_DAYS = 7;
const MAIL_KEPT_DAYS = 90;
/** Jobs that run every minute leave thousands of reports a day; what they go on from is in the newest. */
const RUNS_KEPT_DAYS = 90;
/** Nobody looks at the events below the mark again; some days more are for who looks into an accident. */
const HANDLED_KEPT_DAYS = 7;
const ROWS_AT_ONCE = 5_000;

type Step = () => Promise<Report[string]>;

/** Deletes what has served its time: old request keys, dead sessions and links, mail that left long ago, old reports of jobs, notes of events that nobody reads again, who looked at what, request counts. */
export const housekeepingJob: Job = {
  everyMinutes: 60,
  async run(now, deadline) {
    const before = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
    const batches = (deleteSome: (ctx: Ctx) => PromiseLike<[{ affectedRows: number }, ...unknown[]]>) =>
      inBatches(deadline, () => perform(clockActor("housekeeping"), async (ctx) => (await deleteSome(ctx))[0].affectedRows));
    const some = sql`limit ${ROWS_AT_ONCE}`;
    return eachOf({
      requestKeys: () => batches(({ tx }) => tx.delete(idempotencyKeys).where(sql`${lt(idempotencyKeys.createdAt, before(KEYS_KEPT_DAYS))} ${some}`)),
      endedSessions: () => batches(({ tx }) => tx.delete(sessions).where(sql`${lt(sessions.expiresAt, now)} ${some}`)),
      deadLinks: () => batches(({ tx }) => tx.delete(accountTokens).where(sql`${lt(accountTokens.expiresAt, before(LINKS_KEPT_DAYS))} ${some}`)),
      // What was given up is kept as long, and no longer: a link to a new address was asked for by somebody who may not own it.
      sentMail: () => batches(({ tx }) => tx.delete(mailMessages).where(sql`${and(ne(mailMessages.status, "queued"), lt(mailMessages.createdAt, before(MAIL_KEPT_DAYS)))} ${some}`)),
      // The last letter to somebody who asked to be forgotten holds their address until it has left.
      farewells: () => batches(({ tx }) => tx.delete(mailMessages).where(sql`${and(eq(mailMessages.template, "account_erased"), ne(mailMessages.status, "queued"))} ${some}`)),
      jobRuns: () => inBatches(deadline, () => perform(clockActor("housekeeping"), (ctx) => forgetRuns(ctx, before(RUNS_KEPT_DAYS)))),
      views: () => inBatches(deadline, () => perform(clockActor("housekeeping"), (ctx) => forgetViews(ctx, addDays(dayOf(now, ctx.policy.timeZone), -VIEWS_KEPT_DAYS), ROWS_AT_ONCE))),
      handledEvents: () => inBatches(deadline, () => forgetHandledEvents(before(HANDLED_KEPT_DAYS))),
      rateWindows: () => forgetOldWindows(now),
      pictures: () => sweepPictures(now, deadline),
      attachments: () => sweepAttachments(now, deadline),
    });
  },
};

/** Each has its turn, whatever becomes of the others: what is never cleaned only grows. That one failed is the outcome of the run. */
async function eachOf(steps: Readonly<Record<string, Step>>): Promise<Report> {
  const report: Report = {};
  const failed: unknown[] = [];
  for (const [name, step] of Object.entries(steps)) {
    try {
      report[name] = await step();
    } catch (error) {
      log.error({ err: error, step: name }, "a step of the housekeeping failed");
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed.length === 1 ? failed[0] : new AggregateError(failed, "steps of the housekeeping failed");
  return report;
}

/**
 * Only the oldest are looked at: they are kept in the order of time. What a job goes on from is its newest report, however old, and each of them
 * is asked whether a newer one is there: to find the newest of every job, all runs of a season would be read.
 */
async function forgetRuns({ tx }: Ctx, before: Date): Promise<number> {
  const oldest = tx.select({ id: jobRuns.id }).from(jobRuns).orderBy(asc(jobRuns.id)).limit(ROWS_AT_ONCE).as("oldest");
  const newer = alias(jobRuns, "newer");
  const isFollowed = exists(tx.select({ id: newer.id }).from(newer).where(and(eq(newer.job, jobRuns.job), gt(newer.id, jobRuns.id), isNotNull(newer.report))));
  const old = await tx.select({ id: jobRuns.id }).from(jobRuns).innerJoin(oldest, eq(oldest.id, jobRuns.id)).where(and(lt(jobRuns.startedAt, before), or(isNull(jobRuns.report), isFollowed)));
  if (old.length === 0) return 0;
  const [{ affectedRows }] = await tx.delete(jobRuns).where(inArray(jobRuns.id, old.map(({ id }) => id)));
  return affectedRows;
}

/** The mark is read before each batch: a run of the dispatcher that goes on meanwhile moves it forward and never back. */
async function forgetHandledEvents(before: Date): Promise<number> {
  const newest = await findNewestReport("dispatch-events");
  const mark = Progress.safeParse(newest?.report);
  return mark.success ? perform(clockActor("housekeeping"), (ctx) => forgetHandled(ctx, mark.data, before, ROWS_AT_ONCE)) : 0;
}

async function inBatches(deadline: number, deleteSome: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let deleted = ROWS_AT_ONCE; deleted === ROWS_AT_ONCE && Date.now() < deadline; total += deleted) deleted = await deleteSome();
  return total;
}
