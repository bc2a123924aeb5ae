import "server-only";

import { eq } from "drizzle-orm";

import { jobRuns } from "@/db/schema";
import { transact } from "@/db/transact";
import { currentTime } from "@/lib/clock";
import { describeError, log } from "@/lib/log";

import { activatePendingJob } from "./activate-pending";
import { birthdaysJob } from "./birthdays";
import { closeFlashSalesJob } from "./close-flash-sales";
import { deliverMailJob } from "./deliver-mail";
import { deliverWaitingJob } from "./deliver-waiting";
import { dispatchEventsJob } from "./dispatch-events";
import { expirePointsJob } from "./expire-points";
import { grantCouponsJob } from "./grant-coupons";
import { housekeepingJob } from "./housekeeping";
import type { Job, Report } from "./job";
import { keepDrawsJob } from "./keep-draws";
import { keepPointsJob } from "./keep-points";
import { underLease } from "./lease";
import { liftFreezesJob } from "./lift-freezes";
import { nightlyJob } from "./nightly";
import { receiveShippedJob } from "./receive-shipped";
import { reconcileLedgerJob } from "./reconcile-ledger";
import { refreshSegmentsJob } from "./refresh-segments";
import { refundCashJob } from "./refund-cash";
import { releaseUnpaidJob } from "./release-unpaid";
import { remindCouponsJob } from "./remind-coupons";
import { remindExpiringJob } from "./remind-expiring";
import { rollUpJob } from "./roll-up";
import { sealAuditJob } from "./seal-audit";
import { runBulkJob } from "./run-bulk";
import { settleLevelsJob } from "./settle-levels";
import { settleTasksJob } from "./settle-tasks";
import { watchRiskJob } from "./watch-risk";
import { watchStockJob } from "./watch-stock";

/** Everything the clock does. Those without a pace of their own are steps of `keep-points` and `nightly`, and can be run by hand. */
export const jobs = {
  "release-unpaid": releaseUnpaidJob,
  "dispatch-events": dispatchEventsJob,
  "deliver-mail": deliverMailJob,
  "refund-cash": refundCashJob,
  "deliver-waiting": deliverWaitingJob,
  "receive-shipped": receiveShippedJob,
  "grant-coupons": grantCouponsJob,
  "run-bulk": runBulkJob,
  "refresh-segments": refreshSegmentsJob,
  "keep-points": keepPointsJob,
  "keep-draws": keepDrawsJob,
  "activate-pending": activatePendingJob,
  "expire-points": expirePointsJob,
  "remind-expiring": remindExpiringJob,
  "settle-tasks": settleTasksJob,
  "nightly": nightlyJob,
  "birthdays": birthdaysJob,
  "settle-levels": settleLevelsJob,
  "remind-coupons": remindCouponsJob,
  "reconcile-ledger": reconcileLedgerJob,
  "roll-up": rollUpJob,
  "close-flash-sales": closeFlashSalesJob,
  "watch-stock": watchStockJob,
  "lift-freezes": liftFreezesJob,
  "watch-risk": watchRiskJob,
  "seal-audit": sealAuditJob,
  "housekeeping": housekeepingJob,
} as const satisfies Record<string, Job>;

export type JobName = keyof typeof jobs;

export const isJobName = (name: string): name is JobName => Object.hasOwn(jobs, name);

export type Run = { job: JobName; status: "done"; report: Report } | { job: JobName; status: "already_running" };

/** A run ends after this long and leaves the rest to the next: cron routes are cut off by their platform. */
const RUN_MS = 50_000;

/** Runs a job, unless it is running: here, in another process or on another machine. */
export async function runJob(job: JobName, now: Date = currentTime()): Promise<Run> {
  const done = await underLease(job, 0, () => recorded(job, now));
  return done ? { job, status: "done", report: done.value } : { job, status: "already_running" };
}

/** Keeps when the job ran and what it did, for the operator. */
async function recorded(job: JobName, now: Date): Promise<Report> {
  const [row] = await transact((tx) => tx.insert(jobRuns).values({ job, startedAt: now }).$returningId());
  const finish = (outcome: { report?: Report; error?: string }) =>
    transact((tx) => tx.update(jobRuns).set({ ...outcome, finishedAt: currentTime() }).where(eq(jobRuns.id, row!.id)));
  try {
    const report = await jobs[job].run(now, Date.now() + RUN_MS);
    await finish({ report });
    return report;
  } catch (error) {
    log.error({ err: error, job }, "job failed");
    await finish({ error: JSON.stringify(describeError(error)).slice(0, 2_000) });
    throw error;
  }
}
