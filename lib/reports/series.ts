import { addDays, type Day } from "@/lib/day";
import type { EntryKind } from "@/lib/points/ledger";

/** What the ledger's entries of one day and kind add up to, those in favour of people and those against apart. */
export type DaySum = { day: Day; kind: EntryKind; pointsIn: number; pointsOut: number };

export type DayFigures = { day: Day; issued: number; spent: number };
export type Flow = { issued: number; spent: number; expired: number };

/** Points given: earned by a rule, or added by hand. Returned points were given before. */
const isIssue = (kind: EntryKind): boolean => kind === "earn" || kind === "adjust";

/** Adds up the days from `first` to `last`, both included. */
export function flowBetween(sums: readonly DaySum[], first: Day, last: Day): Flow {
  const within = sums.filter(({ day }) => day >= first && day <= last);
  const total = (of: (sum: DaySum) => number) => within.reduce((points, sum) => points + of(sum), 0);
  return {
    issued: total((sum) => (isIssue(sum.kind) ? sum.pointsIn : 0)),
    spent: total((sum) => (sum.kind === "spend" ? sum.pointsOut : 0)),
    expired: total((sum) => (sum.kind === "expire" ? sum.pointsOut : 0)),
  };
}

/** One row for each of the `days` days that end with `today`, quiet days included. */
export function dailySeries(sums: readonly DaySum[], today: Day, days: number): DayFigures[] {
  return Array.from({ length: days }, (_, index) => {
    const day = addDays(today, index - days + 1);
    const { issued, spent } = flowBetween(sums, day, day);
    return { day, issued, spent };
  });
}

/** By which part a figure changed; null where there is nothing to compare with. */
export const changeSince = (before: number, now: number): number | null => (before === 0 ? null : (now - before) / before);

const CENTS_PER_YUAN = 100;

/** What points are worth in the books, rounded up to whole cents: a debt is never stated too low. */
export const liabilityCents = (points: number, pointsPerYuan: number): number => Math.ceil((points * CENTS_PER_YUAN) / pointsPerYuan);
