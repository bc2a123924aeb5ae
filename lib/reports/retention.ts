import { addDays, daysBetween, weekdayOf, type Day } from "@/lib/day";

import { daysIn, type DayRange } from "./range";
import { shareOf, tableOf, type ReportTable } from "./table";

/** Days after registration on which people are looked for. Day 0 is the day of registration itself and counts for nothing. */
export const RETENTION_DAYS = [1, 7, 30] as const;
export type RetentionDay = (typeof RETENTION_DAYS)[number];

/** Who registered on a day, and how many of them were here (a row in `visits`) exactly N days later; null until that day is over. */
export type DayCohort = { day: Day; registered: number; d1: number | null; d7: number | null; d30: number | null };

/** Over all ripe cohorts of the range: people who came back of people who could have. Null while no cohort is ripe. */
export type RetentionRate = { registered: number; returned: number; rate: number | null };

export type RetentionReport = { range: DayRange; cohorts: DayCohort[]; rates: Record<"d1" | "d7" | "d30", RetentionRate> };

/** Who registered in an ISO week (named by its Monday), and how many were here in each following week: `active[0]` is the first after it. Null until that week is over. */
export type WeekCohort = { week: Day; registered: number; active: (number | null)[] };

/** How many weeks after registration are looked at. */
export const COHORT_WEEKS = 12;

export type WeeklyCohorts = { weeks: WeekCohort[] };

export const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOf(day));

/** How many of those who registered on `cohort` were here on `day`. */
export type Presence = { cohort: Day; day: Day; people: number };
export type Registered = { day: Day; people: number };

/** `wholeThrough` is the last day that is over: nothing later counts. */
export function retentionOf(range: DayRange, registered: readonly Registered[], presence: readonly Presence[], wholeThrough: Day): RetentionReport {
  const joined = sumsBy(registered, ({ day }) => day);
  const here = sumsBy(presence, ({ cohort, day }) => `${cohort}+${daysBetween(cohort, day)}`);
  const cohorts = daysIn(range).map((day): DayCohort => {
    const returned = (after: RetentionDay): number | null => (addDays(day, after) > wholeThrough ? null : (here.get(`${day}+${after}`) ?? 0));
    return { day, registered: joined.get(day) ?? 0, d1: returned(1), d7: returned(7), d30: returned(30) };
  });
  return { range, cohorts, rates: { d1: rateOf(cohorts, "d1"), d7: rateOf(cohorts, "d7"), d30: rateOf(cohorts, "d30") } };
}

function rateOf(cohorts: readonly DayCohort[], key: "d1" | "d7" | "d30"): RetentionRate {
  const ripe = cohorts.filter((cohort) => cohort[key] !== null);
  const registered = ripe.reduce((people, cohort) => people + cohort.registered, 0);
  const returned = ripe.reduce((people, cohort) => people + (cohort[key] ?? 0), 0);
  return { registered, returned, rate: shareOf(returned, registered) };
}

/** The weeks of `range`; `presence` is by week here: `cohort` and `day` are Mondays. */
export function weeklyCohortsOf(range: DayRange, registered: readonly Registered[], presence: readonly Presence[], wholeThrough: Day): WeeklyCohorts {
  const joined = sumsBy(registered, ({ day }) => mondayOf(day));
  const here = sumsBy(presence, ({ cohort, day }) => `${cohort}+${daysBetween(cohort, day) / 7}`);
  const weeks = daysIn({ first: mondayOf(range.first), last: range.last }).filter((day) => weekdayOf(day) === 1).map((week): WeekCohort => ({
    week,
    registered: joined.get(week) ?? 0,
    active: Array.from({ length: COHORT_WEEKS }, (_, index) => (addDays(week, (index + 2) * 7 - 1) > wholeThrough ? null : (here.get(`${week}+${index + 1}`) ?? 0))),
  }));
  return { weeks };
}

function sumsBy<Row extends { people: number }>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.people);
  return sums;
}

export const retentionTable = ({ cohorts }: RetentionReport): ReportTable => tableOf(cohorts, ["day", "registered", "d1", "d7", "d30"]);

export const weeklyCohortsTable = ({ weeks }: WeeklyCohorts): ReportTable => ({
  columns: ["week", "registered", ...Array.from({ length: COHORT_WEEKS }, (_, index) => `week${index + 1}`)],
  rows: weeks.map(({ week, registered, active }) => [week, registered, ...active]),
});
