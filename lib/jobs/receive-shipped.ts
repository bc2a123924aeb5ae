import "server-only";

import { log } from "@/lib/log";
import { completeOrder, listLongShipped } from "@/lib/orders/receiving/commands";
import { perform } from "@/lib/perform";
import { isRefusal } from "@/lib/refusal";

import { clockActor, type Job } from "./job";

const NAME = "receive-shipped";
const ORDERS_AT_ONCE = 100;
const DAY_MS = 86_400_000;

/** Orders whose parcels left long ago and of which nobody said anything count as received; 0 days in the settings leaves them as they are. */
export const receiveShippedJob: Job = {
  everyMinutes: 60,
  async run(now, deadline) {
    const failures: string[] = [];
    const left: string[] = [];
    let received = 0;
    let isDone = false;
    while (!isDone && Date.now() < deadline) {
      const due = await perform(clockActor(NAME), async (ctx) => {
        const { receivedAfterDays: days } = ctx.policy;
        return days === 0 ? [] : listLongShipped(ctx, new Date(ctx.now.getTime() - days * DAY_MS), ORDERS_AT_ONCE, left);
      }, now);
      isDone = due.length === 0;
      for (const orderId of due) {
        if (Date.now() >= deadline) break;
        try {
          await perform(clockActor(NAME), (ctx) => completeOrder(ctx, { requestId: orderId, orderId }), now);
          received++;
        } catch (error) {
          // Somebody confirmed it, or took it back, meanwhile.
          left.push(orderId);
          if (isRefusal(error)) continue;
          log.error({ err: error, orderId }, "a shipped order was not received");
          failures.push(orderId);
        }
      }
    }
    return { received, failures, finished: isDone ? 1 : 0 };
  },
};
