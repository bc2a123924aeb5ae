import { expect, test } from "vitest";

import { countsOf, errorIn, isStalled, outlookOf, stateOf, type JobRun } from "./schedule";

const NOW = new Date("2026-11-21T08:00:00Z");
const ago = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
const run = (of: Partial<JobRun> = {}): JobRun => ({ id: 1, startedAt: ago(1), finishedAt: ago(1), report: {}, error: null, ...of });

test.each([
  ["done", run()],
  ["partly", run({ report: { finished: 0 } })],
  ["done", run({ report: { finished: 1 } })],
  ["failed", run({ error: "{}" })],
  ["running", run({ finishedAt: null, report: null })],
  ["broken", run({ finishedAt: null, report: null, startedAt: ago(3) })],
] as const)("a run is %s", (state, of) => {
  expect(stateOf(of, NOW)).toBe(state);
});

test("a job is expected a pace after it began last, and late when two minutes more are over", () => {
  expect(outlookOf(10, run({ startedAt: ago(4) }), NOW)).toEqual({ nextAt: ago(-6), lateMinutes: 0 });
  expect(outlookOf(1, run({ startedAt: ago(2) }), NOW).lateMinutes).toBe(0);
  expect(outlookOf(1, run({ startedAt: ago(3) }), NOW).lateMinutes).toBe(2);
  expect(outlookOf(60, run({ startedAt: ago(150) }), NOW)).toEqual({ nextAt: ago(90), lateMinutes: 90 });
});

test("a step of another job, and one that never ran, are not expected at any time", () => {
  expect([outlookOf(undefined, run(), NOW), outlookOf(5, null, NOW)]).toEqual([{ nextAt: null, lateMinutes: 0 }, { nextAt: null, lateMinutes: 0 }]);
});

test("a shop in which nothing began for ten minutes has stalled", () => {
  expect([isStalled(ago(10), NOW), isStalled(ago(11), NOW), isStalled(null, NOW)]).toEqual([false, true, true]);
});

test("what a run did is its numbers without its marks, added up over its steps", () => {
  const report = { seenTo: 900, finished: 1, handled: 3, failures: ["7", "8"], sent: 0, note: "text", reasons: { 7: "no" }, expire: { people: 2, finished: 1 }, remind: { people: 5, points: 40 } };
  expect([...countsOf(report)]).toEqual([["handled", 3], ["failures", 2], ["people", 7], ["points", 40]]);
  expect(countsOf(null).size).toBe(0);
});

test("of an error that was written down its message is said", () => {
  expect(errorIn('{"name":"Error","message":"no room","code":"ENOSPC"}')).toBe("ENOSPC: no room");
  expect([errorIn("not JSON"), errorIn("{}"), errorIn('"text"')]).toEqual(["not JSON", "{}", '"text"']);
});
