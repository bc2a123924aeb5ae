import "server-only";

import { describeError, log } from "@/lib/log";
import { listCashDue, postponeCash, settleCash, type CashDue } from "@/lib/orders/cash/commands";
import { providerNamed } from "@/lib/payments";
import { perform } from "@/lib/perform";

import { clockActor, type Job } from "./job";

const AT_ONCE = 50;
const MINUTE_MS = 60_000;
/** After each failed try the next comes later; after the last, a person looks. */
const WAITS_MINUTES = [1, 5, 30, 120, 360, 720, 1440];

/** Asks providers for the cash that goes back. Its id is the provider's key: asked twice, it pays once. */
export const refundCashJob: Job = {
  everyMinutes: 1,
  async run(now, deadline) {
    const total = { sent: 0, postponed: 0 };
    const due = await perform(clockActor("refund-cash"), (ctx) => listCashDue(ctx, AT_ONCE), now);
    for (const refund of due) {
      if (Date.now() >= deadline) return { ...total, finished: 0 };
      if (await send(refund, now)) total.sent++;
      else total.postponed++;
    }
    return { ...total, finished: due.length < AT_ONCE ? 1 : 0 };
  },
};

async function send(refund: CashDue, now: Date): Promise<boolean> {
  try {
    await providerNamed(refund.provider).refund(refund);
  } catch (error) {
    log.warn({ err: error, refundId: refund.refundId }, "a provider did not take a refund");
    const wait = WAITS_MINUTES[refund.attempts];
    const next = wait === undefined ? null : new Date(now.getTime() + wait * MINUTE_MS);
    await perform(clockActor("refund-cash"), (ctx) => postponeCash(ctx, refund.id, JSON.stringify(describeError(error)), next), now);
    return false;
  }
  await perform(clockActor("refund-cash"), (ctx) => settleCash(ctx, refund.id), now);
  return true;
}
