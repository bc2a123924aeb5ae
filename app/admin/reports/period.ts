import { addDays, type Day } from "@/lib/day";
import { rangeEnding, WINDOWS, type DayRange, type WindowDays } from "@/lib/reports/range";

/** What a report is about: so many days that end with the last one that is over, and as many before them to compare with. */
export type Period = { days: WindowDays; range: DayRange; before: DayRange };

const DAYS_AT_FIRST: WindowDays = 30;

export function periodOf(text: string, last: Day): Period {
  const days = WINDOWS.find((window) => String(window) === text) ?? DAYS_AT_FIRST;
  const range = rangeEnding(last, days);
  return { days, range, before: rangeEnding(addDays(range.first, -1), days) };
}
