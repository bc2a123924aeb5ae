import fc from "fast-check";
import { expect, test } from "vitest";

import { percentFromPpm, ppmFromPercent } from "./percent";

test("a percentage is read to the fourth place, and written as it was meant", () => {
  expect(["0", "12.5", "0.0001", "100", " 33.3333 ", "7.10"].map(ppmFromPercent)).toEqual([0, 125_000, 1, 1_000_000, 333_333, 71_000]);
  expect([1, 125_000, 1_000_000].map(percentFromPpm)).toEqual(["0.0001", "12.5", "100"]);
  fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000 }), (ppm) => {
    expect(ppmFromPercent(percentFromPpm(ppm))).toBe(ppm);
  }));
});

test.each(["", "-1", "1e2", "12,5", "0.00001", "٣", "half", "1.", ".5"])("%j is no percentage and is left for the schema to refuse", (text) => {
  expect(ppmFromPercent(text)).toBe(text);
});
