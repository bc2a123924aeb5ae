import { addDays, dayOf, daysBetween, endOfDay, startOfDay, type Day } from "@/lib/day";
import type { Policy } from "@/lib/settings/policy";

/** Which reminder is due for points that expire within these instants. */
export type ReminderWindow = {
  daysBefore: number;
  /** Points expire after this instant … */
  after: Date;
  /** … and at this one at the latest. */
  until: Date;
};

type Reminding = Pick<Policy, "timeZone" | "remindDaysBefore" | "expiry">;

/**
 * The days before expiry on which people are reminded, from the last to the first. A reminder that would come with the points themselves
 * is left out: who earns points for ten days is not told on the same day that they end soon.
 */
function reminderDays({ remindDaysBefore, expiry }: Reminding): number[] {
  const lifeDays = expiry.kind === "sliding" ? expiry.inactiveDays : expiry.kind === "rolling" && expiry.unit === "day" && expiry.roundTo === null ? expiry.every : Infinity;
  return [...new Set(remindDaysBefore)].filter((days) => days < lifeDays).sort((a, b) => a - b);
}

/**
 * One window for each reminder, side by side: points whose last day is so many days off that this reminder is the latest that fell due.
 * So a reminder that was missed comes late, and never after the next one.
 */
export function reminderWindows(now: Date, policy: Reminding): ReminderWindow[] {
  const zone = policy.timeZone;
  const today = dayOf(now, zone);
  const days = reminderDays(policy);
  return days.map((daysBefore, index) => ({
    daysBefore,
    after: index === 0 ? now : startOfDay(addDays(today, days[index - 1]! + 1), zone),
    until: endOfDay(addDays(today, daysBefore), zone),
  }));
}

/** The last programme day on which points that expire at this instant are good. */
export const lastDayOf = (expiresAt: Date, zone: string): Day => dayOf(new Date(expiresAt.getTime() - 1), zone);

export const daysLeft = (expiresAt: Date, now: Date, zone: string): number => daysBetween(dayOf(now, zone), lastDayOf(expiresAt, zone));

/** The end of the day on which this reminder falls due: points that came later were not there to be reminded of. */
export const dueUntil = (expiresAt: Date, daysBefore: number, zone: string): Date => endOfDay(addDays(lastDayOf(expiresAt, zone), -daysBefore), zone);
