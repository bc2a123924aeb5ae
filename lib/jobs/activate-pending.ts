import "server-only";

import { perform } from "@/lib/perform";
import { activatePending, listDuePending } from "@/lib/points/pending/commands";

import { clockActor, togetherOrAlone, type Job } from "./job";

const JOB = "activate-pending";
/** Grants of one transaction: more would hold people's accounts for longer than a shopper should wait. */
const GRANTS_AT_ONCE = 500;

/** Makes pending points spendable whose time has come. Killed at any point, the next run goes on where it stopped. */
export const activatePendingJob: Job = {
  async run(now, deadline) {
    const total = { grants: 0, points: 0 };
    const failures: number[] = [];
    while (Date.now() < deadline) {
      const due = await perform(clockActor(JOB), (ctx) => listDuePending(ctx, GRANTS_AT_ONCE, failures), now);
      if (due.length === 0) return { ...total, finished: 1, failures: failures.map(String) };
      const { done, failed } = await togetherOrAlone(due, (ids) => perform(clockActor(JOB), (ctx) => activatePending(ctx, ids), now));
      for (const batch of done) {
        total.grants += batch.grants;
        total.points += batch.points;
      }
      failures.push(...failed);
    }
    return { ...total, finished: 0, failures: failures.map(String) };
  },
};
