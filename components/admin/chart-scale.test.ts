import fc from "fast-check";
import { expect, test } from "vitest";

import { barShare, brokenPath, HEAT_STEPS, heatStep, linePath, linePoints, niceScale } from "./chart-scale";

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

test("a line breaks where a day is not known, and a day alone can be seen", () => {
  expect(brokenPath([0, 50, null, 100, null, 100, 50], 100, 60, 100)).toBe("M0 100L10 50M30 0h0M50 0L60 50");
  expect(brokenPath([null, null], 100, 60, 100)).toBe("");
});

test("the heat ramp goes from nothing to all, never back, and never beyond its ends", () => {
  expect([heatStep(-1), heatStep(0), heatStep(1), heatStep(7)]).toEqual([0, 0, HEAT_STEPS, HEAT_STEPS]);
  fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (one, other) => {
    expect(Math.sign(heatStep(one) - heatStep(other)) * Math.sign(one - other)).toBeGreaterThanOrEqual(0);
  }));
});

/** WCAG contrast of what is written on a cell: the text's colour, the ramp's colour over the card's. */
function contrastOn(text: readonly number[], ramp: readonly number[], card: readonly number[], alpha: number): number {
  const luminance = (rgb: readonly number[]) => {
    const [r = 0, g = 0, b = 0] = rgb.map((byte) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const cell = ramp.map((byte, index) => byte * alpha + card[index]! * (1 - alpha));
  const [light, dark] = [luminance(text), luminance(cell)].sort((one, other) => other - one);
  return (light! + 0.05) / (dark! + 0.05);
}

test("text stays readable on every step of the ramp, in both themes", () => {
  for (let step = 0; step <= HEAT_STEPS; step++) {
    const share = step / HEAT_STEPS;
    expect(contrastOn([27, 26, 23], [11, 107, 78], [255, 255, 255], 0.06 + 0.68 * share)).toBeGreaterThanOrEqual(4.5);
    expect(contrastOn([242, 240, 234], [79, 201, 154], [27, 29, 26], 0.08 + 0.43 * share)).toBeGreaterThanOrEqual(4.5);
  }
});

test("a bar is as long as its part of the longest, and what is there can be seen", () => {
  expect([barShare(0, 10), barShare(5, 10), barShare(10, 10), barShare(12, 10), barShare(1, 100_000), barShare(3, 0), barShare(-4, 10)]).toEqual([0, 50, 100, 100, 0.5, 0, 0]);
});
