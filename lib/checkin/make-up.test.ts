import fc from "fast-check";
import { expect, test } from "vitest";

import { addDays, parseDay, type Day } from "@/lib/day";
import { ladderPoints } from "@/lib/rules/evaluate";
import { someDay } from "@/test/arbitraries";

import { decideMakeUp, fill, type MakeUpFacts, type StoredDay } from "./make-up";
import { isCounted, linkTo, NO_TOLERANCE, type DayRecord } from "./streak";

const day = (text: string): Day => parseDay(text);
const TERMS = { makeUpDays: 7, makeUpsPerMonth: 3, makeUpPoints: 30 };
const never = (): boolean => false;

const stored = (records: readonly DayRecord[]): Map<Day, StoredDay> => new Map(records.map((each, index) => [each.localDay, { ...each, id: index + 1 }]));
const here = (...entries: readonly (readonly [string, number])[]) => stored(entries.map(([localDay, streakDays]) => ({ localDay: day(localDay), kind: "check_in", streakDays })));

const facts = (more: Partial<MakeUpFacts> = {}): MakeUpFacts => ({
  today: day("2026-03-10"), since: day("2026-01-01"), days: here(["2026-03-07", 3], ["2026-03-09", 1]), isLeftOut: never, madeUpThisMonth: 0, cards: 0, ...more,
});

test("a filled day joins the days before it with those after it", () => {
  expect(fill(day("2026-03-08"), facts().days, never)).toEqual({
    streakDays: 4, written: [{ localDay: "2026-03-08", kind: "make_up", streakDays: 4 }], relinked: [{ id: 2, localDay: "2026-03-09", kind: "check_in", streakDays: 5 }],
  });
});

test("a frozen day after it keeps its place, a left-out day beside it is bridged", () => {
  const days = stored([
    { localDay: day("2026-03-04"), kind: "check_in", streakDays: 2 }, { localDay: day("2026-03-07"), kind: "check_in", streakDays: 1 },
    { localDay: day("2026-03-08"), kind: "freeze", streakDays: 1 }, { localDay: day("2026-03-09"), kind: "check_in", streakDays: 2 },
  ]);
  const plan = fill(day("2026-03-06"), days, (each) => each === "2026-03-05");
  expect(plan.written).toEqual([{ localDay: "2026-03-05", kind: "skipped", streakDays: 2 }, { localDay: "2026-03-06", kind: "make_up", streakDays: 3 }]);
  expect(plan.relinked.map(({ streakDays }) => streakDays)).toEqual([4, 4, 5]);
});

test.each([
  ["today", "2026-03-10", {}], ["a day to come", "2026-03-11", {}], ["a day too long ago", "2026-03-02", {}], ["a day that was checked in", "2026-03-09", {}],
  ["a day before one joined", "2026-03-08", { since: day("2026-03-09") }], ["a day that never was", "2026-03-08", { isLeftOut: (each: Day) => each === "2026-03-08" }],
])("%s cannot be made up", (_, date, more) => {
  expect(decideMakeUp(day(date), 30, facts(more), TERMS)).toEqual({ ok: false, code: "make_up_not_possible", detail: {} });
});

test("the month's limit, the price and cards", () => {
  const decide = (more: Partial<MakeUpFacts>, pointsShown = 30, terms = TERMS) => decideMakeUp(day("2026-03-08"), pointsShown, facts(more), terms);
  expect(decide({ madeUpThisMonth: 3 })).toEqual({ ok: false, code: "make_up_limit", detail: { limit: 3 } });
  expect(decide({})).toMatchObject({ ok: true, value: { price: { pay: "points", points: 30 } } });
  expect(decide({ cards: 2 }, 0)).toMatchObject({ ok: true, value: { price: { pay: "card" } } });
  // The card that the person saw was used in another tab.
  expect(decide({}, 0)).toEqual({ ok: false, code: "price_changed", detail: { points: 30 } });
  expect(decide({}, 30, { ...TERMS, makeUpPoints: 0 })).toMatchObject({ code: "make_up_not_possible" });
  expect(decideMakeUp(day("2026-03-03"), 30, facts(), TERMS)).toMatchObject({ ok: true });
});

const someLadder = fc.record({
  steps: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 9 }).map((steps) => steps.sort((a, b) => a - b)),
  after: fc.constantFrom("restart", "continue", "month"),
} as const);

type Move = "here" | "missed" | number;
const someMoves: fc.Arbitrary<Move[]> = fc.array(fc.oneof({ weight: 5, arbitrary: fc.constant("here" as const) }, { weight: 2, arbitrary: fc.constant("missed" as const) }, { weight: 2, arbitrary: fc.integer({ min: 1, max: 7 }) }), { minLength: 1, maxLength: 60 });

test("whatever is missed, frozen and made up, every streak is a chain and the ladder never pays more than the unbroken streak would", () => {
  fc.assert(fc.property(someLadder, someDay, someMoves, fc.integer({ min: 0, max: 3 }), (ladder, first, moves, freezesAtFirst) => {
    const days = new Map<Day, StoredDay>();
    const put = (record: DayRecord) => days.set(record.localDay, { ...record, id: days.size + 1 });
    let freezes = freezesAtFirst;
    let today = first;
    let paid = 0;
    let unbroken = 0;
    let place = 0;
    for (const move of moves) {
      if (typeof move === "number") {
        const plan = decideMakeUp(addDays(today, -move), 30, { today, since: first, days, isLeftOut: never, madeUpThisMonth: 0, cards: 1 }, TERMS);
        if (plan.ok) for (const each of [...plan.value.written, ...plan.value.relinked]) put(each);
        continue;
      }
      unbroken += ladderPoints(ladder, ++place, today);
      if (move === "here") {
        const last = [...days.values()].sort((a, b) => (a.localDay < b.localDay ? 1 : -1))[0] ?? null;
        const link = linkTo(today, last, { ...NO_TOLERANCE, freezes });
        freezes -= link.bridge.length;
        for (const each of link.bridge) put(each);
        put({ localDay: today, kind: "check_in", streakDays: link.streakDays });
        paid += ladderPoints(ladder, link.streakDays, today);
      }
      today = addDays(today, 1);
      expect(paid).toBeLessThanOrEqual(unbroken);
    }
    for (const { localDay, kind, streakDays } of days.values()) {
      expect(streakDays).toBe((days.get(addDays(localDay, -1))?.streakDays ?? 0) + (isCounted(kind) ? 1 : 0));
    }
  }), { numRuns: 300 });
});
