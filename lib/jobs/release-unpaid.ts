import "server-only";

import { log } from "@/lib/log";
import { cancelOrder, listOverdue } from "@/lib/orders/commands";
import { perform } from "@/lib/perform";
import { isRefusal } from "@/lib/refusal";

import { clockActor, type Job } from "./job";

const ORDERS_AT_ONCE = 100;

/** Takes back orders whose time to pay is over: points to their lots, pieces to the shelf. One that was paid meanwhile stays. */
export const releaseUnpaidJob: Job = {
  everyMinutes: 1,
  async run(now, deadline) {
    const failures: string[] = [];
    let released = 0;
    while (Date.now() < deadline) {
      const due = (await perform(clockActor("release-unpaid"), (ctx) => listOverdue(ctx, ORDERS_AT_ONCE + failures.length), now)).filter((id) => !failures.includes(id));
      if (due.length === 0) break;
      for (const orderId of due) {
        try {
          await perform(clockActor("release-unpaid"), (ctx) => cancelOrder(ctx, { requestId: orderId, orderId }, "unpaid"), now);
          released++;
        } catch (error) {
          if (isRefusal(error)) continue;
          log.error({ err: error, orderId }, "an unpaid order was not released");
          failures.push(orderId);
        }
      }
    }
    return { released, failures };
  },
};
