import fc from "fast-check";
import { expect, test } from "vitest";

import { awardFor, ladderStep, type Rule } from "./rule";

const rule = (more: Partial<Rule> = {}): Rule => ({ id: 1, actionType: "purchase", pointsValue: 0, pointsPerYuan: 0, streakLadder: null, dailyLimit: 1, ...more });

test.each([
  ["a fixed reward", rule({ pointsValue: 100 }), {}, { points: 100, breakdown: { base: 100 } }],
  ["a point a yuan", rule({ pointsPerYuan: 1 }), { cashCents: 1_999 }, { points: 19, breakdown: { spending: 19 } }],
  ["three points a yuan and ten for coming", rule({ pointsValue: 10, pointsPerYuan: 3 }), { cashCents: 250 }, { points: 16, breakdown: { base: 10, spending: 6 } }],
  ["the fourth day of a streak", rule({ pointsValue: 20, streakLadder: [20, 25, 30, 35, 40, 45, 50] }), { streakDays: 4 }, { points: 35, breakdown: { streak: 35 } }],
  ["less than a yuan", rule({ pointsPerYuan: 5 }), { cashCents: 99 }, { points: 0, breakdown: {} }],
  ["nothing at all", rule(), {}, { points: 0, breakdown: {} }],
] as const)("%s", (_, given, facts, award) => {
  expect(awardFor(given, facts)).toEqual(award);
});

test("the parts of an award are the whole of it, in whole points", () => {
  const someRule = fc.record({
    id: fc.constant(1), actionType: fc.constant("x"), pointsValue: fc.nat({ max: 1_000_000 }), pointsPerYuan: fc.nat({ max: 1_000 }), dailyLimit: fc.constant(1),
    streakLadder: fc.option(fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 40 })),
  });
  fc.assert(fc.property(someRule, fc.nat({ max: 1_000_000_000 }), fc.integer({ min: 1, max: 1_000 }), (given, cashCents, streakDays) => {
    const { points, breakdown } = awardFor(given, { cashCents, streakDays });
    expect(Object.values(breakdown).reduce((sum, part) => sum + part, 0)).toBe(points);
    expect(Number.isSafeInteger(points) && points >= 0).toBe(true);
  }));
});

test("cents that are split over payments never earn more than together", () => {
  fc.assert(fc.property(fc.nat({ max: 1_000_000 }), fc.nat({ max: 1_000_000 }), fc.integer({ min: 1, max: 100 }), (a, b, pointsPerYuan) => {
    const earned = (cashCents: number) => awardFor(rule({ pointsPerYuan }), { cashCents }).points;
    expect(earned(a) + earned(b)).toBeLessThanOrEqual(earned(a + b));
  }));
});

test("after its last step the ladder begins again, and never changes", () => {
  const ladder = Object.freeze([20, 25, 30, 35, 40, 45, 50]);
  expect(Array.from({ length: 15 }, (_, index) => ladderStep(ladder, index + 1))).toEqual([20, 25, 30, 35, 40, 45, 50, 20, 25, 30, 35, 40, 45, 50, 20]);
  expect(ladderStep([7], 100)).toBe(7);
});
