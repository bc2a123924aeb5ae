import { addDays, monthDays, weekdayOf, type Day } from "@/lib/day";

import { isDone, type CheckIn, type DayRecord, type Link } from "./streak";

const STRIP_DAYS = 7;

export type StripDay = { day: Day; state: "done" | "frozen" | "today" | "ahead"; points: number };

export type StripFacts = {
  today: Day;
  last: CheckIn | null;
  /** The person's latest days, this week's at least. */
  recent: ReadonlyMap<Day, DayRecord>;
  /** How today continues the streak. */
  link: Link;
  /** What a check-in on a day gives as the so many-th of the streak. */
  pointsOn: (day: Day, streakDays: number) => number;
};

/** The streak's place today, when today is checked in. */
const todaysPlace = ({ today, last, link }: StripFacts): number => (isDone(today, last) ? last!.streakDays : link.streakDays);

/**
 * Seven days of the streak with today among them: from the first day of its present seven, what was done or protected, today, and what is to come.
 * A broken streak starts anew today. Days that a freeze covered take room, so the row then ends with today at the latest.
 */
export function streakStrip(facts: StripFacts): StripDay[] {
  const { today, last, link, pointsOn } = facts;
  const place = todaysPlace(facts);
  const past = pastOfSeven(facts, place);
  const ahead = Array.from({ length: STRIP_DAYS - past.length - 1 }, (_, index) => index + 1);
  const waits = !isDone(today, last);
  return [
    ...past.map(({ localDay, kind, streakDays }): StripDay => ({
      day: localDay, state: kind === "freeze" || kind === "skipped" ? "frozen" : "done", points: pointsOn(localDay, streakDays),
    })),
    { day: today, state: waits ? "today" : "done", points: pointsOn(today, waits ? link.streakDays : place) },
    ...ahead.map((days): StripDay => ({ day: addDays(today, days), state: "ahead", points: pointsOn(addDays(today, days), place + days) })),
  ];
}

/** The days before today that belong to the same seven of the streak, oldest first. */
function pastOfSeven({ today, last, recent, link }: StripFacts, place: number): DayRecord[] {
  const bridge = isDone(today, last) ? [] : link.bridge;
  const first = Math.floor((place - 1) / STRIP_DAYS) * STRIP_DAYS + 1;
  const past: DayRecord[] = [];
  let streak = place;
  while (past.length < STRIP_DAYS - 1 && streak > first) {
    const day = addDays(today, -past.length - 1);
    const row = bridge.find(({ localDay }) => localDay === day) ?? recent.get(day);
    if (!row) break;
    past.unshift(row);
    streak = row.streakDays;
    // A protected day has the place of the day before it, which is still to come.
    if (row.kind === "freeze" || row.kind === "skipped") streak++;
  }
  return past;
}

/** What the next check-in gives, and on which day it can be made. */
export function nextReward(facts: StripFacts): { day: Day; points: number; streakDays: number } {
  const { today, last, link, pointsOn } = facts;
  const waits = !isDone(today, last);
  // Where the clock was set back, the next day is the one after the last that was checked in.
  const day = waits ? today : addDays(last!.localDay, 1);
  const streakDays = waits ? link.streakDays : last!.streakDays + 1;
  return { day, streakDays, points: pointsOn(day, streakDays) };
}

/** How many more check-ins reach the strip's best day; null when it is there, or when no day is better than another. */
export function bonusAhead(strip: readonly StripDay[]): { days: number; points: number } | null {
  const points = Math.max(...strip.map((each) => each.points));
  if (strip.every((each) => each.points === points)) return null;
  const waiting = strip.filter(({ state }) => state === "today" || state === "ahead");
  const place = waiting.findIndex((each) => each.points === points);
  return place < 0 ? null : { days: place + 1, points };
}

export type CalendarState = "checked-in" | "made-up" | "frozen" | "skipped" | "missed" | "today" | "ahead" | "before";
export type CalendarDay = { day: Day; state: CalendarState; points: number; canMakeUp: boolean };

export type MonthFacts = {
  today: Day;
  /** The day the person joined. */
  since: Day;
  days: ReadonlyMap<Day, DayRecord & { points: number }>;
  isLeftOut: (day: Day) => boolean;
  canMakeUp: (day: Day) => boolean;
};

/** The month in weeks from Monday to Sunday, with null outside the month. */
export function monthWeeks(month: Day, facts: MonthFacts): (CalendarDay | null)[][] {
  const cells: (CalendarDay | null)[] = monthDays(month).map((day) => {
    const state = stateOf(day, facts);
    return { day, state, points: facts.days.get(day)?.points ?? 0, canMakeUp: state === "missed" && facts.canMakeUp(day) };
  });
  const padded = [...Array.from({ length: weekdayOf(monthDays(month)[0]!) - 1 }, () => null), ...cells];
  while (padded.length % 7 !== 0) padded.push(null);
  return Array.from({ length: padded.length / 7 }, (_, week) => padded.slice(week * 7, week * 7 + 7));
}

const STATE_OF_KIND = { check_in: "checked-in", make_up: "made-up", freeze: "frozen", skipped: "skipped" } as const;

function stateOf(day: Day, { today, since, days, isLeftOut }: MonthFacts): CalendarState {
  const row = days.get(day);
  if (row) return STATE_OF_KIND[row.kind];
  if (day === today) return "today";
  if (day > today) return "ahead";
  if (day < since) return "before";
  return isLeftOut(day) ? "skipped" : "missed";
}
