import "server-only";

import { log } from "@/lib/log";
import { deliverOrder, listUndelivered } from "@/lib/orders/delivering/commands";
import { perform } from "@/lib/perform";
import { isRefusal } from "@/lib/refusal";

import { clockActor, type Job } from "./job";

const NAME = "deliver-waiting";
const ORDERS_AT_ONCE = 100;

/** Hands over what was short before, and what an event's handling missed: codes that came into the pool go to who has waited longest. */
export const deliverWaitingJob: Job = {
  everyMinutes: 5,
  async run(now, deadline) {
    const failures: string[] = [];
    let [orders, pieces, after] = [0, 0, 0];
    let isDone = false;
    while (!isDone && Date.now() < deadline) {
      const waiting = await perform(clockActor(NAME), (ctx) => listUndelivered(ctx, after, ORDERS_AT_ONCE), now);
      isDone = waiting.length < ORDERS_AT_ONCE;
      for (const { id, publicId } of waiting) {
        if (Date.now() >= deadline) return { orders, pieces, failures, finished: 0 };
        after = id;
        try {
          const handed = await perform(clockActor(NAME), (ctx) => deliverOrder(ctx, publicId), now);
          orders++;
          pieces += handed.pieces;
        } catch (error) {
          log.error({ err: error, orderId: publicId, code: isRefusal(error) ? error.code : undefined }, "an order was not handed over");
          failures.push(publicId);
        }
      }
    }
    return { orders, pieces, failures, finished: isDone ? 1 : 0 };
  },
};
