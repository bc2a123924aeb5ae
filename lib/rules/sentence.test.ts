import { expect, test } from "vitest";

import { Definition, type Rule } from "./rule";
import { fieldPhrase, ruleSentence, type RuleNames } from "./sentence";

const NAMES: RuleNames = { timeZone: "Asia/Shanghai", categories: new Map([[1, "Tea"], [2, "Mugs"]]), levels: [{ rank: 0, name: "Jade" }, { rank: 2, name: "Gold" }] };

const say = (actionType: Rule["actionType"], definition: object, window: Partial<Rule> = {}, locale: "en" | "zh-CN" = "en"): string =>
  ruleSentence({ actionType, startsAt: null, endsAt: null, ...window, definition: Definition.parse(definition) }, locale, NAMES);

const weekendOrder = {
  effect: { kind: "per_yuan", points: 2 }, conditions: [{ kind: "amount", minCents: 10_000 }, { kind: "weekdays", days: [7, 6] }],
  caps: { pointsPerDay: 500 }, holding: { kind: "receipt" }, expiry: { kind: "rolling", every: 12, unit: "month" },
};

test("a rule reads as a sentence in both languages", () => {
  expect(say("purchase", weekendOrder)).toBe("When an order is paid with at least ¥100, on weekends, give 2 points per yuan, at most 500 a day, spendable on receipt, good for 12 months.");
  expect(say("purchase", weekendOrder, {}, "zh-CN")).toBe("订单支付满 ¥100 时，限周末，每元送 2 积分，每天最多 500 分，收货后可用，有效 12 个月。");
});

test.each<[string, Rule["actionType"], object]>([
  ["When somebody checks in, give 5 / 10 / 50 points by the day of the streak, starting again after the last.", "checkin", { effect: { kind: "ladder", steps: [5, 10, 50] } }],
  ["When somebody checks in, every 7 days of a streak, give 1 make-up card.", "checkin", { effect: { kind: "perk", perk: "make_up_card", quantity: 1 }, conditions: [{ kind: "streak", days: 7, repeats: true }] }],
  ["When the event “app.opened” arrives, give 1 point, once in 24 hours.", "custom", { effect: { kind: "fixed", points: 1 }, conditions: [{ kind: "event", name: "app.opened" }], caps: { cooldownHours: 24 } }],
  ["When an order is paid with ¥0.50 to ¥9.90, holding something of Tea and Mugs, give 3 points per item, in place of the other rules.", "purchase", { effect: { kind: "per_item", points: 3 }, stacks: false, conditions: [{ kind: "amount", minCents: 50, maxCents: 990 }, { kind: "category", categoryIds: [1, 2] }] }],
  ["When another order is paid, by members of level Gold or above, between 22:00 and 02:00, multiply what the other rules give by 1.5.", "repurchase", { effect: { kind: "multiplier", percent: 150 }, conditions: [{ kind: "level", rankMin: 1 }, { kind: "hours", from: "22:00", to: "02:00" }] }],
  ["When a review is approved, give 20 points, at most 1 time a person, 9,000 points for everybody together, nothing when that would pass a limit, good until the next 06-30 and 12-31.", "review", { effect: { kind: "fixed", points: 20 }, caps: { timesInAll: 1, budget: 9_000, overflow: "reject" }, expiry: { kind: "calendar", dates: ["06-30", "12-31"] } }],
])("%s", (sentence, action, definition) => {
  expect(say(action, definition)).toBe(sentence);
});

test("a window is said in the programme's zone", () => {
  expect(say("login", { effect: { kind: "fixed", points: 5 } }, { startsAt: new Date("2026-11-10T16:00:00Z") })).toBe("On the first visit of a day, give 5 points, from Nov 11, 2026, 00:00.");
});

test("a field of a version is said by itself, and what holds nothing by nothing", () => {
  expect(fieldPhrase("conditions", weekendOrder.conditions, "en", NAMES)).toBe("with at least ¥100, on weekends");
  expect(fieldPhrase("holding", { kind: "none" }, "en", NAMES)).toBeNull();
  expect(fieldPhrase("caps.budget", 12_000, "en", NAMES)).toBe("12,000");
  expect(fieldPhrase("expiry", null, "en", NAMES)).toBeNull();
});
