import "server-only";

import { and, eq, gte, sql } from "drizzle-orm";

import { db } from "@/db/client";
import { jobRuns } from "@/db/schema";
import { dayOf, startOfDay } from "@/lib/day";
import { getPolicy } from "@/lib/settings/queries";

import { birthdaysJob } from "./birthdays";
import { inOrder, type Job } from "./job";
import { reconcileLedgerJob } from "./reconcile-ledger";
import { refreshSegmentsJob } from "./refresh-segments";
import { remindCouponsJob } from "./remind-coupons";
import { settleLevelsJob } from "./settle-levels";

const steps = inOrder({ "birthdays": birthdaysJob, "settle-levels": settleLevelsJob, "refresh-segments": refreshSegmentsJob, "remind-coupons": remindCouponsJob, "reconcile-ledger": reconcileLedgerJob });

/**
 * Once a programme day: gifts, then levels, then the check of all books. It is asked every hour, so that a server that was
 * started again, or a night without one, leaves nothing out; a day's run that did not get through is begun again.
 */
export const nightlyJob: Job = {
  everyMinutes: 60,
  async run(now, deadline) {
    const { timeZone } = await getPolicy(db());
    const today = startOfDay(dayOf(now, timeZone), timeZone);
    const [done] = await db()
      .select({ id: jobRuns.id })
      .from(jobRuns)
      .where(and(eq(jobRuns.job, "nightly"), gte(jobRuns.startedAt, today), sql`json_extract(${jobRuns.report}, '$.finished') = 1`))
      .limit(1);
    return done ? { doneToday: 1 } : steps(now, deadline);
  },
};
