import { expect, test } from "vitest";

import { endOf, phaseAt } from "./idle";

const MINUTE = 60_000;

test.each([
  [0, "used"], [27.9, "used"], [28, "asked"], [29.99, "asked"], [30, "over"], [600, "over"],
] as const)("of half an hour without use, after %d minutes it is %s", (minutes, phase) => {
  expect(phaseAt(1_000_000 + minutes * MINUTE, 1_000_000, 30)).toBe(phase);
});

test("a session as short as it can be set leaves time to answer", () => {
  expect(phaseAt(3 * MINUTE - 1, 0, 5)).toBe("used");
  expect(phaseAt(3 * MINUTE, 0, 5)).toBe("asked");
  expect(endOf(0, 5)).toBe(5 * MINUTE);
});
