import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";

import { parseDay } from "@/lib/day";

import { evaluate, ladderPoints, NOTHING_EARNED, type Award, type Case, type Facts, type Standing } from "./evaluate";
import { Definition, type Action, type Rule } from "./rule";

type Plan = z.input<typeof Definition> & { id?: number; action?: Action; priority?: number; startsAt?: Date; endsAt?: Date };

/** Wednesday, 11 March 2026, 16:00 in Shanghai. */
const AT = new Date("2026-03-11T08:00:00Z");
const SHANGHAI = "Asia/Shanghai";

const rule = ({ id = 1, action = "purchase", priority = 0, startsAt, endsAt, ...definition }: Plan): Rule => ({
  id, actionType: action, priority, startsAt: startsAt ?? null, endsAt: endsAt ?? null, definition: Definition.parse(definition),
});
const fixed = (points: number, more: Omit<Plan, "effect"> = {}): Rule => rule({ effect: { kind: "fixed", points }, ...more });
const perYuan = (points: number, more: Omit<Plan, "effect"> = {}): Rule => rule({ effect: { kind: "per_yuan", points }, ...more });
const times = (percent: number, more: Omit<Plan, "effect"> = {}): Rule => rule({ effect: { kind: "multiplier", percent }, ...more });

type Situation = Partial<Omit<Case, "standing" | "budgetLeft" | "rules">> & { standing?: Record<number, Partial<Standing>>; budgets?: Record<number, number> };

const judge = (rules: readonly Rule[], { standing = {}, budgets = {}, ...more }: Situation = {}): Award =>
  evaluate({
    rules, facts: {}, member: { levelRank: 0, multiplierPercent: 100, segments: [] }, at: AT, timeZone: SHANGHAI,
    standing: (id) => ({ ...NOTHING_EARNED, ...standing[id] }), budgetLeft: (id) => budgets[id] ?? null, ...more,
  });
const pointsOf = ({ grants }: Award): number => grants.reduce((sum, { points }) => sum + points, 0);
const earned = (rules: readonly Rule[], situation?: Situation): number => pointsOf(judge(rules, situation));
const breakdownOf = ({ grants }: Award): Record<string, number> => Object.assign({}, ...grants.map(({ breakdown }) => breakdown)) as Record<string, number>;

const order: Facts = {
  cashCents: 10_000, items: [{ categoryId: 1, quantity: 2, cashCents: 4_000 }, { categoryId: 2, quantity: 1, cashCents: 5_999 }, { categoryId: null, quantity: 3, cashCents: 1 }],
};

describe("conditions", () => {
  const situation = (facts: Facts, more: Situation = {}): Situation => ({ facts, ...more });
  const member = (levelRank: number, segments: Case["member"]["segments"] = []): Situation => ({ member: { levelRank, multiplierPercent: 100, segments } });
  test.each<[string, Definition["conditions"][number], Situation, boolean]>([
    ["an amount is reached to the cent", { kind: "amount", minCents: 10_000, maxCents: null }, situation(order), true],
    ["a cent is missing", { kind: "amount", minCents: 10_001, maxCents: null }, situation(order), false],
    ["the largest amount is included", { kind: "amount", minCents: 0, maxCents: 10_000 }, situation(order), true],
    ["a cent too much", { kind: "amount", minCents: 0, maxCents: 9_999 }, situation(order), false],
    ["without cash there is no amount", { kind: "amount", minCents: 1, maxCents: null }, situation({}), false],
    ["an item of one of the categories", { kind: "category", categoryIds: [2, 9] }, situation(order), true],
    ["no item of the category", { kind: "category", categoryIds: [9] }, situation(order), false],
    ["a level of the rank", { kind: "level", rankMin: 2 }, member(2), true],
    ["a level above it", { kind: "level", rankMin: 2 }, member(3), true],
    ["a level below it", { kind: "level", rankMin: 2 }, member(1), false],
    ["one of the segment", { kind: "segment", segment: "newcomer" }, member(0, ["newcomer", "not_yet_buyer"]), true],
    ["nobody of the segment", { kind: "segment", segment: "repeat_buyer" }, member(0, ["newcomer"]), false],
    ["within the hours", { kind: "hours", from: "16:00", to: "17:00" }, {}, true],
    ["the end of the hours is not in them", { kind: "hours", from: "15:00", to: "16:00" }, {}, false],
    ["hours over midnight, after it", { kind: "hours", from: "22:00", to: "17:00" }, {}, true],
    ["hours over midnight, between", { kind: "hours", from: "22:00", to: "02:00" }, {}, false],
    ["hours of the programme's clock, not the machine's", { kind: "hours", from: "04:00", to: "05:00" }, { timeZone: "America/New_York" }, true],
    ["on a Wednesday", { kind: "weekdays", days: [3] }, {}, true],
    ["not on a Wednesday", { kind: "weekdays", days: [1, 2, 4, 5, 6, 7] }, {}, false],
    ["already Thursday on Kiritimati at 10 in the evening of Wednesday in Shanghai", { kind: "weekdays", days: [4] }, { timeZone: "Pacific/Kiritimati", at: new Date("2026-03-11T14:00:00Z") }, true],
    ["the streak's day", { kind: "streak", days: 7, repeats: false }, situation({ streakDays: 7 }), true],
    ["twice the streak's day", { kind: "streak", days: 7, repeats: false }, situation({ streakDays: 14 }), false],
    ["twice the streak's day, repeating", { kind: "streak", days: 7, repeats: true }, situation({ streakDays: 14 }), true],
    ["no streak is no multiple of it", { kind: "streak", days: 7, repeats: true }, situation({}), false],
    ["the so many-th of the month", { kind: "check_ins", per: "month", count: 10 }, situation({ checkInsInMonth: 10, checkInsEver: 99 }), true],
    ["one too early", { kind: "check_ins", per: "month", count: 10 }, situation({ checkInsInMonth: 9, checkInsEver: 10 }), false],
    ["the so many-th of all", { kind: "check_ins", per: "ever", count: 100 }, situation({ checkInsInMonth: 1, checkInsEver: 100 }), true],
    ["an event of the name", { kind: "event", name: "app.rated" }, situation({ eventName: "app.rated" }), true],
    ["an event of another name", { kind: "event", name: "app.rated" }, situation({ eventName: "app.rated2" }), false],
  ])("%s", (_, condition, given, applies) => {
    expect(earned([fixed(10, { conditions: [condition] })], given)).toBe(applies ? 10 : 0);
  });

  test("all conditions must hold", () => {
    const both = fixed(10, { conditions: [{ kind: "amount", minCents: 5_000 }, { kind: "weekdays", days: [3] }] });
    expect(earned([both], { facts: order })).toBe(10);
    expect(earned([both], { facts: { ...order, cashCents: 4_999 } })).toBe(0);
    expect(earned([both], { facts: order, at: new Date(AT.getTime() + 86_400_000) })).toBe(0);
  });
});

test.each<[string, Partial<Plan>, boolean]>([
  ["starts now", { startsAt: AT }, true],
  ["starts in a millisecond", { startsAt: new Date(AT.getTime() + 1) }, false],
  ["ends now", { endsAt: AT }, false],
  ["ends in a millisecond", { endsAt: new Date(AT.getTime() + 1) }, true],
])("a rule that %s", (_, window, counts) => {
  expect(earned([fixed(10, window)])).toBe(counts ? 10 : 0);
});

describe("effects", () => {
  test.each<[string, Plan["effect"], Plan["conditions"], Facts, number]>([
    ["a fixed number", { kind: "fixed", points: 30 }, [], {}, 30],
    ["by the yuan, in proportion to the cent", { kind: "per_yuan", points: 3 }, [], { cashCents: 1_050 }, 31],
    ["less than a point by the yuan", { kind: "per_yuan", points: 1 }, [], { cashCents: 99 }, 0],
    ["nothing for an order of points alone", { kind: "per_yuan", points: 3 }, [], {}, 0],
    ["by the yuan, of the category only", { kind: "per_yuan", points: 1 }, [{ kind: "category", categoryIds: [1] }], order, 40],
    ["by the yuan, of both categories only where they are the same item", { kind: "per_yuan", points: 1 }, [{ kind: "category", categoryIds: [1, 2] }, { kind: "category", categoryIds: [2] }], order, 59],
    ["by the item", { kind: "per_item", points: 5 }, [], order, 30],
    ["by the item of the category", { kind: "per_item", points: 5 }, [{ kind: "category", categoryIds: [2] }], order, 5],
    ["the first step of a ladder", { kind: "ladder", steps: [1, 2, 5] }, [], { streakDays: 1 }, 1],
    ["its last", { kind: "ladder", steps: [1, 2, 5] }, [], { streakDays: 3 }, 5],
    ["its first again", { kind: "ladder", steps: [1, 2, 5] }, [], { streakDays: 4 }, 1],
    ["on at its last", { kind: "ladder", steps: [1, 2, 5], after: "continue" }, [], { streakDays: 40 }, 5],
    ["a step of nothing", { kind: "ladder", steps: [0, 5] }, [], { streakDays: 1 }, 0],
    ["no step without a streak", { kind: "ladder", steps: [1, 2] }, [], {}, 0],
  ])("%s", (_, effect, conditions, facts, points) => {
    expect(earned([rule({ effect, conditions })], { facts })).toBe(points);
  });

  test("a ladder by the month starts with each first, whatever the streak", () => {
    const ladder = { steps: [1, 2, 3, 4, 5, 6, 7], after: "month" } as const;
    const on = (streak: number, day: string) => ladderPoints(ladder, streak, parseDay(day));
    expect([on(3, "2026-03-03"), on(30, "2026-03-01"), on(31, "2026-03-02"), on(2, "2026-03-20"), on(36, "2026-03-07"), on(37, "2026-03-08")]).toEqual([3, 1, 2, 2, 7, 1]);
  });

  test("a perk is given and counted, without points", () => {
    const award = judge([rule({ id: 4, action: "checkin", effect: { kind: "perk", perk: "make_up_card", quantity: 2 } })]);
    expect(award).toEqual({ grants: [], perks: [{ perk: "make_up_card", quantity: 2, ruleId: 4 }], counts: [{ ruleId: 4, points: 0 }] });
  });

  test("a day made up later is not paid for itself: neither its step nor its streak, only what counts check-ins", () => {
    const facts: Facts = { streakDays: 7, checkInsInMonth: 10, isMakeUp: true };
    const rules = [
      rule({ id: 1, action: "checkin", effect: { kind: "ladder", steps: [1, 2, 3, 4, 5, 6, 50] } }), fixed(70, { id: 2, action: "checkin", conditions: [{ kind: "streak", days: 7 }] }),
      fixed(9, { id: 3, action: "checkin" }), fixed(100, { id: 4, action: "checkin", conditions: [{ kind: "check_ins", per: "month", count: 10 }] }),
      fixed(200, { id: 5, action: "checkin", conditions: [{ kind: "check_ins", per: "month", count: 10 }, { kind: "streak", days: 7 }] }),
    ];
    expect(breakdownOf(judge(rules, { facts }))).toEqual({ "rule:4": 100 });
    expect(earned(rules, { facts: { ...facts, isMakeUp: false } })).toBe(50 + 70 + 9 + 100 + 200);
  });
});

describe("several rules", () => {
  test("those that stack add up", () => {
    expect(breakdownOf(judge([fixed(10, { id: 1 }), fixed(20, { id: 2 }), perYuan(1, { id: 3 })], { facts: { cashCents: 550 } }))).toEqual({ "rule:1": 10, "rule:2": 20, "rule:3": 5 });
  });

  test.each<[string, readonly Rule[], Record<string, number>]>([
    ["the highest counts by itself when it stands alone", [fixed(10, { id: 1, priority: 1, stacks: false }), fixed(20, { id: 2 })], { "rule:1": 10 }],
    ["one that stands alone below a rule that stacks is left out", [fixed(10, { id: 1, priority: 1 }), fixed(20, { id: 2, stacks: false }), fixed(30, { id: 3 })], { "rule:1": 10, "rule:3": 30 }],
    ["of two that stand alone the higher", [fixed(10, { id: 1, stacks: false }), fixed(20, { id: 2, priority: 5, stacks: false })], { "rule:2": 20 }],
    ["of equals the older", [fixed(20, { id: 2, stacks: false }), fixed(10, { id: 1, stacks: false })], { "rule:1": 10 }],
    ["one that does not apply excludes nobody", [fixed(10, { id: 1, priority: 1, stacks: false, conditions: [{ kind: "weekdays", days: [7] }] }), fixed(20, { id: 2 })], { "rule:2": 20 }],
    ["a step of nothing excludes nobody", [rule({ id: 1, priority: 1, stacks: false, effect: { kind: "ladder", steps: [0] } }), fixed(20, { id: 2 })], { "rule:2": 20 }],
    ["multipliers multiply one after the other", [fixed(100, { id: 1 }), times(200, { id: 2 }), times(150, { id: 3 })], { "rule:1": 100, "rule:2": 100, "rule:3": 100 }],
    ["a multiplier that stands alone is the only one", [fixed(100, { id: 1 }), times(200, { id: 2, priority: 1, stacks: false }), times(150, { id: 3 })], { "rule:1": 100, "rule:2": 100 }],
    ["a multiplier without anything to multiply gives nothing", [times(200)], {}],
    ["a base that stands alone still is multiplied", [fixed(100, { id: 1, stacks: false, priority: 9 }), times(110, { id: 2 })], { "rule:1": 100, "rule:2": 10 }],
  ])("%s", (_, rules, breakdown) => {
    expect(breakdownOf(judge(rules, { facts: { streakDays: 1 } }))).toEqual(breakdown);
  });

  test("a rule that can give nothing more excludes nobody", () => {
    const ordinary = fixed(20, { id: 2 });
    const campaign = (caps: Plan["caps"]) => fixed(100, { id: 1, priority: 9, stacks: false, caps });
    expect(earned([campaign({ budget: 1_000 }), ordinary], { budgets: { 1: 0 } })).toBe(20);
    expect(earned([campaign({ pointsPerDay: 100 }), ordinary], { standing: { 1: { pointsToday: 100 } } })).toBe(20);
    expect(earned([campaign({ pointsInAll: 150, overflow: "reject" }), ordinary], { standing: { 1: { pointsInAll: 100 } } })).toBe(20);
    expect(earned([campaign({ timesPerDay: 1 }), ordinary], { standing: { 1: { timesToday: 1 } } })).toBe(20);
  });

  test("a level multiplies what purchases earn, and nothing else", () => {
    const member = { levelRank: 1, multiplierPercent: 150, segments: [] };
    expect(breakdownOf(judge([fixed(100, { id: 1 }), times(200, { id: 2 })], { member }))).toEqual({ "rule:1": 100, "rule:2": 100, level: 100 });
    expect(earned([fixed(100, { action: "checkin" })], { member })).toBe(100);
    expect(judge([fixed(100, { id: 1 })], { member }).counts).toEqual([{ ruleId: 1, points: 100 }]);
  });
});

describe("caps", () => {
  const capped = (caps: Plan["caps"], given: Situation = {}) => earned([fixed(100, { caps })], given);
  test.each<[string, Plan["caps"], Partial<Standing>, number]>([
    ["one time more today", { timesPerDay: 3 }, { timesToday: 2 }, 100],
    ["no time more today", { timesPerDay: 3 }, { timesToday: 3, timesInAll: 3 }, 0],
    ["one time more in all", { timesInAll: 3 }, { timesInAll: 2 }, 100],
    ["no time more in all", { timesInAll: 3 }, { timesInAll: 3 }, 0],
    ["a part of the day's points", { pointsPerDay: 250 }, { pointsToday: 200 }, 50],
    ["all of the day's points", { pointsPerDay: 300 }, { pointsToday: 200 }, 100],
    ["nothing of the day's points", { pointsPerDay: 250 }, { pointsToday: 250 }, 0],
    ["a part of the points in all", { pointsInAll: 1_001 }, { pointsInAll: 1_000 }, 1],
    ["the smaller of two caps", { pointsPerDay: 250, pointsInAll: 1_000 }, { pointsToday: 180, pointsInAll: 970 }, 30],
    ["a cap that was lowered below what is there", { pointsPerDay: 50 }, { pointsToday: 90 }, 0],
    ["rejected whole for one point too many", { pointsPerDay: 250, overflow: "reject" }, { pointsToday: 151 }, 0],
    ["not rejected when it fits exactly", { pointsPerDay: 250, overflow: "reject" }, { pointsToday: 150 }, 100],
    ["within the cooldown", { cooldownHours: 24 }, { lastAt: new Date(AT.getTime() - 24 * 3_600_000 + 1) }, 0],
    ["as the cooldown ends", { cooldownHours: 24 }, { lastAt: new Date(AT.getTime() - 24 * 3_600_000) }, 100],
    ["never before", { cooldownHours: 24 }, {}, 100],
  ])("%s", (_, caps, standing, points) => {
    expect(capped(caps, { standing: { 1: standing } })).toBe(points);
  });

  test.each<[number, "truncate" | "reject", number]>([[100, "truncate", 100], [99, "truncate", 99], [0, "truncate", 0], [100, "reject", 100], [99, "reject", 0]])(
    "of a budget with %i left, to %s gives %i", (left, overflow, points) => {
      expect(capped({ budget: 1_000, overflow }, { budgets: { 1: left } })).toBe(points);
    });

  test("a multiplier's cap is on what it adds, and is counted as that", () => {
    const award = judge([fixed(100, { id: 1 }), times(300, { id: 2, caps: { pointsPerDay: 150 } })], { standing: { 2: { pointsToday: 30 } } });
    expect(breakdownOf(award)).toEqual({ "rule:1": 100, "rule:2": 120 });
    expect(award.counts).toEqual([{ ruleId: 1, points: 100 }, { ruleId: 2, points: 120 }]);
  });

  test("what was cut is what is multiplied", () => {
    expect(earned([fixed(100, { id: 1, caps: { pointsPerDay: 30 } }), times(200, { id: 2 })])).toBe(60);
  });

  test("a rule that gave nothing is not counted", () => {
    expect(judge([perYuan(1, { caps: { timesPerDay: 1 } })], { facts: { cashCents: 99 } }).counts).toEqual([]);
  });

  test("perks keep to the times of their rule", () => {
    const card = rule({ effect: { kind: "perk", perk: "streak_freeze", quantity: 1 }, caps: { timesInAll: 2 } });
    expect(judge([card], { standing: { 1: { timesInAll: 1 } } }).perks).toHaveLength(1);
    expect(judge([card], { standing: { 1: { timesInAll: 2 } } })).toEqual({ grants: [], perks: [], counts: [] });
  });
});

describe("keeping", () => {
  test("parts that are kept by the same terms are one grant", () => {
    const award = judge([fixed(10, { id: 1 }), fixed(20, { id: 2 }), fixed(30, { id: 3, holding: { kind: "days", days: 7 } }), fixed(40, { id: 4, expiry: { kind: "none" } })]);
    expect(award.grants).toEqual([
      { points: 30, breakdown: { "rule:1": 10, "rule:2": 20 }, holding: { kind: "none" }, expiry: null, ruleId: 1 },
      { points: 30, breakdown: { "rule:3": 30 }, holding: { kind: "days", days: 7 }, expiry: null, ruleId: 3 },
      { points: 40, breakdown: { "rule:4": 40 }, holding: { kind: "none" }, expiry: { kind: "none" }, ruleId: 4 },
    ]);
  });

  test.each<[string, Plan["holding"]]>([["days", { kind: "days", days: 3 }], ["the receipt", { kind: "receipt" }], ["an event", { kind: "event", name: "app.rated" }]])(
    "a bonus waits for %s like what it is on", (_, holding) => {
      const award = judge([fixed(100, { id: 1, holding }), times(200, { id: 2 })], { member: { levelRank: 1, multiplierPercent: 110, segments: [] } });
      expect(award.grants).toEqual([{ points: 220, breakdown: { "rule:1": 100, "rule:2": 100, level: 20 }, holding, expiry: null, ruleId: 1 }]);
    });
});

describe("one rounding", () => {
  test("the sum is rounded down once, not each part", () => {
    const award = judge([perYuan(1, { id: 1 }), perYuan(1, { id: 2 })], { facts: { cashCents: 150 } });
    expect(pointsOf(award)).toBe(3);
    expect(breakdownOf(award)).toEqual({ "rule:1": 2, "rule:2": 1 });
  });

  test.each([
    [1_010, [110], 11], [999, [101, 101], 10], [100, [150, 150, 150], 3], [333, [300], 9], [29, [200], 0], [58, [1000], 5],
    // ¥19.99 and 1% twice: 20.391799 points; and amounts whose product is a millionth short of a whole point.
    [1_999, [101, 101], 20], ...nearlyWhole(),
  ])("%i cents at a point a yuan, times %j, is %i points", (cashCents, percents, points) => {
    expect(earned([perYuan(1), ...percents.map((percent, index) => times(percent, { id: index + 2 }))], { facts: { cashCents } })).toBe(points);
  });
});

/** Amounts in cents for which one point a yuan, 1% more and again 1% more, is 0.000001 short of a whole number of points. */
function nearlyWhole(): [number, number[], number][] {
  const found: [number, number[], number][] = [];
  for (let cents = 1; cents < 1_000_000 && found.length < 3; cents++) if ((cents * 10_201) % 1_000_000 === 999_999) found.push([cents, [101, 101], Math.floor((cents * 10_201) / 1_000_000)]);
  return found;
}

const someEffect = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 5_000 }).map((points) => ({ kind: "fixed", points }) as const) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 20 }).map((points) => ({ kind: "per_yuan", points }) as const) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 50 }).map((points) => ({ kind: "per_item", points }) as const) },
  { weight: 3, arbitrary: fc.integer({ min: 101, max: 400 }).map((percent) => ({ kind: "multiplier", percent }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "perk", perk: "make_up_card", quantity: 1 } as const) },
);
const someCap = fc.option(fc.integer({ min: 1, max: 3_000 }), { freq: 2 });
const someCaps = fc.record({
  timesPerDay: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 1 }), pointsPerDay: someCap, timesInAll: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 1 }), pointsInAll: someCap, budget: someCap,
  overflow: fc.constantFrom("truncate", "reject"), cooldownHours: fc.option(fc.integer({ min: 1, max: 30 }), { freq: 1 }),
});
const someHolding = fc.constantFrom({ kind: "none" } as const, { kind: "none" } as const, { kind: "days", days: 3 } as const);
const someRules = (caps: fc.Arbitrary<Plan["caps"]>): fc.Arbitrary<Rule[]> =>
  fc.array(fc.record({ effect: someEffect, caps, holding: someHolding, stacks: fc.boolean(), priority: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 5 }).map((plans) =>
    plans.map((plan, index) => rule({ ...plan, holding: plan.effect.kind === "multiplier" || plan.effect.kind === "perk" ? { kind: "none" } : plan.holding, id: index + 1 })));
const someFacts: fc.Arbitrary<Facts> = fc.record({ cashCents: fc.integer({ min: 0, max: 50_000 }), quantity: fc.nat({ max: 4 }) }).map(({ cashCents, quantity }) => ({
  cashCents, items: quantity > 0 ? [{ categoryId: 1, quantity, cashCents }] : [],
}));
const someMember = fc.integer({ min: 100, max: 300 }).map((multiplierPercent) => ({ levelRank: 1, multiplierPercent, segments: [] }));

describe("whatever the rules", () => {
  test("the breakdown sums to the points, in whole positive numbers", () => {
    fc.assert(fc.property(someRules(someCaps), someFacts, someMember, (rules, facts, member) => {
      for (const { points, breakdown } of judge(rules, { facts, member }).grants) {
        const parts = Object.values(breakdown);
        expect(parts.every((part) => Number.isSafeInteger(part) && part > 0)).toBe(true);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(points);
      }
    }), { numRuns: 500 });
  });

  test("without caps the points are the exact product, rounded down", () => {
    fc.assert(fc.property(someRules(fc.constant({})), someFacts, someMember, (rules, facts, member) => {
      expect(earned(rules, { facts, member })).toBe(exactly(rules, facts, member.multiplierPercent));
    }), { numRuns: 1_000 });
  });

  test("the order in which rules are given does not matter", () => {
    fc.assert(fc.property(someRules(someCaps).chain((rules) => fc.tuple(fc.constant(rules), fc.shuffledSubarray(rules, { minLength: rules.length }))), someFacts, someMember, ([rules, shuffled], facts, member) => {
      expect(judge(shuffled, { facts, member })).toEqual(judge(rules, { facts, member }));
    }), { numRuns: 300 });
  });

  test("what rejects gives its whole or nothing", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), fc.nat({ max: 600 }), fc.nat({ max: 600 }), (points, cap, today, budget) => {
      const given = earned([fixed(points, { caps: { pointsPerDay: cap, budget: 600, overflow: "reject" } })], { standing: { 1: { pointsToday: today } }, budgets: { 1: budget } });
      expect(given).toBe(points <= cap - today && points <= budget ? points : 0);
    }));
  });

  test("no sequence of events passes a cap", () => {
    const someEvents = fc.array(fc.record({ facts: someFacts, hoursLater: fc.integer({ min: 0, max: 20 }) }), { minLength: 1, maxLength: 25 });
    fc.assert(fc.property(someRules(someCaps), someMember, someEvents, (rules, member, events) => {
      const history: { ruleId: number; at: number; day: string; points: number }[] = [];
      let at = AT.getTime();
      for (const { facts, hoursLater } of events) {
        at += hoursLater * 3_600_000;
        const day = shanghaiDay(at);
        const of = (ruleId: number, days?: string) => history.filter((each) => each.ruleId === ruleId && (!days || each.day === days));
        const sum = (all: readonly { points: number }[]) => all.reduce((total, { points }) => total + points, 0);
        const award = evaluate({
          rules, facts, member, at: new Date(at), timeZone: SHANGHAI,
          standing: (id) => ({
            timesToday: of(id, day).length, pointsToday: sum(of(id, day)), timesInAll: of(id).length, pointsInAll: sum(of(id)), lastAt: of(id).length > 0 ? new Date(of(id).at(-1)!.at) : null,
          }),
          budgetLeft: (id) => { const { budget } = rules.find((each) => each.id === id)!.definition.caps; return budget === null ? null : Math.max(0, budget - sum(of(id))); },
        });
        const breakdown = breakdownOf(award);
        for (const { ruleId, points } of award.counts) {
          expect(points).toBe(award.grants.reduce((total, grant) => total + (grant.breakdown[`rule:${ruleId}`] ?? 0), 0));
          history.push({ ruleId, at, day, points });
        }
        expect(Object.keys(breakdown).filter((name) => name !== "level").sort()).toEqual(award.counts.filter(({ points }) => points > 0).map(({ ruleId }) => `rule:${ruleId}`).sort());
        for (const { id, definition: { caps } } of rules) {
          expect(of(id, day).length).toBeLessThanOrEqual(caps.timesPerDay ?? Infinity);
          expect(of(id).length).toBeLessThanOrEqual(caps.timesInAll ?? Infinity);
          expect(sum(of(id, day))).toBeLessThanOrEqual(caps.pointsPerDay ?? Infinity);
          expect(sum(of(id))).toBeLessThanOrEqual(Math.min(caps.pointsInAll ?? Infinity, caps.budget ?? Infinity));
          const moments = of(id).map((each) => each.at);
          for (const [index, moment] of moments.entries()) if (index > 0 && caps.cooldownHours !== null) expect(moment - moments[index - 1]!).toBeGreaterThanOrEqual(caps.cooldownHours * 3_600_000);
        }
      }
    }), { numRuns: 300 });
  });
});

const shanghaiDay = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);

/** The same by hand, in fractions of whole numbers. */
function exactly(rules: readonly Rule[], facts: Facts, levelPercent: number): number {
  const ranked = [...rules].sort((a, b) => b.priority - a.priority || a.id - b.id);
  const hundredths = ({ definition: { effect } }: Rule): bigint =>
    effect.kind === "fixed" ? BigInt(effect.points) * 100n
    : effect.kind === "per_yuan" ? BigInt(effect.points) * BigInt(facts.cashCents ?? 0)
    : effect.kind === "per_item" ? BigInt(effect.points) * 100n * BigInt((facts.items ?? []).reduce((sum, { quantity }) => sum + quantity, 0))
    : 0n;
  const chosen = (all: readonly Rule[]): readonly Rule[] => (all[0]?.definition.stacks === false ? [all[0]] : all.filter(({ definition }) => definition.stacks));
  const base = chosen(ranked.filter((each) => hundredths(each) > 0n)).reduce((sum, each) => sum + hundredths(each), 0n);
  const percents = chosen(ranked.filter(({ definition }) => definition.effect.kind === "multiplier")).map(({ definition: { effect } }) => (effect.kind === "multiplier" ? effect.percent : 100));
  const product = [...percents, levelPercent].reduce((so, percent) => so * BigInt(percent), base);
  return Number(product / 100n ** BigInt(percents.length + 2));
}
