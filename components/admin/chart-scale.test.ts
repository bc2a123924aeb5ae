import fc from "fast-check";
import { expect, test } from "vitest";

import { linePath, linePoints, niceScale } from "./chart-scale";

test("the scale ends at or above the highest value, on a whole number", () => {
  fc.assert(fc.property(fc.array(fc.nat(1_000_000_000), { maxLength: 60 }), (values) => {
    const { max, ticks } = niceScale(values);
    expect(max).toBeGreaterThanOrEqual(Math.max(0, ...values));
    expect(ticks.every(Number.isInteger)).toBe(true);
    expect(ticks.at(-1)).toBe(max);
  }));
});

test("the scale wastes less than a third of the chart", () => {
  fc.assert(fc.property(fc.integer({ min: 100, max: 1_000_000_000 }), (value) => {
    expect(niceScale([value]).max).toBeLessThan(value * 1.5);
  }));
});

test("a chart of nothing still has a scale", () => {
  expect(niceScale([0, 0])).toEqual({ max: 4, ticks: [0, 1, 2, 3, 4] });
});

test("a line runs from edge to edge and stays inside the box", () => {
  const points = linePoints([0, 50, 100], 100, 200, 80);
  expect(points).toEqual([{ x: 0, y: 80 }, { x: 100, y: 40 }, { x: 200, y: 0 }]);
  expect(linePath(points)).toBe("M0 80L100 40L200 0");
});
