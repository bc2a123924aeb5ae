import { addDays, type Day } from "@/lib/day";

export type CheckIn = { localDay: Day; streakDays: number };

/** Today's place in the streak: one more than yesterday's row, or 1 when there is none. */
export function streakOn(today: Day, last: CheckIn | null): number {
  return last && last.localDay === addDays(today, -1) ? last.streakDays + 1 : 1;
}

/** The streak that stands before today's check-in: it lives through today and ends when today passes. */
export function standingStreak(today: Day, last: CheckIn | null): number {
  return last && (last.localDay === today || last.localDay === addDays(today, -1)) ? last.streakDays : 0;
}
