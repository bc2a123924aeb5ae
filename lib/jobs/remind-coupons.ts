import "server-only";

import { remindOfCoupons } from "@/lib/notifications/coupons/commands";
import { perform } from "@/lib/perform";

import { clockActor, type Job } from "./job";

/** Coupons of one transaction: few of them are about to end. */
const COUPONS_AT_ONCE = 5_000;

/** Reminds people of coupons that are about to end, once for each day on which some do. */
export const remindCouponsJob: Job = {
  async run(now, deadline) {
    const total = { people: 0 };
    for (let last: number | null = 0; last !== null; ) {
      if (Date.now() >= deadline) return { ...total, finished: 0 };
      const after: number = last;
      const done = await perform(clockActor("remind-coupons"), (ctx) => remindOfCoupons(ctx, after, COUPONS_AT_ONCE), now);
      total.people += done.people;
      last = done.last;
    }
    return { ...total, finished: 1 };
  },
};
