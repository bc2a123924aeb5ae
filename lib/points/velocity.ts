import type { RiskMode } from "@/db/schema/control";
import type { UserId } from "@/lib/ctx";
import type { Day } from "@/lib/day";

import { pageOf, type Book, type Page } from "./book";

/** How many points by rules a programme expects of a person in a day, and what happens beyond. */
export type Velocity = { mode: RiskMode; pointsPerDay: number };
/** Somebody went beyond it: what stands in the book when the earning that did it has been granted. */
export type Crossing = { userId: UserId; day: Day; points: number; pointsPerDay: number; mode: Exclude<RiskMode, "off"> };

export const UNWATCHED: Velocity = { mode: "off", pointsPerDay: 0 };

/** Counts points that rules gave towards the day. A clock that is a moment behind counts to the later day. */
export function countEarned(book: Book, page: Page, points: number): void {
  if (page.earnedOn === null || page.earnedOn < book.today) {
    page.earnedOn = book.today;
    page.pointsEarnedOnDay = 0;
    page.pointsJudgedOnDay = 0;
  }
  page.pointsEarnedOnDay += points;
  book.earners.add(page.userId);
}

/**
 * Judges what a person's day has come to. The earning that crosses the line is granted whole, so this comes after all of its parts; whatever
 * follows in the same book finds the account frozen or held. A line is crossed once a day: whom staff let go on is not stopped again.
 */
export function judgeVelocity(book: Book, userId: UserId): void {
  const page = pageOf(book, userId);
  const { mode, pointsPerDay } = book.velocity;
  const isOver = page.pointsJudgedOnDay <= pointsPerDay && page.pointsEarnedOnDay > pointsPerDay;
  page.pointsJudgedOnDay = page.pointsEarnedOnDay;
  if (!isOver || mode === "off" || page.earnedOn === null) return;
  book.crossings.push({ userId, day: page.earnedOn, points: page.pointsEarnedOnDay, pointsPerDay, mode });
  if (mode === "freeze") page.status = "frozen";
  if (mode === "hold") page.isHeld = true;
}
