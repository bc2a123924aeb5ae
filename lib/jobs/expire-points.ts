import "server-only";

import type { UserId } from "@/lib/ctx";
import { perform } from "@/lib/perform";
import { expirePoints, listDue } from "@/lib/points/keeping/commands";

import { clockActor, togetherOrAlone, type Job } from "./job";

const JOB = "expire-points";
/** Lots of one transaction: larger ones hold people's accounts for longer than a shopper should wait. */
const LOTS_AT_ONCE = 1_000;

/** Ends expired points in batches. Killed at any point, the next run goes on where it stopped. */
export const expirePointsJob: Job = {
  async run(now, deadline) {
    const total = { people: 0, lots: 0, points: 0, batches: 0 };
    const failures: UserId[] = [];
    while (Date.now() < deadline) {
      const due = await perform(clockActor(JOB), (ctx) => listDue(ctx, LOTS_AT_ONCE, failures), now);
      if (due.length === 0) return { ...total, finished: 1, failures: failures.map(String) };
      const { done, failed } = await togetherOrAlone(due, (people) => perform(clockActor(JOB), (ctx) => expirePoints(ctx, people), now));
      for (const batch of done) {
        total.people += batch.people;
        total.lots += batch.lots;
        total.points += batch.points;
      }
      failures.push(...failed);
      total.batches++;
    }
    return { ...total, finished: 0, failures: failures.map(String) };
  },
};
