import { expect, test } from "vitest";

import { parseInput } from "@/lib/outcome";

import { CustomEventInput, RuleInput } from "./schema";

const fieldsOf = (rule: object): Record<string, string> => {
  const parsed = parseInput(RuleInput, { requestId: "k", name: "rule", actionType: "purchase", ...rule });
  return parsed.ok ? {} : (parsed.fields ?? {});
};
const definition = (more: object = {}) => ({ effect: { kind: "fixed", points: 10 }, ...more });

test.each<[string, object]>([
  ["points for an order of ¥100 on weekends", { definition: definition({ effect: { kind: "per_yuan", points: 2 }, conditions: [{ kind: "amount", minCents: 10_000 }, { kind: "weekdays", days: [6, 7] }], holding: { kind: "receipt" } }) }],
  ["a ladder", { actionType: "checkin", definition: definition({ effect: { kind: "ladder", steps: [5, 10, 0, 50] } }) }],
  ["a card for the seventh day", { actionType: "checkin", definition: definition({ effect: { kind: "perk", perk: "make_up_card", quantity: 1 }, conditions: [{ kind: "streak", days: 7, repeats: true }] }) }],
  ["a multiplier for a level", { definition: definition({ effect: { kind: "multiplier", percent: 150 }, conditions: [{ kind: "level", rankMin: 2 }] }) }],
  ["an event that waits for another", { actionType: "custom", definition: definition({ conditions: [{ kind: "event", name: "app.opened" }], holding: { kind: "event", name: "app.kept" } }) }],
])("%s is a rule", (_, rule) => {
  expect(fieldsOf(rule)).toEqual({});
});

test.each<[string, object, string, string]>([
  ["an amount on a check-in", { actionType: "checkin", definition: definition({ conditions: [{ kind: "amount", minCents: 1 }] }) }, "definition.conditions.0.kind", "not_for_trigger"],
  ["a category on a review", { actionType: "review", definition: definition({ conditions: [{ kind: "category", categoryIds: [1] }] }) }, "definition.conditions.0.kind", "not_for_trigger"],
  ["a streak on an order", { definition: definition({ conditions: [{ kind: "streak", days: 7 }] }) }, "definition.conditions.0.kind", "not_for_trigger"],
  ["a name of an event on a visit", { actionType: "login", definition: definition({ conditions: [{ kind: "event", name: "x" }] }) }, "definition.conditions.0.kind", "not_for_trigger"],
  ["a ladder on an order", { definition: definition({ effect: { kind: "ladder", steps: [5] } }) }, "definition.effect.kind", "not_for_trigger"],
  ["points per yuan on a birthday", { actionType: "birthday", definition: definition({ effect: { kind: "per_yuan", points: 1 } }) }, "definition.effect.kind", "not_for_trigger"],
  ["a multiplier that waits", { definition: definition({ effect: { kind: "multiplier", percent: 200 }, holding: { kind: "days", days: 3 } }) }, "definition.holding.kind", "cannot_be_held"],
  ["a card that waits", { definition: definition({ effect: { kind: "perk", perk: "streak_freeze", quantity: 1 }, holding: { kind: "receipt" } }) }, "definition.holding.kind", "cannot_be_held"],
  ["a card that expires like points", { definition: definition({ effect: { kind: "perk", perk: "streak_freeze", quantity: 1 }, expiry: { kind: "none" } }) }, "definition.expiry.kind", "cannot_be_held"],
  ["the receipt of a review", { actionType: "review", definition: definition({ holding: { kind: "receipt" } }) }, "definition.holding.kind", "not_for_trigger"],
  ["a cap on the points of a card", { definition: definition({ effect: { kind: "perk", perk: "streak_freeze", quantity: 1 }, caps: { pointsPerDay: 5 } }) }, "definition.caps.pointsPerDay", "perk_has_no_points"],
  ["a range that runs backwards", { definition: definition({ conditions: [{ kind: "amount", minCents: 500, maxCents: 100 }] }) }, "definition.conditions.0.maxCents", "range_backwards"],
  ["hours that hold nothing", { definition: definition({ conditions: [{ kind: "hours", from: "09:00", to: "09:00" }] }) }, "definition.conditions.0.to", "hours_empty"],
  ["two amounts", { definition: definition({ conditions: [{ kind: "amount", minCents: 1 }, { kind: "amount", minCents: 2 }] }) }, "definition.conditions.1.kind", "condition_twice"],
  ["a ladder of nothing", { actionType: "checkin", definition: definition({ effect: { kind: "ladder", steps: [0, 0] } }) }, "definition.effect.steps", "ladder_empty"],
  ["a window that ends before it starts", { startsAt: "2026-02-01T00:00:00.000Z", endsAt: "2026-01-01T00:00:00.000Z", definition: definition() }, "endsAt", "window_backwards"],
  ["an expiry on 31 February", { definition: definition({ expiry: { kind: "calendar", dates: ["02-31"] } }) }, "definition.expiry.dates", "field_invalid"],
  ["no name", { name: " ", definition: definition() }, "name", "field_required"],
  ["a rule without the version that was read", { id: 3, definition: definition() }, "version", "field_required"],
])("%s is refused at its field", (_, rule, field, reason) => {
  expect(fieldsOf(rule)).toMatchObject({ [field]: reason });
});

test.each([{ points: 5 }, { definition: { ...definition(), budget: 3 } }, { definition: definition({ effect: { kind: "fixed", points: 0.5 } }) }, { definition: definition({ effect: { kind: "fixed", points: -1 } }) }, { definition: definition({ caps: { timesPerDay: 0 } }) }])(
  "%j is no rule", (rule) => {
    expect(Object.keys(fieldsOf({ definition: definition(), ...rule })).length).toBeGreaterThan(0);
  });

test("an event names one person, and has an id of its own", () => {
  const event = { event: "app.opened", id: "a-1", userId: 3 };
  const accepts = (more: object) => CustomEventInput.safeParse({ ...event, ...more }).success;
  expect(accepts({})).toBe(true);
  expect(accepts({ userId: undefined, email: "lin@example.com" })).toBe(true);
  for (const wrong of [{ email: "lin@example.com" }, { userId: undefined }, { event: "App Opened" }, { event: "" }, { id: "" }, { id: "x".repeat(65) }, { id: "é" }, { data: { a: { b: 1 } } }, { data: [] }, { points: 3 }]) expect(accepts(wrong)).toBe(false);
});
