import "server-only";

import { perform } from "@/lib/perform";
import { expirePoints, listDue } from "@/lib/points/keeping/commands";

import { clockActor, type Job } from "./job";

/** Lots of one transaction: larger ones hold people's accounts for longer than a shopper should wait. */
const LOTS_AT_ONCE = 1_000;

/** Ends expired points in batches. Killed at any point, the next run goes on where it stopped. */
export const expirePointsJob: Job = {
  everyMinutes: 10,
  async run(now, deadline) {
    const total = { people: 0, lots: 0, points: 0, batches: 0 };
    while (Date.now() < deadline) {
      const batch = await perform(clockActor("expire-points"), async (ctx) => expirePoints(ctx, await listDue(ctx, LOTS_AT_ONCE)), now);
      if (batch.people === 0) return { ...total, finished: 1 };
      total.people += batch.people;
      total.lots += batch.lots;
      total.points += batch.points;
      total.batches++;
    }
    return { ...total, finished: 0 };
  },
};
