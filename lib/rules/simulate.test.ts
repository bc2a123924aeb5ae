import { expect, test } from "vitest";

import { NOTHING_EARNED } from "./evaluate";
import { Definition, type Rule } from "./rule";
import { addBreakdown, gainsBetween, NOTHING_BEFORE, ruleIn, Simulation, standingKey, withDraft, type Happening, type Version } from "./simulate";

const ZONE = "Asia/Shanghai";
const at = (day: number, hour = 12): Date => new Date(Date.UTC(2026, 2, day, hour - 8));

const aRule = (id: number, points: number, more: object = {}): Rule => ({ id, actionType: "custom", priority: 0, startsAt: null, endsAt: null, definition: Definition.parse({ effect: { kind: "fixed", points }, ...more }) });
const since = (from: Date, rule: Rule | null, ruleId = rule?.id ?? 1): Version => ({ ruleId, from, rule });
const event = (when: Date, userId = 1, more: Partial<Happening> = {}): Happening => ({
  at: when, userId, action: "custom", source: { type: "custom_event", id: "1" }, facts: {}, member: { levelRank: 0, multiplierPercent: 100, segments: [] }, mayEarn: true, ...more,
});
const pointsOf = (versions: readonly Version[], happenings: readonly Happening[], before = NOTHING_BEFORE): number[] => {
  const simulation = new Simulation(versions, before, ZONE);
  return happenings.map((happening) => simulation.judge(happening).grants.reduce((sum, { points }) => sum + points, 0));
};

test("each event is judged by the version in force at its time", () => {
  const versions = [since(at(2), aRule(1, 10)), since(at(4), aRule(1, 20)), since(at(6), null), since(at(8), aRule(1, 30))];
  expect(pointsOf(versions, [1, 2, 3, 4, 5, 6, 7, 8].map((day) => event(at(day))))).toEqual([0, 10, 10, 20, 20, 0, 0, 30]);
});

test("a day's caps begin anew with the programme's day", () => {
  const versions = [since(at(1), aRule(1, 10, { caps: { timesPerDay: 1 } }))];
  expect(pointsOf(versions, [event(at(2, 9)), event(at(2, 23)), event(at(3, 0)), event(at(3, 1))])).toEqual([10, 0, 10, 0]);
});

test("a budget is for everybody together, and counts what was granted before", () => {
  const versions = [since(at(1), aRule(1, 10, { caps: { budget: 35 } }))];
  expect(pointsOf(versions, [event(at(2), 1), event(at(2), 2), event(at(2), 3)], { standings: new Map(), granted: new Map([[1, 10]]) })).toEqual([10, 10, 5]);
});

test("totals count what was earned before, and only while the rule asks for them", () => {
  const capped = aRule(1, 10, { caps: { timesInAll: 2 } });
  const before = { standings: new Map([[standingKey(1, 1), { ...NOTHING_EARNED, timesInAll: 1, pointsInAll: 10 }]]), granted: new Map() };
  expect(pointsOf([since(at(1), capped)], [event(at(2)), event(at(3))], before)).toEqual([10, 0]);
  expect(pointsOf([since(at(1), aRule(1, 10)), since(at(3), capped)], [event(at(2)), event(at(3)), event(at(4)), event(at(5))])).toEqual([10, 10, 10, 0]);
});

test("who is frozen earns nothing, and it counts towards nothing", () => {
  const versions = [since(at(1), aRule(1, 10, { caps: { timesInAll: 1 } }))];
  expect(pointsOf(versions, [event(at(2), 1, { mayEarn: false }), event(at(3))])).toEqual([0, 10]);
});

test("a draft takes the place of its rule throughout, whatever its own window and history", () => {
  const versions = [since(at(1), aRule(1, 10)), since(at(3), null), since(at(1), aRule(2, 1))];
  const draft = { ...aRule(1, 50), startsAt: at(20), endsAt: at(21) };
  expect(pointsOf(withDraft(versions, draft), [event(at(2)), event(at(4))])).toEqual([51, 51]);
  expect(pointsOf(withDraft(versions, aRule(9, 100)), [event(at(2)), event(at(4))])).toEqual([111, 101]);
});

test("sums are by rule and by person, with the level's share by itself", () => {
  const simulation = new Simulation([since(at(1), { ...aRule(7, 10), actionType: "purchase" })], NOTHING_BEFORE, ZONE);
  simulation.judge(event(at(2), 5, { action: "purchase", member: { levelRank: 1, multiplierPercent: 150, segments: [] } }));
  expect(simulation.points).toBe(15);
  expect([...simulation.people]).toEqual([[5, 15]]);
  expect([...simulation.rules]).toEqual([[7, { times: 1, points: 10 }], [0, { times: 1, points: 5 }]]);
});

test("parts of a breakdown that no rule gave are not a rule's", () => {
  expect(["rule:12", "level", "taken_back", "task", "rule:x"].map(ruleIn)).toEqual([12, 0, null, null, null]);
  const sums = new Map();
  addBreakdown(sums, { "rule:12": 5, taken_back: -3 });
  expect([...sums]).toEqual([[12, { times: 1, points: 5 }]]);
});

test("who gains and who loses", () => {
  const change = gainsBetween(new Map([[1, 10], [2, 10], [3, 5]]), new Map([[1, 15], [3, 5], [4, 9]]), 1);
  expect(change).toEqual({ gaining: 2, losing: 1, top: [{ userId: 4, points: 9 }] });
});
