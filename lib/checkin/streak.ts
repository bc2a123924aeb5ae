import type { CheckInKind } from "@/db/schema/points";
import { addDays, daysBetween, type Day } from "@/lib/day";

export type CheckIn = { localDay: Day; streakDays: number };
/** A row of `check_ins`, before it has an id. */
export type DayRecord = CheckIn & { kind: CheckInKind };

/** What can lie between two check-ins without ending the streak. */
export type Tolerance = { /** Days that did not exist for the person. */ isLeftOut: (day: Day) => boolean; /** Streak freezes held. */ freezes: number };
export const NO_TOLERANCE: Tolerance = { isLeftOut: () => false, freezes: 0 };

/** Today's place in the streak, and the days in between that freezes cover or that never were. */
export type Link = { streakDays: number; bridge: DayRecord[] };

/** So many days in a row can be left out at most: the zones of the world are 26 hours apart. */
export const LEFT_OUT_MAX = 2;

/** Whether a day of this kind makes the streak longer; the others only keep it. */
export const isCounted = (kind: CheckInKind): boolean => kind === "check_in" || kind === "make_up";

/**
 * A check-in today continues the streak when it was checked in yesterday, or when every day since is left out or covered by a freeze.
 * Freezes are used for all of the missed days or for none: half a bridge saves nothing.
 */
export function linkTo(today: Day, last: CheckIn | null, { isLeftOut, freezes }: Tolerance): Link {
  const start: Link = { streakDays: 1, bridge: [] };
  if (!last || last.localDay >= today) return start;
  const missing = daysBetween(last.localDay, today) - 1;
  if (missing > freezes + LEFT_OUT_MAX) return start;
  const bridge = Array.from({ length: missing }, (_, index): DayRecord => {
    const localDay = addDays(last.localDay, index + 1);
    return { localDay, kind: isLeftOut(localDay) ? "skipped" : "freeze", streakDays: last.streakDays };
  });
  return freezesIn(bridge) > freezes ? start : { streakDays: last.streakDays + 1, bridge };
}

export const freezesIn = (days: readonly Pick<DayRecord, "kind">[]): number => days.filter(({ kind }) => kind === "freeze").length;

/** Whether the day is over for check-ins. A row of a later day is there when the clock was set back. */
export const isDone = (today: Day, last: CheckIn | null): boolean => last !== null && last.localDay >= today;

/** The streak that stands before today's check-in: it lives through today and ends when today passes, unless freezes keep it. */
export function standingStreak(today: Day, last: CheckIn | null, tolerance: Tolerance = NO_TOLERANCE): number {
  if (!last) return 0;
  return isDone(today, last) ? last.streakDays : linkTo(today, last, tolerance).streakDays - 1;
}
