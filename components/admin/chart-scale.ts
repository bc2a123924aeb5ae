/** Where the lines of a chart go. Pure geometry: the page draws it on the server. */
export type Scale = { max: number; ticks: number[] };

const STEPS = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
const TICKS = 4;

/** A round maximum at or above every value, cut into four equal parts. */
export function niceScale(values: readonly number[]): Scale {
  const highest = Math.max(TICKS, ...values);
  const rough = highest / TICKS;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = STEPS.map((factor) => factor * magnitude).find((each) => each >= rough && Number.isInteger(each)) ?? Math.ceil(rough);
  return { max: step * TICKS, ticks: Array.from({ length: TICKS + 1 }, (_, index) => step * index) };
}

export type Point = { x: number; y: number };

/** Points of a line in a box of the given size, the first value at its left edge, the last at its right. */
export function linePoints(values: readonly number[], max: number, width: number, height: number): Point[] {
  const stride = values.length > 1 ? width / (values.length - 1) : 0;
  return values.map((value, index) => ({ x: round(index * stride), y: round(height - (value / max) * height) }));
}

const round = (length: number): number => Math.round(length * 10) / 10;

export const linePath = (points: readonly Point[]): string => points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");
