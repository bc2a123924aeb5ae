import "server-only";

import { lt, sql } from "drizzle-orm";

import { idempotencyKeys, sessions } from "@/db/schema";
import { forgetOldWindows } from "@/lib/limits";
import { perform } from "@/lib/perform";

import { clockActor, type Job } from "./job";

const DAY_MS = 86_400_000;
/** Clients repeat a request within a day; a week leaves room for an outage. */
const KEYS_KEPT_DAYS = 7;
const ROWS_AT_ONCE = 5_000;

/** Deletes what has served its time: old request keys, dead sessions, request counts. */
export const housekeepingJob: Job = {
  everyMinutes: 60,
  async run(now, deadline) {
    const keysBefore = new Date(now.getTime() - KEYS_KEPT_DAYS * DAY_MS);
    const requestKeys = await inBatches(deadline, () =>
      perform(clockActor("housekeeping"), async (ctx) => {
        const [header] = await ctx.tx.delete(idempotencyKeys).where(sql`${lt(idempotencyKeys.createdAt, keysBefore)} limit ${ROWS_AT_ONCE}`);
        return header.affectedRows;
      }));
    const endedSessions = await inBatches(deadline, () =>
      perform(clockActor("housekeeping"), async (ctx) => {
        const [header] = await ctx.tx.delete(sessions).where(sql`${lt(sessions.expiresAt, now)} limit ${ROWS_AT_ONCE}`);
        return header.affectedRows;
      }));
    return { requestKeys, endedSessions, rateWindows: await forgetOldWindows(now) };
  },
};

async function inBatches(deadline: number, deleteSome: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let deleted = ROWS_AT_ONCE; deleted === ROWS_AT_ONCE && Date.now() < deadline; total += deleted) deleted = await deleteSome();
  return total;
}
