import fc from "fast-check";
import { expect, test } from "vitest";

import { addDays, parseDay } from "@/lib/day";

import { changeSince, dailySeries, flowBetween, liabilityCents, type DaySum } from "./series";

const today = parseDay("2026-11-21");
const sum = (facts: Partial<DaySum>): DaySum => ({ day: today, kind: "earn", pointsIn: 0, pointsOut: 0, ...facts });

test("a day without entries is a row of zeros, so that the line falls to the ground", () => {
  const series = dailySeries([sum({ day: addDays(today, -2), pointsIn: 30 })], today, 4);
  expect(series.map(({ issued }) => issued)).toEqual([0, 30, 0, 0]);
  expect(series.at(-1)!.day).toBe(today);
});

test("points that come back from a cancelled order are not issued a second time", () => {
  const flow = flowBetween([sum({ kind: "earn", pointsIn: 100 }), sum({ kind: "restore", pointsIn: 40 }), sum({ kind: "adjust", pointsIn: 5, pointsOut: 9 })], today, today);
  expect(flow).toEqual({ issued: 105, spent: 0, expired: 0 });
});

test("the daily rows add up to the total of their period", () => {
  const sums = fc.array(fc.record({ day: fc.integer({ min: -40, max: 0 }).map((days) => addDays(today, days)), kind: fc.constantFrom("earn", "spend", "expire", "restore"), pointsIn: fc.nat(10_000), pointsOut: fc.nat(10_000) }));
  fc.assert(fc.property(sums, fc.integer({ min: 1, max: 30 }), (rows, days) => {
    const series = dailySeries(rows as DaySum[], today, days);
    const flow = flowBetween(rows as DaySum[], addDays(today, 1 - days), today);
    expect(series.reduce((total, { issued }) => total + issued, 0)).toBe(flow.issued);
    expect(series.reduce((total, { spent }) => total + spent, 0)).toBe(flow.spent);
  }));
});

test("a figure that was nothing before has no change to show", () => {
  expect(changeSince(0, 12)).toBeNull();
  expect(changeSince(50, 40)).toBe(-0.2);
});

test("a liability is never stated too low", () => {
  expect(liabilityCents(1, 100)).toBe(1);
  expect(liabilityCents(10, 3)).toBe(334);
  expect(liabilityCents(0, 100)).toBe(0);
});
