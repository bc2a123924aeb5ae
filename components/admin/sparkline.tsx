import clsx from "clsx";
import { linePath, linePoints } from "./chart-scale";

const WIDTH = 120;
const HEIGHT = 32;
const strokes = { 1: "stroke-chart-1", 2: "stroke-chart-2", 3: "stroke-chart-3", 4: "stroke-chart-4" } as const;

/** How a figure went. Decoration: the figures themselves stand in the chart's table. */
export function Sparkline({ values, colour }: { values: readonly (number | null)[]; colour: keyof typeof strokes }) {
  const known = values.flatMap((value) => value ?? []);
  if (known.length < 2) return <div aria-hidden="true" className="mt-2.5 h-8" />;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const points = linePoints(known.map((value) => value - low), span, WIDTH, HEIGHT - 4).map(({ x, y }) => ({ x, y: y + 2 }));
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" fill="none" strokeLinecap="round" strokeLinejoin="round" className="mt-2.5 block h-8 w-full">
      <path d={linePath(points)} strokeWidth="2" vectorEffect="non-scaling-stroke" className={clsx(strokes[colour])} />
    </svg>
  );
}
