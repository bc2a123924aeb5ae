import { expect, test } from "vitest";

import { warningsAbout, type Judged, type ShopFacts } from "./conflicts";
import { RuleDraft } from "./schema";

const NOW = new Date("2026-03-10T08:00:00.000Z");
const FACTS: ShopFacts = { now: NOW, pointsPerYuan: 100, cheapestCents: 1_000, openCategories: new Set([1, 2]), granted: new Map() };

let ids = 0;
const aRule = ({ id, definition, ...more }: { id?: number | null; definition?: object } & Record<string, unknown> = {}): Judged => ({
  ...RuleDraft.parse({ actionType: "purchase", name: "rule", status: "active", definition: { effect: { kind: "fixed", points: 10 }, ...definition }, ...more }), id: id === undefined ? ++ids : id,
});
const kinds = (rule: Judged, others: readonly Judged[] = [], facts: Partial<ShopFacts> = {}): string[] => warningsAbout(rule, [...others, rule], { ...FACTS, ...facts }).map(({ kind }) => kind);

const alone = (more: Record<string, unknown> = {}): Judged => aRule({ ...more, definition: { stacks: false, ...(more.definition as object) } });
const on = (...days: number[]) => ({ definition: { conditions: [{ kind: "weekdays", days }] } });
const between = (from: string, to: string) => ({ definition: { conditions: [{ kind: "hours", from, to }] } });
const worth = (minCents: number, maxCents: number | null) => ({ definition: { conditions: [{ kind: "amount", minCents, maxCents }] } });

test("two that stand alone with one priority are told apart by nothing but age", () => {
  const [one, other] = [alone(), alone()];
  expect(warningsAbout(one, [one, other], FACTS)).toEqual([{ kind: "same_priority", otherId: other.id, otherName: "rule", otherNameEn: "" }]);
});

test.each<[string, Judged, Judged]>([
  ["of different priority, each under conditions of its own", alone(on(1)), alone({ ...on(2), priority: 5 })],
  ["of different triggers", alone({ actionType: "review" }), alone({ actionType: "share" })],
  ["that add up", aRule(), aRule()],
  ["on other days", alone(on(6, 7)), alone(on(1, 2))],
  ["at other hours", alone(between("08:00", "12:00")), alone(between("12:00", "20:00"))],
  ["for other amounts", alone(worth(100, 200)), alone(worth(201, null))],
  ["one after the other", alone({ endsAt: "2026-04-01T00:00:00.000Z" }), alone({ startsAt: "2026-04-01T00:00:00.000Z" })],
  ["one of them a draft", alone(), alone({ status: "draft" })],
  ["one of them over", alone(), alone({ endsAt: "2026-01-01T00:00:00.000Z" })],
  ["one of them a multiplier", alone(), alone({ definition: { effect: { kind: "multiplier", percent: 150 } } })],
])("there is no rivalry between two %s", (_, one, other) => {
  expect(kinds(one, [other])).toEqual([]);
});

test.each<[string, Judged, Judged]>([
  ["whose days overlap", alone(on(5, 6)), alone(on(6, 7))],
  ["whose hours meet over midnight", alone(between("22:00", "02:00")), alone(between("01:00", "05:00"))],
  ["whose amounts touch", alone(worth(100, 200)), alone(worth(200, null))],
  ["for newcomers and for those who have not ordered", alone({ definition: { conditions: [{ kind: "segment", segment: "newcomer" }] } }), alone({ definition: { conditions: [{ kind: "segment", segment: "not_yet_buyer" }] } })],
])("two %s are rivals", (_, one, other) => {
  expect(kinds(one, [other])).toEqual(["same_priority"]);
});

test("a rule behind one that always stands before it never counts", () => {
  expect(kinds(aRule(), [alone({ priority: 9 })])).toEqual(["hidden"]);
  expect(kinds(aRule(), [alone({ priority: 9, ...on(6) })])).toEqual([]);
  expect(kinds(aRule(), [alone({ priority: 9, definition: { caps: { timesPerDay: 1 } } })])).toEqual([]);
});

test.each<[string, Judged, string]>([
  ["whose time is over", aRule({ endsAt: "2026-01-01T00:00:00.000Z" }), "window_over"],
  ["for a category with nothing on sale", aRule({ definition: { conditions: [{ kind: "category", categoryIds: [8, 9] }] } }), "categories_empty"],
  ["for hours that hold nothing", aRule(between("09:00", "09:00")), "hours_empty"],
  ["that multiplies nothing", aRule({ definition: { effect: { kind: "multiplier", percent: 150 } } }), "no_base"],
  ["for the second day of a streak, with none for the first", aRule({ actionType: "checkin", definition: { conditions: [{ kind: "streak", days: 2 }] } }), "no_first_day"],
  ["with a ladder that starts at nothing", aRule({ actionType: "checkin", definition: { effect: { kind: "ladder", steps: [0, 5] } } }), "no_first_day"],
  ["that gives more than its daily cap lets it", aRule({ definition: { caps: { pointsPerDay: 5, overflow: "reject" } } }), "cap_too_small"],
  ["that gives an order back in points", aRule({ definition: { effect: { kind: "per_yuan", points: 100 } } }), "loop"],
  ["that gives more than the cheapest order costs", aRule({ definition: { effect: { kind: "fixed", points: 1_000 } } }), "loop"],
])("one %s is doubtful", (_, rule, kind) => {
  expect(kinds(rule)).toEqual([kind]);
});

test.each<[string, Judged, Judged[]]>([
  ["a cap that cuts", aRule({ definition: { caps: { pointsPerDay: 5 } } }), []],
  ["a category of which some is on sale", aRule({ definition: { conditions: [{ kind: "category", categoryIds: [2, 9] }] } }), []],
  ["a multiplier beside a base", aRule({ definition: { effect: { kind: "multiplier", percent: 150 } } }), [aRule()]],
  ["a streak's prize beside a ladder", aRule({ actionType: "checkin", definition: { conditions: [{ kind: "streak", days: 7 }] } }), [aRule({ actionType: "checkin", definition: { effect: { kind: "ladder", steps: [5, 10] } } })]],
  ["a gift for orders of more than it is worth", aRule({ definition: { effect: { kind: "fixed", points: 1_000 }, conditions: [{ kind: "amount", minCents: 1_001 }] } }), []],
  ["a gift that each person has once", aRule({ definition: { effect: { kind: "fixed", points: 1_000 }, caps: { timesInAll: 1 } } }), []],
  ["an archived rule, whatever it says", aRule({ status: "archived", endsAt: "2026-01-01T00:00:00.000Z" }), []],
])("%s is not doubtful", (_, rule, others) => {
  expect(kinds(rule, others)).toEqual([]);
});

test("a budget that is granted is used up, and one that is nearly granted refuses a whole earning", () => {
  const rule = aRule({ definition: { caps: { budget: 100, overflow: "reject" } } });
  expect(kinds(rule, [], { granted: new Map([[rule.id!, 100]]) })).toEqual(["budget_used_up"]);
  expect(kinds(rule, [], { granted: new Map([[rule.id!, 95]]) })).toEqual(["cap_too_small"]);
  expect(kinds(rule, [], { granted: new Map([[rule.id!, 50]]) })).toEqual([]);
});

test("a multiplier can close the circle", () => {
  const base = aRule({ definition: { effect: { kind: "per_yuan", points: 60 } } });
  const double = aRule({ definition: { effect: { kind: "multiplier", percent: 200 } } });
  expect(kinds(base)).toEqual([]);
  expect(kinds(base, [double])).toEqual(["loop"]);
});
