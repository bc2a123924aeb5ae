import { addDays, daysBetween, type Day } from "@/lib/day";

/** Programme days from `first` to `last`, both included. */
export type DayRange = { first: Day; last: Day };

/** Distinct people cannot be added up over days, so they are counted for these many days that end with the last whole day. */
export const WINDOWS = [7, 30, 90] as const;
export type WindowDays = (typeof WINDOWS)[number];

/** The longest stretch of one report: two years and a leap day. */
export const RANGE_DAYS_MAX = 731;

/** The `days` programme days that end with `last`. */
export const rangeEnding = (last: Day, days: number): DayRange => ({ first: addDays(last, 1 - days), last });

export const daysIn = ({ first, last }: DayRange): Day[] => Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, index) => addDays(first, index));

/** The same, begun later where it was too long. */
export function withinLimit({ first, last }: DayRange): DayRange {
  const earliest = addDays(last, 1 - RANGE_DAYS_MAX);
  return { first: first < earliest ? earliest : first, last };
}

/** How far the reports have been made. */
export type ReportState = {
  /** When the sums by day were last brought up to date. Null before the first run. */
  builtAt: Date | null;
  /** The last day that is over and closed: what snapshots are of. Null before the first. */
  throughDay: Day | null;
};
