import { addDays, addMonths, dayOf, endOfDay, firstOfMonth, monthDays, parseDay, type Day } from "@/lib/day";
import type { ExpiryPolicy } from "@/lib/settings/expiry";
import type { Policy } from "@/lib/settings/policy";

import { NEVER } from "./lots";

/** Until when points are good. What slides moves on whenever its owner earns or spends. */
export type Lifetime = { expiresAt: Date; isSliding: boolean };

type Keeping = Pick<Policy, "timeZone" | "expiry">;

/** How long points live that can be spent from `from` on: to the end of a programme day, by the programme's policy or a rule's own. */
export function lifetimeOf(from: Date, policy: Keeping, own: ExpiryPolicy | null = null): Lifetime {
  const rule = own ?? policy.expiry;
  const today = dayOf(from, policy.timeZone);
  switch (rule.kind) {
    case "none":
      return { expiresAt: NEVER, isSliding: false };
    case "rolling":
      return { expiresAt: endOfDay(rounded(rolledOn(today, rule.every, rule.unit), rule.roundTo), policy.timeZone), isSliding: false };
    case "calendar":
      return { expiresAt: endOfDay(nextDate(today, rule.dates), policy.timeZone), isSliding: false };
    case "sliding":
      return { expiresAt: endOfDay(addDays(today, rule.inactiveDays), policy.timeZone), isSliding: true };
  }
}

/** When points earned now expire by the programme's policy. */
export const expiryOf = (earnedAt: Date, policy: Keeping): Date => lifetimeOf(earnedAt, policy).expiresAt;

/** Until when points are good that come back after their own lot has expired. */
export const graceUntil = (now: Date, policy: Pick<Policy, "timeZone" | "restoreGraceDays">): Date =>
  endOfDay(addDays(dayOf(now, policy.timeZone), policy.restoreGraceDays), policy.timeZone);

function rolledOn(day: Day, every: number, unit: "day" | "month" | "year"): Day {
  return unit === "day" ? addDays(day, every) : sameDayOf(addMonths(day, unit === "month" ? every : every * 12), Number(day.slice(8)));
}

/** That day of the month, or the month's last where it is shorter. */
const sameDayOf = (month: Day, dayOfMonth: number): Day => {
  const days = monthDays(month);
  return days[Math.min(dayOfMonth, days.length) - 1]!;
};

const lastOfMonth = (day: Day): Day => addDays(addMonths(day, 1), -1);

function rounded(day: Day, to: "month" | "quarter" | "year" | null): Day {
  if (to === null) return day;
  if (to === "month") return lastOfMonth(day);
  const month = Number(day.slice(5, 7));
  const months = to === "year" ? 12 - month : (3 - (month % 3)) % 3;
  return lastOfMonth(addMonths(firstOfMonth(day), months));
}

/** The next of the given days of the year after `today`. On such a day itself it is the one after: points live a day at least. */
function nextDate(today: Day, dates: readonly string[]): Day {
  const year = Number(today.slice(0, 4));
  const candidates = [year, year + 1].flatMap((each) => dates.map((date) => dateIn(each, date)));
  return candidates.filter((day) => day > today).sort()[0]!;
}

function dateIn(year: number, date: string): Day {
  const month = parseDay(`${String(year).padStart(4, "0")}-${date.slice(0, 2)}-01`);
  return sameDayOf(month, Number(date.slice(3)));
}
