import { addDays, monthDays, weekdayOf, type Day } from "@/lib/day";
import { ladderStep } from "@/lib/rules/rule";

import { standingStreak, type CheckIn } from "./streak";

export type StripDay = { day: Day; state: "done" | "today" | "ahead"; points: number };

/**
 * Seven days of the ladder's current round: days checked in, today, and what the coming days give.
 * `last` is the latest check-in; a broken streak starts a new round today.
 */
export function ladderStrip(today: Day, last: CheckIn | null, ladder: readonly number[]): StripDay[] {
  const isDone = last?.localDay === today;
  const standing = standingStreak(today, last);
  const todays = isDone ? standing : standing + 1;
  const place = (todays - 1) % ladder.length;
  return ladder.map((points, index) => {
    const day = addDays(today, index - place);
    const state = day === today && !isDone ? "today" : index <= place ? "done" : "ahead";
    return { day, state, points };
  });
}

/** What the next check-in gives, and on which day it can be made. */
export function nextReward(today: Day, last: CheckIn | null, ladder: readonly number[]): { day: Day; points: number; streakDays: number } {
  const streakDays = standingStreak(today, last) + 1;
  return { day: last?.localDay === today ? addDays(today, 1) : today, points: ladderStep(ladder, streakDays), streakDays };
}

export type CalendarDay = { day: Day; state: "checked-in" | "missed" | "today" | "ahead" | "before"; points: number };

/** The month in weeks from Monday to Sunday, with null outside the month. `since` is the day the person joined. */
export function monthWeeks(month: Day, today: Day, since: Day, checkIns: ReadonlyMap<Day, number>): (CalendarDay | null)[][] {
  const days: (CalendarDay | null)[] = monthDays(month).map((day) => ({ day, state: stateOf(day, today, since, checkIns), points: checkIns.get(day) ?? 0 }));
  const padded = [...Array.from({ length: weekdayOf(monthDays(month)[0]!) - 1 }, () => null), ...days];
  while (padded.length % 7 !== 0) padded.push(null);
  return Array.from({ length: padded.length / 7 }, (_, week) => padded.slice(week * 7, week * 7 + 7));
}

function stateOf(day: Day, today: Day, since: Day, checkIns: ReadonlyMap<Day, number>): CalendarDay["state"] {
  if (checkIns.has(day)) return "checked-in";
  if (day === today) return "today";
  if (day > today) return "ahead";
  return day < since ? "before" : "missed";
}
