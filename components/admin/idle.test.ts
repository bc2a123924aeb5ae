import { expect, test } from "vitest";

import { phaseAt } from "./idle";

const MINUTE = 60_000;
const HOURS = 60 * MINUTE;

test.each([
  [0, "used"], [27.9, "used"], [28, "asked"], [29.99, "asked"], [30, "over"], [600, "over"],
] as const)("of half an hour without use, after %d minutes it is %s", (minutes, phase) => {
  expect(phaseAt(minutes * MINUTE, { idleAt: 30 * MINUTE, endsAt: 12 * HOURS })).toBe(phase);
});

test("a session as short as it can be set leaves time to answer", () => {
  const ends = { idleAt: 5 * MINUTE, endsAt: HOURS };
  expect([phaseAt(3 * MINUTE - 1, ends), phaseAt(3 * MINUTE, ends)]).toEqual(["used", "asked"]);
});

test("however much it is used, it ends, and says so before", () => {
  const ends = (now: number) => ({ idleAt: now + 30 * MINUTE, endsAt: 12 * HOURS });
  const at = (left: number) => phaseAt(12 * HOURS - left, ends(12 * HOURS - left));
  expect([at(3 * MINUTE), at(2 * MINUTE), at(1), at(0), at(-HOURS)]).toEqual(["used", "ending", "ending", "ended", "ended"]);
});
