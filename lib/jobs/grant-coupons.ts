import "server-only";

import { finishGrant, grantBatch, listOpenGrants, type Grant } from "@/lib/coupons/granting/commands";
import type { Ctx } from "@/lib/ctx";
import { log } from "@/lib/log";
import { loadListeners, notify } from "@/lib/notifications/commands";
import { perform } from "@/lib/perform";

import { clockActor, type Job } from "./job";

/** Each of a transaction is a coupon and a notice. */
const PEOPLE_AT_ONCE = 500;
const GRANTS_AT_ONCE = 20;
const DAY_MS = 86_400_000;
/** An order that could not be carried out for so long is given up. */
const OPEN_DAYS = 30;

/**
 * Hands out what staff ordered for a segment, in batches that each commit: killed in the middle, the next run finds who has none yet, by the name
 * of the grant and of the person, so nobody is left out and nobody gets two.
 */
export const grantCouponsJob: Job = {
  everyMinutes: 1,
  async run(now, deadline) {
    const total = { grants: 0, people: 0 };
    const grants = await inTransaction(now, (ctx) => listOpenGrants(ctx, new Date(now.getTime() - OPEN_DAYS * DAY_MS), GRANTS_AT_ONCE));
    const failures: string[] = [];
    for (const grant of grants) {
      try {
        if (!(await handOut(grant, now, deadline, total))) return { ...total, failures, finished: 0 };
        await inTransaction(now, (ctx) => finishGrant(ctx, grant));
        total.grants++;
      } catch (error) {
        // Those after it do not wait for it.
        log.error({ err: error, grantId: grant.grantId }, "a grant of coupons was not handed out");
        failures.push(grant.grantId);
      }
    }
    return { ...total, failures, finished: grants.length < GRANTS_AT_ONCE ? 1 : 0 };
  },
};

const inTransaction = <T>(now: Date, work: (ctx: Ctx) => Promise<T>): Promise<T> => perform(clockActor("grant-coupons"), work, now);

/** False when the time was over first. */
async function handOut(grant: Grant, now: Date, deadline: number, total: { people: number }): Promise<boolean> {
  for (let last: number | null = 0; last !== null; ) {
    if (Date.now() >= deadline) return false;
    const after: number = last;
    const batch = await inTransaction(now, (ctx) => giveAndTell(ctx, grant, after));
    total.people += batch.people;
    last = batch.last;
  }
  return true;
}

/** The coupons and what is said of them are one transaction: nobody is told of a coupon that they do not have. */
async function giveAndTell(ctx: Ctx, grant: Grant, after: number): Promise<{ people: number; last: number | null }> {
  const { people, name, nameEn, last } = await grantBatch(ctx, grant, after, PEOPLE_AT_ONCE);
  const listeners = await loadListeners(ctx, people);
  await notify(ctx, listeners, people.map((userId) => ({
    userId, kind: "coupon" as const, subject: `grant:${grant.grantId}`, data: { how: "granted", name: (listeners.get(userId)?.locale === "en" && nameEn) || name }, link: "/coupons",
  })));
  return { people: people.length, last };
}
