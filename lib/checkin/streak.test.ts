import fc from "fast-check";
import { expect, test } from "vitest";

import { addDays, dayOf, parseDay, startOfDay, type Day } from "@/lib/day";
import { ladderPoints } from "@/lib/rules/evaluate";
import { someDay } from "@/test/arbitraries";

import { isDone, linkTo, NO_TOLERANCE, standingStreak, type CheckIn } from "./streak";

const day = (text: string): Day => parseDay(text);

/** The streak of somebody who checks in on these days, in order. */
const streaksOf = (days: readonly Day[], freezes = 0): number[] => {
  let last: CheckIn | null = null;
  return days.map((today) => (last = { localDay: today, streakDays: linkTo(today, last, { ...NO_TOLERANCE, freezes }).streakDays }).streakDays);
};

test("a streak counts the days without a gap, wherever a year, a leap day or a month lies between", () => {
  fc.assert(fc.property(someDay, fc.integer({ min: 1, max: 60 }), (first, length) => {
    expect(streaksOf(Array.from({ length }, (_, index) => addDays(first, index)))).toEqual(Array.from({ length }, (_, index) => index + 1));
  }));
});

test("a gap of any length begins the streak anew", () => {
  fc.assert(fc.property(someDay, fc.integer({ min: 2, max: 800 }), fc.integer({ min: 1, max: 30 }), (today, gap, streakDays) => {
    expect(linkTo(today, { localDay: addDays(today, -gap), streakDays }, NO_TOLERANCE)).toEqual({ streakDays: 1, bridge: [] });
  }));
});

const ZONES = ["America/New_York", "Europe/London", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu"];

test("somebody who presses once between every two midnights never loses a day, wherever they are, though some days have 23 hours and some 25", () => {
  fc.assert(fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 2005, max: 2037 }), fc.constantFrom("01-25", "03-01", "03-25", "09-25", "10-15", "12-20"), fc.double({ min: 0, max: 0.999, noNaN: true }), (zone, year, from, part) => {
    const days = Array.from({ length: 20 }, (_, index) => {
      const date = addDays(day(`${year}-${from}`), index);
      const [start, end] = [startOfDay(date, zone).getTime(), startOfDay(addDays(date, 1), zone).getTime()];
      return dayOf(new Date(start + Math.floor((end - start) * part)), zone);
    });
    expect(streaksOf(days).at(-1)).toBe(20);
  }), { numRuns: 40 });
});

test("29 February and the last of the year are days of the streak", () => {
  expect(streaksOf([day("2028-02-28"), day("2028-02-29"), day("2028-03-01")])).toEqual([1, 2, 3]);
  expect(streaksOf([day("2027-02-28"), day("2027-03-01")])).toEqual([1, 2]);
  expect(streaksOf([day("2026-12-31"), day("2027-01-01")])).toEqual([1, 2]);
});

test("a streak stands through the day after, and then is over", () => {
  const last: CheckIn = { localDay: day("2026-03-10"), streakDays: 4 };
  expect(["2026-03-10", "2026-03-11", "2026-03-12"].map((today) => standingStreak(day(today), last))).toEqual([4, 4, 0]);
  expect(standingStreak(day("2026-03-10"), null)).toBe(0);
});

test("a freeze held covers a missed day: the streak goes on without counting it", () => {
  const last: CheckIn = { localDay: day("2026-03-10"), streakDays: 4 };
  expect(linkTo(day("2026-03-12"), last, { ...NO_TOLERANCE, freezes: 1 })).toEqual({ streakDays: 5, bridge: [{ localDay: "2026-03-11", kind: "freeze", streakDays: 4 }] });
  expect(standingStreak(day("2026-03-12"), last, { ...NO_TOLERANCE, freezes: 1 })).toBe(4);
});

test("freezes cover all the missed days or none", () => {
  fc.assert(fc.property(someDay, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 10 }), fc.integer({ min: 1, max: 400 }), (today, missed, freezes, streakDays) => {
    const { bridge, streakDays: streak } = linkTo(today, { localDay: addDays(today, -missed - 1), streakDays }, { ...NO_TOLERANCE, freezes });
    expect(bridge).toHaveLength(missed <= freezes ? missed : 0);
    expect(streak).toBe(missed <= freezes ? streakDays + 1 : 1);
  }));
});

test("a day that was left out needs no freeze", () => {
  const tolerance = { isLeftOut: (each: Day) => each === "2026-03-11", freezes: 0 };
  expect(linkTo(day("2026-03-12"), { localDay: day("2026-03-10"), streakDays: 4 }, tolerance)).toEqual({ streakDays: 5, bridge: [{ localDay: "2026-03-11", kind: "skipped", streakDays: 4 }] });
  expect(linkTo(day("2026-03-13"), { localDay: day("2026-03-10"), streakDays: 4 }, tolerance)).toEqual({ streakDays: 1, bridge: [] });
});

test("a clock that was set back finds the day over", () => {
  const last: CheckIn = { localDay: day("2026-03-10"), streakDays: 4 };
  expect(["2026-03-08", "2026-03-10", "2026-03-11"].map((today) => isDone(day(today), last))).toEqual([true, true, false]);
});

const someLadder = fc.record({
  steps: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 12 }).map((steps) => steps.sort((a, b) => a - b)),
  after: fc.constantFrom("restart", "continue", "month"),
} as const);

test("whatever days are missed or frozen, the ladder never pays more than the unbroken streak would", () => {
  fc.assert(fc.property(someLadder, someDay, fc.array(fc.constantFrom("here", "here", "missed"), { minLength: 1, maxLength: 70 }), fc.integer({ min: 0, max: 2 }), (ladder, first, plan, freezes) => {
    let last: CheckIn | null = null;
    let paid = 0;
    let unbroken = 0;
    plan.forEach((what, index) => {
      const today = addDays(first, index);
      unbroken += ladderPoints(ladder, index + 1, today);
      if (what === "missed") return;
      const { streakDays } = linkTo(today, last, { ...NO_TOLERANCE, freezes });
      last = { localDay: today, streakDays };
      paid += ladderPoints(ladder, streakDays, today);
      expect(paid).toBeLessThanOrEqual(unbroken);
    });
  }));
});
