import fc from "fast-check";
import { expect, test } from "vitest";

import { addDays, dayOf, parseDay, startOfDay, type Day } from "@/lib/day";
import { someDay } from "@/test/arbitraries";

import { ladderStrip, monthWeeks, nextReward } from "./calendar";
import { standingStreak, streakOn, type CheckIn } from "./streak";

const day = (text: string): Day => parseDay(text);
const LADDER = [20, 25, 30, 35, 40, 45, 50];

/** The streak of somebody who checks in on these days, in order. */
const streaksOf = (days: readonly Day[]): number[] => {
  let last: CheckIn | null = null;
  return days.map((today) => (last = { localDay: today, streakDays: streakOn(today, last) }).streakDays);
};

test("a streak counts the days without a gap, wherever a year, a leap day or a month lies between", () => {
  fc.assert(fc.property(someDay, fc.integer({ min: 1, max: 60 }), (first, length) => {
    expect(streaksOf(Array.from({ length }, (_, index) => addDays(first, index)))).toEqual(Array.from({ length }, (_, index) => index + 1));
  }));
});

test("a gap of any length begins the streak anew", () => {
  fc.assert(fc.property(someDay, fc.integer({ min: 2, max: 800 }), fc.integer({ min: 1, max: 30 }), (today, gap, streakDays) => {
    expect(streakOn(today, { localDay: addDays(today, -gap), streakDays })).toBe(1);
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

test("29 February is a day of the streak", () => {
  expect(streaksOf([day("2028-02-28"), day("2028-02-29"), day("2028-03-01")])).toEqual([1, 2, 3]);
  expect(streaksOf([day("2027-02-28"), day("2027-03-01")])).toEqual([1, 2]);
  expect(streaksOf([day("2026-12-31"), day("2027-01-01")])).toEqual([1, 2]);
});

test("a streak stands through the day after, and then is over", () => {
  const last: CheckIn = { localDay: day("2026-03-10"), streakDays: 4 };
  expect(["2026-03-10", "2026-03-11", "2026-03-12"].map((today) => standingStreak(day(today), last))).toEqual([4, 4, 0]);
  expect(standingStreak(day("2026-03-10"), null)).toBe(0);
});

test("the strip shows the round: what is done, today, and what the coming days give", () => {
  const strip = ladderStrip(day("2026-03-10"), { localDay: day("2026-03-09"), streakDays: 2 }, LADDER);
  expect(strip.map(({ day: date, state, points }) => `${date.slice(8)} ${state} ${points}`))
    .toEqual(["08 done 20", "09 done 25", "10 today 30", "11 ahead 35", "12 ahead 40", "13 ahead 45", "14 ahead 50"]);
});

test("after the seventh day the strip shows that day until it is over, then a new round", () => {
  const seventh: CheckIn = { localDay: day("2026-03-10"), streakDays: 7 };
  expect(ladderStrip(day("2026-03-10"), seventh, LADDER).map(({ state }) => state)).toEqual(Array.from({ length: 7 }, () => "done"));
  expect(ladderStrip(day("2026-03-11"), seventh, LADDER)[0]).toEqual({ day: "2026-03-11", state: "today", points: 20 });
});

test("the strip has exactly one today, or none when it is done, whatever the streak", () => {
  fc.assert(fc.property(someDay, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 100 }), (today, ago, streakDays) => {
    const strip = ladderStrip(today, { localDay: addDays(today, -ago), streakDays }, LADDER);
    expect(strip).toHaveLength(7);
    expect(strip.filter(({ state }) => state === "today")).toHaveLength(ago === 0 ? 0 : 1);
    expect(strip.map(({ day: date }) => date)).toContain(today);
    expect(strip.map(({ points }) => points)).toEqual(LADDER);
  }));
});

test("what is promised next is what the next check-in gives", () => {
  fc.assert(fc.property(someDay, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 100 }), (today, ago, streakDays) => {
    const last: CheckIn = { localDay: addDays(today, -ago), streakDays };
    const next = nextReward(today, last, LADDER);
    expect(next.day).toBe(ago === 0 ? addDays(today, 1) : today);
    expect(next.streakDays).toBe(streakOn(next.day, last));
    expect(next.points).toBe(LADDER[(next.streakDays - 1) % 7]);
  }));
});

test("a month is whole weeks from Monday, each day once", () => {
  fc.assert(fc.property(someDay, (date) => {
    const weeks = monthWeeks(date, date, date, new Map());
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    const days = weeks.flat().filter((cell) => cell !== null);
    expect(days.map((cell) => cell.day)).toContain(date);
    expect(new Set(days.map((cell) => cell.day)).size).toBe(days.length);
  }));
});

test("a day of the month is what it was: checked in, missed, before one joined, today or ahead", () => {
  const cells = monthWeeks(day("2026-03-01"), day("2026-03-10"), day("2026-03-03"), new Map([[day("2026-03-05"), 20]])).flat();
  const stateOf = (date: string) => cells.find((cell) => cell?.day === date)?.state;
  expect(["2026-03-02", "2026-03-04", "2026-03-05", "2026-03-10", "2026-03-11"].map(stateOf)).toEqual(["before", "missed", "checked-in", "today", "ahead"]);
  expect(cells.find((cell) => cell?.day === "2026-03-05")?.points).toBe(20);
});
