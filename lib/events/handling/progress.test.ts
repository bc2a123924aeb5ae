import { expect, test } from "vitest";

import { planScan, SETTLED_MS } from "./progress";

const at = (seenAt: number, seenTo: number, settledTo = 0, failures: string[] = []) => ({ seenAt, seenTo, settledTo, failures, handled: 3 });
const NOW = 10_000_000;

test("the first run reads everything, and takes nothing for settled", () => {
  expect(planScan([], NOW)).toEqual({ last: { settledTo: 0, seenTo: 0, seenAt: 0, failures: [] }, settlesTo: 0 });
});

test("what was seen two minutes ago has settled, what was seen since has not", () => {
  const reports = [at(NOW - 60_000, 300, 100), at(NOW - SETTLED_MS + 1, 250, 80), at(NOW - SETTLED_MS, 200, 50), at(NOW - 400_000, 100)];
  expect(planScan(reports, NOW)).toMatchObject({ last: { seenTo: 300, settledTo: 100 }, settlesTo: 200 });
});

test("what has settled stays settled when the clock of the database jumps back", () => {
  expect(planScan([at(NOW, 300, 200)], NOW - 3_600_000)).toMatchObject({ settlesTo: 200 });
});

test("reports that say nothing of it are passed over, and failures come from the last that does", () => {
  const reports = [null, { error: "killed" }, at(NOW - 60_000, 300, 100, ["17"]), at(NOW - 600_000, 90)];
  expect(planScan(reports, NOW)).toMatchObject({ last: { seenTo: 300, failures: ["17"] }, settlesTo: 100 });
});
