import { expect, test } from "vitest";

import { addDays, parseDay } from "@/lib/day";

import { funnelOf } from "./funnel";
import { liabilityOf } from "./liability";
import { medianOf, repurchaseOf, rfmGroupOf, scoresOf } from "./people";
import { rangeEnding, withinLimit } from "./range";
import { retentionOf, retentionTable, weeklyCohortsOf } from "./retention";

const asOf = parseDay("2026-11-20");
const person = (daysAgo: number, orders: number, valueCents: number) => scoresOf({ lastOrderOn: addDays(asOf, -daysAgo), orders, valueCents }, asOf);

test.each([
  [0, 12, 120_000, { recency: 5, frequency: 5, value: 5 }, "champions"],
  [14, 1, 4_999, { recency: 5, frequency: 1, value: 1 }, "new"],
  [15, 3, 5_000, { recency: 4, frequency: 3, value: 2 }, "loyal"],
  [31, 2, 20_000, { recency: 3, frequency: 2, value: 3 }, "promising"],
  [61, 5, 49_999, { recency: 2, frequency: 4, value: 3 }, "at_risk"],
  [61, 1, 100, { recency: 2, frequency: 1, value: 1 }, "sleeping"],
  [120, 2, 50_000, { recency: 2, frequency: 2, value: 4 }, "at_risk"],
  [121, 2, 100, { recency: 1, frequency: 2, value: 1 }, "lost"],
] as const)("who ordered %i days ago, %i times, for %i cents scores %j and is %s", (daysAgo, orders, cents, scores, group) => {
  expect(person(daysAgo, orders, cents)).toEqual(scores);
  expect(rfmGroupOf(person(daysAgo, orders, cents))).toBe(group);
});

test("everybody who ordered is in one group", () => {
  for (const recency of [1, 2, 3, 4, 5]) for (const frequency of [1, 2, 3, 4, 5]) for (const value of [1, 2, 3, 4, 5]) expect(rfmGroupOf({ recency, frequency, value })).toBeTruthy();
});

test("the median is the middle gap, the lower one of two, and none of nothing", () => {
  expect(medianOf(new Map([[1, 1], [5, 1], [30, 1]]))).toBe(5);
  expect(medianOf(new Map([[1, 1], [5, 1]]))).toBe(1);
  expect(medianOf(new Map())).toBeNull();
});

test("repurchase is people with two orders or more of those with one or more, and not known without any", () => {
  const report = repurchaseOf(asOf, new Map([[1, 6], [2, 3], [5, 1]]), new Map([[0, 1], [3, 2], [200, 1]]));
  expect(report).toMatchObject({ buyers: 10, repeatBuyers: 4, rate: 0.4, medianGapDays: 3 });
  expect(report.gaps.filter(({ gaps }) => gaps > 0)).toEqual([{ from: 0, upTo: 0, gaps: 1 }, { from: 2, upTo: 3, gaps: 2 }, { from: 181, upTo: null, gaps: 1 }]);
  expect(repurchaseOf(null, new Map(), new Map())).toMatchObject({ buyers: 0, rate: null, medianGapDays: null });
});

test("a cohort whose day N is not over is not known: neither nought nor a part of the rate", () => {
  const range = { first: parseDay("2026-11-18"), last: parseDay("2026-11-20") };
  const registered = [{ day: range.first, people: 4 }, { day: parseDay("2026-11-19"), people: 2 }, { day: range.last, people: 9 }];
  const presence = [
    { cohort: range.first, day: range.first, people: 4 }, { cohort: range.first, day: parseDay("2026-11-19"), people: 1 },
    { cohort: parseDay("2026-11-19"), day: asOf, people: 2 },
  ];
  const report = retentionOf(range, registered, presence, asOf);
  expect(report.cohorts.map(({ d1, d7 }) => [d1, d7])).toEqual([[1, null], [2, null], [null, null]]);
  expect(report.rates.d1, "day 0 counts for nothing").toEqual({ registered: 6, returned: 3, rate: 0.5 });
  expect(report.rates.d7).toEqual({ registered: 0, returned: 0, rate: null });
  expect(retentionTable(report).rows[2]).toEqual(["2026-11-20", 9, null, null, null]);
});

test("a week is looked at once its Sunday is over", () => {
  const week = parseDay("2026-11-02");
  const report = weeklyCohortsOf({ first: week, last: week }, [{ day: parseDay("2026-11-04"), people: 5 }], [{ cohort: week, day: parseDay("2026-11-09"), people: 3 }], parseDay("2026-11-21"));
  expect(report.weeks).toHaveLength(1);
  expect(report.weeks[0]).toMatchObject({ registered: 5 });
  expect(report.weeks[0]!.active.slice(0, 3)).toEqual([3, null, null]);
  expect(weeklyCohortsOf({ first: week, last: week }, [], [], parseDay("2026-11-22")).weeks[0]!.active.slice(0, 3)).toEqual([0, 0, null]);
});

test("a funnel's shares are of its first step and of the one before", () => {
  expect(funnelOf(asOf, 7, new Map([["visited", 10], ["viewed", 8], ["ordered", 4], ["paid", 4]])).steps.map(({ ofFirst, ofPrevious }) => [ofFirst, ofPrevious])).toEqual([[1, null], [0.8, 0.8], [0.4, 0.5], [0.4, 1], [0, 0]]);
  expect(funnelOf(null, 7, new Map()).steps[0]).toEqual({ step: "visited", people: 0, ofFirst: null, ofPrevious: null });
});

test("breakage is the part of old points that expired, rounded down; the debt is rounded up", () => {
  const items = new Map([["outstanding", 1_001], ["overdue", 9], ["lots", 1_010], ["ledger", 1_000], ["debt", 10], ["breakage:granted", 300], ["breakage:expired", 100], ["expires:2027-01", 1_000], ["expires:never", 1]]);
  expect(liabilityOf(asOf, items, 30)).toMatchObject({ outstandingCents: 3_337, isBalanced: true, breakage: { rate: 0.3333, points: 333, cents: 1_110 }, schedule: [{ month: "2027-01", points: 1_000 }, { month: "never", points: 1 }] });
  expect(liabilityOf(asOf, new Map([["outstanding", 5], ["lots", 5], ["ledger", 4]]), 100)).toMatchObject({ isBalanced: false, breakage: { rate: null, points: null, cents: null } });
});

test("a range is cut to two years, at its beginning", () => {
  expect(withinLimit({ first: parseDay("1999-01-01"), last: asOf })).toEqual(rangeEnding(asOf, 731));
});
