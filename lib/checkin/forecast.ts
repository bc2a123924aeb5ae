import { addDays, daysBetween, type Day } from "@/lib/day";
import { evaluate, NOTHING_EARNED, type Member } from "@/lib/rules/evaluate";
import type { Rule } from "@/lib/rules/rule";

/** Days checked in or made up so far. */
export type DayCounts = { inMonth: (day: Day) => number; ever: number };
export const NO_COUNTS: DayCounts = { inMonth: () => 0, ever: 0 };

export type Outlook = {
  rules: readonly Rule[];
  member: Member;
  counts: DayCounts;
  today: Day;
  isDoneToday: boolean;
  now: Date;
  timeZone: string;
};

const DAY_MS = 86_400_000;

export type Expected = { points: number; /** Of these, what can be spent later only. */ pointsPending: number };

/**
 * What a check-in on a day gives in points as the so many-th of its streak, by the rules as they stand and if every day until then is checked in.
 * It is the engine itself that answers; only caps are left out, because nobody knows yet what they will leave.
 * Prizes for the number of days are those of days to come: what was reached before is not promised again.
 */
export function expectedPoints({ rules, member, counts, today, isDoneToday, now, timeZone }: Outlook, day: Day, streakDays: number): Expected {
  // Of the check-ins to come until that day, itself among them.
  const more = daysBetween(isDoneToday ? addDays(today, 1) : today, day) + 1;
  const numbers = more < 1 ? {} : { checkInsInMonth: counts.inMonth(day) + Math.min(more, Number(day.slice(8))), checkInsEver: counts.ever + more };
  const { grants } = evaluate({
    rules, member, timeZone, at: new Date(now.getTime() + daysBetween(today, day) * DAY_MS),
    facts: { streakDays, localDay: day, ...numbers }, standing: () => NOTHING_EARNED, budgetLeft: () => null,
  });
  const sum = (some: typeof grants): number => some.reduce((total, { points }) => total + points, 0);
  return { points: sum(grants), pointsPending: sum(grants.filter(({ holding }) => holding.kind !== "none")) };
}
