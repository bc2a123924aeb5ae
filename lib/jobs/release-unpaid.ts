import "server-only";

import type { UserId } from "@/lib/ctx";
import { log } from "@/lib/log";
import { cancelOrder, listOverdue } from "@/lib/orders/commands";
import { endPayments } from "@/lib/orders/payment";
import { perform } from "@/lib/perform";
import { isRefusal } from "@/lib/refusal";

import { clockActor, type Job } from "./job";

const ORDERS_AT_ONCE = 100;
/** Each waits for a provider that may be far away. */
const ASKED_AT_ONCE = 8;
/** So long an order keeps its pieces for a provider that does not say whether it was paid. What comes after goes back. */
const UNSURE_MS_MAX = 15 * 60_000;

type Overdue = { orderId: string; userId: UserId; payBy: Date };

/** Takes back orders whose time to pay is over: points to their lots, pieces to the shelf. One that was paid meanwhile stays: its provider is asked before. */
export const releaseUnpaidJob: Job = {
  everyMinutes: 1,
  async run(now, deadline) {
    const failures: string[] = [];
    const kept = new Set<string>();
    const silent = new Set<string>();
    let released = 0;

    const release = async ({ orderId, payBy }: Overdue): Promise<void> => {
      try {
        const ending = await endPayments(orderId, silent);
        if (ending === "paid" || (ending === "unsure" && now.getTime() < payBy.getTime() + UNSURE_MS_MAX)) return void kept.add(orderId);
        await perform(clockActor("release-unpaid"), (ctx) => cancelOrder(ctx, { requestId: orderId, orderId }, "unpaid"), now);
        released++;
      } catch (error) {
        if (isRefusal(error)) return void kept.add(orderId);
        log.error({ err: error, orderId }, "an unpaid order was not released");
        failures.push(orderId);
      }
    };

    /** One buyer's, the oldest first: beside each other they would wait for one account, and come into its ledger in any order. */
    const releaseAll = async (orders: readonly Overdue[]): Promise<void> => {
      for (const order of orders) if (Date.now() < deadline) await release(order);
    };

    while (Date.now() < deadline) {
      const passed = (orderId: string): boolean => failures.includes(orderId) || kept.has(orderId);
      const due = (await perform(clockActor("release-unpaid"), (ctx) => listOverdue(ctx, ORDERS_AT_ONCE + failures.length + kept.size), now)).filter(({ orderId }) => !passed(orderId));
      if (due.length === 0) break;
      const buyers = [...new Set(due.map(({ userId }) => userId))].map((buyer) => due.filter(({ userId }) => userId === buyer));
      for (let at = 0; at < buyers.length && Date.now() < deadline; at += ASKED_AT_ONCE) await Promise.all(buyers.slice(at, at + ASKED_AT_ONCE).map(releaseAll));
    }
    return { released, failures };
  },
};
