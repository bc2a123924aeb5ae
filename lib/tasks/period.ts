import type { TaskMetric } from "@/db/schema/loyalty";
import { addDays, dayOf, startOfDay, weekdayOf, type Day } from "@/lib/day";

import type { Task } from "./task";

const DAY_MS = 86_400_000;

type Spell = Pick<Task, "period" | "startsAt" | "endsAt">;

/** The time for which a task is done once. Ends are not included; null is open. */
export type Period = { key: string; from: Date | null; until: Date | null };

const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOf(day));

/** The period of a task at an instant: the programme day, its week from Monday on, the campaign, or all time. */
export function periodAt({ period, startsAt, endsAt }: Spell, now: Date, timeZone: string): Period {
  const today = dayOf(now, timeZone);
  switch (period) {
    case "once":
      return { key: "once", from: startsAt, until: endsAt };
    case "campaign":
      return { key: startsAt ? dayOf(startsAt, timeZone) : "once", from: startsAt, until: endsAt };
    case "daily":
      return between(today, 1);
    case "weekly":
      return between(mondayOf(today), 7);
  }

  function between(first: Day, days: number): Period {
    return { key: first, from: later(startsAt, startOfDay(first, timeZone)), until: earlier(endsAt, startOfDay(addDays(first, days), timeZone)) };
  }
}

const later = (a: Date | null, b: Date): Date => (a && a > b ? a : b);
const earlier = (a: Date | null, b: Date): Date => (a && a < b ? a : b);

/** What of the past counts: from an instant on, up to and without another; and the same in calendar days, for what is counted by day. */
export type Span = { metric: TaskMetric; eventName: string | null; from: Date | null; until: Date; fromDay: Day | null; untilDay: Day };

/**
 * What counts towards a task at an instant: its period so far, and of that no more than its window.
 * A window of 30 days is the last 30 times 24 hours, or today and the 29 days before it for what is counted by day.
 */
export function spanAt(task: Pick<Task, "metric" | "eventName" | "windowDays"> & Spell, now: Date, timeZone: string): Span {
  const { metric, eventName, windowDays } = task;
  const { from, until } = periodAt(task, now, timeZone);
  const today = dayOf(now, timeZone);
  const lastDay = until ? dayOf(new Date(until.getTime() - 1), timeZone) : null;
  return {
    metric,
    eventName,
    from: windowDays === null ? from : later(from, new Date(now.getTime() - windowDays * DAY_MS)),
    until: earlier(until, new Date(now.getTime() + 1)),
    fromDay: latestDay(from ? dayOf(from, timeZone) : null, windowDays === null ? null : addDays(today, 1 - windowDays)),
    // Somebody whose own day begins before the programme's may have checked in for its tomorrow already; a week has it, a day has not.
    untilDay: lastDay ?? addDays(today, 1),
  };
}

const latestDay = (a: Day | null, b: Day | null): Day | null => (a && b ? (a > b ? a : b) : (a ?? b));

/**
 * The spans by which a claim still stands: what counted when it was claimed, and what counts now, or counted when its period ended.
 * It stands while either reaches what it was claimed for, so that a later order makes up for a cancelled one.
 */
export function spansOfClaim(task: Parameters<typeof spanAt>[0], claim: { period: string; claimedAt: Date }, now: Date, timeZone: string): Span[] {
  // A task that was moved to a later start is not held against who claimed it before.
  const then = task.startsAt && task.startsAt > claim.claimedAt ? { ...task, startsAt: null } : task;
  const { key, until } = periodAt(then, claim.claimedAt, timeZone);
  if (key !== claim.period) return [];
  const last = until && until <= now ? new Date(until.getTime() - 1) : now;
  return [spanAt(then, claim.claimedAt, timeZone), spanAt(then, last, timeZone)];
}
