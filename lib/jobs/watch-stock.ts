import "server-only";

import type { Ctx } from "@/lib/ctx";
import { tellOfLowStock, tellOfReturn } from "@/lib/notifications/stock/commands";
import { perform } from "@/lib/perform";

import { clockActor, type Job } from "./job";

/** SKUs of one notice, and people of one transaction. */
const SKUS_AT_ONCE = 200;
const PEOPLE_AT_ONCE = 500;

/** Tells staff what runs low, and people that what they waited for is back: each once, in batches that each commit. */
export const watchStockJob: Job = {
  everyMinutes: 1,
  async run(now, deadline) {
    const total = { cleared: 0, raised: 0, people: 0 };
    const inTransaction = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> => perform(clockActor("watch-stock"), work, now);
    for (let more = true; more; ) {
      if (Date.now() >= deadline) return { ...total, finished: 0 };
      const batch = await inTransaction((ctx) => tellOfLowStock(ctx, SKUS_AT_ONCE));
      total.cleared += batch.cleared;
      total.raised += batch.raised;
      more = batch.more;
    }
    for (let more = true; more; ) {
      if (Date.now() >= deadline) return { ...total, finished: 0 };
      const batch = await inTransaction((ctx) => tellOfReturn(ctx, PEOPLE_AT_ONCE));
      total.people += batch.people;
      more = batch.more;
    }
    return { ...total, finished: 1 };
  },
};
