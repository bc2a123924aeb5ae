import { type Day } from "@/lib/day";

import { daysIn, type DayRange } from "./range";
import { shareOf, tableOf, type ReportTable } from "./table";

/** Days of one rolling month. */
export const MONTH_DAYS = 30;

/**
 * People who were here on a day (`dau`), and on any of the 30 days that end with it (`mau`); stickiness is the one by the other.
 * `mau` is null for a day that is not over.
 */
export type ActivityDay = { day: Day; dau: number; mau: number | null; stickiness: number | null };

export type ActivityReport = { range: DayRange; days: ActivityDay[] };

export function activityOf(range: DayRange, dau: ReadonlyMap<string, number>, mau: ReadonlyMap<string, number>): ActivityReport {
  const days = daysIn(range).map((day): ActivityDay => {
    const here = dau.get(day) ?? 0;
    const month = mau.get(day) ?? null;
    return { day, dau: here, mau: month, stickiness: month === null ? null : shareOf(here, month) };
  });
  return { range, days };
}

export const activityTable = ({ days }: ActivityReport): ReportTable => tableOf(days, ["day", "dau", "mau", "stickiness"]);
