import fc from "fast-check";
import { expect, test } from "vitest";

import { addDays, parseDay, type Day } from "@/lib/day";
import { someDay } from "@/test/arbitraries";

import { bonusAhead, monthWeeks, nextReward, streakStrip, type MonthFacts, type StripFacts } from "./calendar";
import { linkTo, NO_TOLERANCE, type DayRecord } from "./streak";

const day = (text: string): Day => parseDay(text);
const LADDER = [20, 25, 30, 35, 40, 45, 50];
const pointsOn = (_: Day, streakDays: number): number => LADDER[(streakDays - 1) % 7]!;

/** Somebody with `streakDays` days in a row, the last of them `ago` days before today. */
function stripFacts(today: Day, ago: number, streakDays: number, freezes = 0): StripFacts {
  const recent = Array.from({ length: Math.min(streakDays, 12) }, (_, index): DayRecord => ({ localDay: addDays(today, -ago - index), kind: "check_in", streakDays: streakDays - index }));
  const last = recent[0]!;
  return { today, last, recent: new Map(recent.map((each) => [each.localDay, each])), link: linkTo(today, last, { ...NO_TOLERANCE, freezes }), pointsOn };
}

const told = (facts: StripFacts): string[] => streakStrip(facts).map(({ day: date, state, points }) => `${date.slice(8)} ${state} ${points}`);

test("the strip shows the seven days of the streak: what is done, today, and what the coming days give", () => {
  expect(told(stripFacts(day("2026-03-10"), 1, 2))).toEqual(["08 done 20", "09 done 25", "10 today 30", "11 ahead 35", "12 ahead 40", "13 ahead 45", "14 ahead 50"]);
});

test("after the seventh day the strip shows that day until it is over, then the next seven", () => {
  expect(streakStrip(stripFacts(day("2026-03-10"), 0, 7)).map(({ state }) => state)).toEqual(Array.from({ length: 7 }, () => "done"));
  expect(streakStrip(stripFacts(day("2026-03-11"), 1, 7))[0]).toEqual({ day: "2026-03-11", state: "today", points: 20 });
});

test("a day that a freeze covers is shown as protected, before the check-in that uses it and after", () => {
  const before = stripFacts(day("2026-03-10"), 2, 2, 1);
  expect(told(before)).toEqual(["07 done 20", "08 done 25", "09 frozen 25", "10 today 30", "11 ahead 35", "12 ahead 40", "13 ahead 45"]);
  const last: DayRecord = { localDay: day("2026-03-10"), kind: "check_in", streakDays: 3 };
  const recent = new Map([...before.recent, [day("2026-03-09"), { localDay: day("2026-03-09"), kind: "freeze", streakDays: 2 } as DayRecord], [last.localDay, last]]);
  expect(told({ ...before, last, recent, link: linkTo(day("2026-03-10"), last, NO_TOLERANCE) }).slice(2, 4)).toEqual(["09 frozen 25", "10 done 30"]);
});

test("the strip has exactly one today, or none when it is done, whatever the streak", () => {
  fc.assert(fc.property(someDay, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 3 }), (today, ago, streakDays, freezes) => {
    const strip = streakStrip(stripFacts(today, ago, streakDays, freezes));
    expect(strip).toHaveLength(7);
    expect(strip.filter(({ state }) => state === "today")).toHaveLength(ago === 0 ? 0 : 1);
    expect(strip.map(({ day: date }) => date)).toContain(today);
    strip.forEach(({ day: date }, index) => expect(date).toBe(addDays(strip[0]!.day, index)));
  }));
});

test("what is promised next is what the next check-in gives", () => {
  fc.assert(fc.property(someDay, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 100 }), (today, ago, streakDays) => {
    const facts = stripFacts(today, ago, streakDays);
    const next = nextReward(facts);
    expect(next.day).toBe(ago === 0 ? addDays(today, 1) : today);
    expect(next.streakDays).toBe(linkTo(next.day, facts.last, NO_TOLERANCE).streakDays);
    expect(next.points).toBe(LADDER[(next.streakDays - 1) % 7]);
  }));
});

test("the best day ahead is so many check-ins away; on it, or where all days are alike, there is none", () => {
  expect(bonusAhead(streakStrip(stripFacts(day("2026-03-10"), 1, 2)))).toEqual({ days: 5, points: 50 });
  expect(bonusAhead(streakStrip(stripFacts(day("2026-03-10"), 0, 2)))).toEqual({ days: 5, points: 50 });
  expect(bonusAhead(streakStrip(stripFacts(day("2026-03-10"), 0, 7)))).toBeNull();
  expect(bonusAhead(streakStrip({ ...stripFacts(day("2026-03-10"), 1, 2), pointsOn: () => 10 }))).toBeNull();
});

const monthFacts = (today: Day, more: Partial<MonthFacts> = {}): MonthFacts => ({ today, since: today, days: new Map(), isLeftOut: () => false, canMakeUp: () => false, ...more });

test("a month is whole weeks from Monday, each day once", () => {
  fc.assert(fc.property(someDay, (date) => {
    const weeks = monthWeeks(date, monthFacts(date));
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    const days = weeks.flat().filter((cell) => cell !== null);
    expect(days.map((cell) => cell.day)).toContain(date);
    expect(new Set(days.map((cell) => cell.day)).size).toBe(days.length);
  }));
});

test("a day of the month is what it was: before one joined, missed, checked in, made up, protected, left out, today or ahead", () => {
  const rows = ([["2026-03-05", "check_in", 20], ["2026-03-06", "make_up", 0], ["2026-03-07", "freeze", 0], ["2026-03-08", "skipped", 0]] as const)
    .map(([localDay, kind, points]) => [day(localDay), { localDay: day(localDay), kind, points, streakDays: 1 }] as const);
  const facts = monthFacts(day("2026-03-10"), { since: day("2026-03-03"), days: new Map(rows), canMakeUp: (each) => each >= "2026-03-04" });
  const cells = monthWeeks(day("2026-03-01"), facts).flat().filter((cell) => cell !== null);
  const cellOf = (date: string) => cells.find((cell) => cell.day === date);
  expect(["2026-03-02", "2026-03-03", "2026-03-05", "2026-03-06", "2026-03-07", "2026-03-08", "2026-03-10", "2026-03-11"].map((date) => cellOf(date)?.state))
    .toEqual(["before", "missed", "checked-in", "made-up", "frozen", "skipped", "today", "ahead"]);
  expect(cellOf("2026-03-05")?.points).toBe(20);
  expect(cells.filter(({ canMakeUp }) => canMakeUp).map((cell) => cell.day)).toEqual(["2026-03-04", "2026-03-09"]);
});
