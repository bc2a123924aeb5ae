import "server-only";

import { and, eq, lt, ne, sql } from "drizzle-orm";

import { accountTokens, idempotencyKeys, jobRuns, mailMessages, sessions } from "@/db/schema";
import { forgetOldWindows } from "@/lib/limits";
import type { Ctx } from "@/lib/ctx";
import { perform } from "@/lib/perform";

import { clockActor, type Job } from "./job";
import { sweepPictures } from "./sweep-pictures";

const DAY_MS = 86_400_000;
/** Clients repeat a request within a day; a week leaves room for an outage. */
const KEYS_KEPT_DAYS = 7;
/** Links of mail are dead long before; what was sent to whom is asked about for a season. */
const LINKS_KEPT_DAYS = 7;
const MAIL_KEPT_DAYS = 90;
/** Jobs that run every minute leave thousands of reports a day; what they go on from is in the newest. */
const RUNS_KEPT_DAYS = 90;
const ROWS_AT_ONCE = 5_000;

/** Deletes what has served its time: old request keys, dead sessions and links, mail that left long ago, old reports of jobs, request counts. */
export const housekeepingJob: Job = {
  everyMinutes: 60,
  async run(now, deadline) {
    const before = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
    const batches = (deleteSome: (ctx: Ctx) => PromiseLike<[{ affectedRows: number }, ...unknown[]]>) =>
      inBatches(deadline, () => perform(clockActor("housekeeping"), async (ctx) => (await deleteSome(ctx))[0].affectedRows));
    const some = sql`limit ${ROWS_AT_ONCE}`;
    return {
      requestKeys: await batches(({ tx }) => tx.delete(idempotencyKeys).where(sql`${lt(idempotencyKeys.createdAt, before(KEYS_KEPT_DAYS))} ${some}`)),
      endedSessions: await batches(({ tx }) => tx.delete(sessions).where(sql`${lt(sessions.expiresAt, now)} ${some}`)),
      deadLinks: await batches(({ tx }) => tx.delete(accountTokens).where(sql`${lt(accountTokens.expiresAt, before(LINKS_KEPT_DAYS))} ${some}`)),
      // What was given up is kept as long, and no longer: a link to a new address was asked for by somebody who may not own it.
      sentMail: await batches(({ tx }) => tx.delete(mailMessages).where(sql`${and(ne(mailMessages.status, "queued"), lt(mailMessages.createdAt, before(MAIL_KEPT_DAYS)))} ${some}`)),
      // The last letter to somebody who asked to be forgotten holds their address until it has left.
      farewells: await batches(({ tx }) => tx.delete(mailMessages).where(sql`${and(eq(mailMessages.template, "account_erased"), ne(mailMessages.status, "queued"))} ${some}`)),
      // Only the oldest are looked at: they are kept in the order of time.
      jobRuns: await batches(({ tx }) =>
        tx.delete(jobRuns).where(sql`id in (select id from (select id, started_at from job_runs order by id limit ${ROWS_AT_ONCE}) oldest where started_at < ${before(RUNS_KEPT_DAYS)})`)),
      rateWindows: await forgetOldWindows(now),
      // Last: a disk or a bucket that is out of order stops nothing else.
      pictures: await sweepPictures(now, deadline),
    };
  },
};

async function inBatches(deadline: number, deleteSome: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let deleted = ROWS_AT_ONCE; deleted === ROWS_AT_ONCE && Date.now() < deadline; total += deleted) deleted = await deleteSome();
  return total;
}
