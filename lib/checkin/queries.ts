import "server-only";

import { and, asc, desc, eq, gte, lt, max } from "drizzle-orm";

import type { Db } from "@/db/client";
import { checkIns } from "@/db/schema";
import type { UserId } from "@/lib/ctx";
import { addMonths, daysBetween, firstOfMonth, type Day } from "@/lib/day";
import { findRule } from "@/lib/rules/queries";

import { ladderStrip, monthWeeks, nextReward, type CalendarDay, type StripDay } from "./calendar";
import { standingStreak, type CheckIn } from "./streak";

export type CheckInStatus = {
  isDoneToday: boolean;
  streakDays: number;
  longestStreak: number;
  todaysPoints: number;
  next: { day: Day; points: number; streakDays: number };
  strip: StripDay[];
  ladder: number[];
  untilBonus: { days: number; points: number } | null;
};

/** Points by day of the streak; one step when the rule has no ladder, none when no check-in rule is active. */
export async function getLadder(db: Db): Promise<number[]> {
  const rule = await findRule(db, "checkin");
  return rule ? (rule.streakLadder ?? [rule.pointsValue]) : [];
}

export async function getCheckInStatus(db: Db, userId: UserId, today: Day): Promise<CheckInStatus> {
  const [ladder, last, longestStreak] = await Promise.all([getLadder(db), findLatest(db, userId), getLongestStreak(db, userId)]);
  const steps = ladder.length > 0 ? ladder : [0];
  const strip = ladderStrip(today, last, steps);
  const isDoneToday = last?.localDay === today;
  return {
    isDoneToday,
    streakDays: standingStreak(today, last),
    longestStreak,
    todaysPoints: strip.find(({ day }) => day === today)?.points ?? 0,
    next: nextReward(today, last, steps),
    strip,
    ladder,
    untilBonus: bonusAhead(strip, today, isDoneToday),
  };
}

/** How many more check-ins reach the ladder's top step; null on the day it is reached. */
function bonusAhead(strip: readonly StripDay[], today: Day, isDoneToday: boolean): { days: number; points: number } | null {
  const top = strip.reduce((best, each) => (each.points > best.points ? each : best));
  const days = daysBetween(today, top.day) + (isDoneToday ? 0 : 1);
  return days > 0 ? { days, points: top.points } : null;
}

async function findLatest(db: Db, userId: UserId): Promise<CheckIn | null> {
  const [row] = await db
    .select({ localDay: checkIns.localDay, streakDays: checkIns.streakDays })
    .from(checkIns)
    .where(eq(checkIns.userId, userId))
    .orderBy(desc(checkIns.localDay))
    .limit(1);
  return (row as CheckIn | undefined) ?? null;
}

async function getLongestStreak(db: Db, userId: UserId): Promise<number> {
  const [row] = await db.select({ days: max(checkIns.streakDays) }).from(checkIns).where(eq(checkIns.userId, userId));
  return row?.days ?? 0;
}

/** The weeks of a month with what happened on each day. `since` is the day the person joined. */
export async function getCheckInMonth(db: Db, userId: UserId, month: Day, today: Day, since: Day): Promise<(CalendarDay | null)[][]> {
  const first = firstOfMonth(month);
  const rows = await db
    .select({ day: checkIns.localDay, points: checkIns.points })
    .from(checkIns)
    .where(and(eq(checkIns.userId, userId), gte(checkIns.localDay, first), lt(checkIns.localDay, addMonths(first, 1))))
    .orderBy(asc(checkIns.localDay));
  return monthWeeks(first, today, since, new Map(rows.map(({ day, points }) => [day as Day, points])));
}
