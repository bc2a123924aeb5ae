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

/** The same through days that are not known: the line breaks there, and a day alone is a dot. */
export function brokenPath(values: readonly (number | null)[], max: number, width: number, height: number): string {
  const points = linePoints(values.map((value) => value ?? 0), max, width, height);
  return points.flatMap(({ x, y }, index) => {
    if (values[index] === null) return [];
    const begins = index === 0 || values[index - 1] === null;
    const isAlone = begins && (index === values.length - 1 || values[index + 1] === null);
    return [`${begins ? "M" : "L"}${x} ${y}${isAlone ? "h0" : ""}`];
  }).join("");
}

/** Steps of the heat ramp; each is a class, since a page may not carry styles of its own. */
export const HEAT_STEPS = 20;

/** Which step of the ramp a share from 0 to 1 has. Lower shares are spread wider than higher ones: most of what people compare is there. */
export const heatStep = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) ** 0.85 * HEAT_STEPS);

/** How much of a bar is filled, in percent: what is not nothing can be seen. */
export function barShare(value: number, max: number): number {
  if (value <= 0 || max <= 0) return 0;
  return Math.max(0.5, Math.min(100, round((value / max) * 100)));
}
