import "server-only";

import type { Ctx } from "@/lib/ctx";
import { nextExpiry, remindOfExpiry } from "@/lib/notifications/reminding/commands";
import { reminderWindows, type ReminderWindow } from "@/lib/notifications/reminding/reminder";
import { perform } from "@/lib/perform";

import { clockActor, type Job } from "./job";

/** People of one transaction: each is a reminder, a notice and a mail. */
const PEOPLE_AT_ONCE = 500;

/** Reminds people of points that are about to expire: in the shop and by mail, each reminder once. */
export const remindExpiringJob: Job = {
  async run(now, deadline) {
    const total = { people: 0, points: 0 };
    for (const window of await inTransaction(now, async (ctx) => reminderWindows(ctx.now, ctx.policy))) {
      if (!(await remindWindow(window, now, deadline, total))) return { ...total, finished: 0 };
    }
    return { ...total, finished: 1 };
  },
};

const inTransaction = <T>(now: Date, work: (ctx: Ctx) => Promise<T>): Promise<T> => perform(clockActor("remind-expiring"), work, now);

/** False when the time was over first. */
async function remindWindow(window: ReminderWindow, now: Date, deadline: number, total: { people: number; points: number }): Promise<boolean> {
  for (let at = await next(window, now, window.after); at; at = await next(window, now, at)) {
    const expiresAt = at;
    for (let last: number | null = 0; last !== null; ) {
      if (Date.now() >= deadline) return false;
      const after: number = last;
      const batch = await inTransaction(now, (ctx) => remindOfExpiry(ctx, window, expiresAt, after, PEOPLE_AT_ONCE));
      total.people += batch.people;
      total.points += batch.points;
      last = batch.last;
    }
  }
  return true;
}

const next = (window: ReminderWindow, now: Date, after: Date): Promise<Date | null> => inTransaction(now, (ctx) => nextExpiry(ctx, window, after));
