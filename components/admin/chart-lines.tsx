import clsx from "clsx";
import { useLocale } from "next-intl";
import { formatCompact, formatDay, type Locale } from "@/lib/i18n";
import { brokenPath, niceScale } from "./chart-scale";

const WIDTH = 720;
const HEIGHT = 200;

/** Told apart by colour and by dashes. */
const looks = [
  { stroke: "stroke-chart-1", fill: "fill-chart-1", dash: undefined },
  { stroke: "stroke-chart-2", fill: "fill-chart-2", dash: "5 3" },
  { stroke: "stroke-chart-3", fill: "fill-chart-3", dash: "1 3" },
  { stroke: "stroke-chart-4", fill: "fill-chart-4", dash: "9 3 2 3" },
] as const;

/** `values` has one for each day; null is not known. */
export type ChartLine = { label: string; values: readonly (number | null)[] };
type LineChartProps = { days: readonly string[]; lines: readonly ChartLine[]; /** What a screen reader hears instead of the picture. */ label: string; /** Of the marks beside it. */ format?: (value: number) => string };

/** Lines over days, drawn on the server. Each has the same figures as a table beside it. */
export function LineChart({ days, lines, label, format }: LineChartProps) {
  const locale = useLocale() as Locale;
  const { max, ticks } = niceScale(lines.flatMap(({ values }) => values.flatMap((value) => value ?? [])));
  const say = format ?? ((value: number) => formatCompact(locale, value));
  return (
    <>
      {lines.length > 1 && (
        <ul className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-caption text-muted">
          {lines.map((line, index) => (
            <li key={line.label} className="flex items-center gap-2">
              <svg width="24" height="8" viewBox="0 0 24 8" aria-hidden="true"><path d="M0 4H24" strokeWidth="2.5" className={lookAt(index).stroke} strokeDasharray={lookAt(index).dash} /></svg>
              {line.label}
            </li>
          ))}
        </ul>
      )}
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <div aria-hidden="true" className="flex h-50 flex-col justify-between text-end text-meta leading-0 text-muted tabular-nums">
          {[...ticks].reverse().map((tick) => <span key={tick}>{say(tick)}</span>)}
        </div>
        <svg role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="h-50 w-full overflow-visible" fill="none" strokeLinejoin="round" strokeLinecap="round">
          {ticks.map((tick) => <path key={tick} d={`M0 ${HEIGHT - (tick / max) * HEIGHT}H${WIDTH}`} className="stroke-border" vectorEffect="non-scaling-stroke" />)}
          {lines.map(({ label: name, values }, index) => (
            <path key={name} d={brokenPath(values, max, WIDTH, HEIGHT)} strokeWidth="2" strokeDasharray={lookAt(index).dash} className={clsx(lookAt(index).stroke)} vectorEffect="non-scaling-stroke" />
          ))}
        </svg>
        <div aria-hidden="true" className="col-start-2 mt-2 flex justify-between text-meta text-muted tabular-nums">
          {dayMarks(days).map((day, index, { length }) => <span key={day} className={index > 0 && index < length - 1 ? "max-sm:hidden" : undefined}>{formatDay(locale, day)}</span>)}
        </div>
      </div>
    </>
  );
}

const lookAt = (index: number) => looks[index % looks.length]!;

/** Under the first, the last, and two days between. */
function dayMarks(days: readonly string[]): string[] {
  const last = days.length - 1;
  return [...new Set([0, Math.round(last / 3), Math.round((2 * last) / 3), last])].flatMap((index) => days[index] ?? []);
}
