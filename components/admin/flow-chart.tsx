import { useLocale, useTranslations } from "next-intl";
import { formatCompact, formatDay, formatPoints, type Locale } from "@/lib/i18n";
import type { DayFigures } from "@/lib/reports/series";
import { linePath, linePoints, niceScale } from "./chart-scale";

const WIDTH = 720;
const HEIGHT = 200;

/** Points issued and spent, day by day: two lines told apart by colour and dash, and the same figures as a table. */
export function FlowChart({ days, titleId }: { days: readonly DayFigures[]; titleId: string }) {
  const t = useTranslations("admin.overview");
  const locale = useLocale() as Locale;
  const { max, ticks } = niceScale(days.flatMap(({ issued, spent }) => [issued, spent]));
  return (
    <>
      <ul className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-caption text-muted">
        <Legend label={t("issued")} look="issued" />
        <Legend label={t("spent")} look="spent" />
      </ul>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <div aria-hidden="true" className="flex h-50 flex-col justify-between text-end text-meta leading-0 text-muted tabular-nums">
          {[...ticks].reverse().map((tick) => <span key={tick}>{formatCompact(locale, tick)}</span>)}
        </div>
        <Plot days={days} max={max} ticks={ticks} label={t("chart", totalsOf(days))} />
        <div aria-hidden="true" className="col-start-2 mt-2 flex justify-between text-meta text-muted tabular-nums">
          {dayMarks(days).map((day, index, { length }) => <span key={day} className={index > 0 && index < length - 1 ? "max-sm:hidden" : undefined}>{formatDay(locale, day)}</span>)}
        </div>
      </div>
      <details className="group mt-3">
        <summary className="inline-flex min-h-8 items-center text-caption font-medium text-primary">{t("showTable")}</summary>
        <FlowTable days={days} titleId={titleId} />
      </details>
    </>
  );
}

type PlotProps = { days: readonly DayFigures[]; max: number; ticks: readonly number[]; label: string };

function Plot({ days, max, ticks, label }: PlotProps) {
  const issued = linePoints(days.map((day) => day.issued), max, WIDTH, HEIGHT);
  const spent = linePoints(days.map((day) => day.spent), max, WIDTH, HEIGHT);
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="h-50 w-full overflow-visible" fill="none" strokeLinejoin="round">
      {ticks.map((tick) => {
        const y = HEIGHT - (tick / max) * HEIGHT;
        return <path key={tick} d={`M0 ${y}H${WIDTH}`} className="stroke-border" vectorEffect="non-scaling-stroke" />;
      })}
      <path d={`${linePath(issued)}V${HEIGHT}H0Z`} className="fill-chart-1 opacity-8" />
      <path d={linePath(issued)} className="stroke-chart-1" strokeWidth="2" vectorEffect="non-scaling-stroke" />
      <path d={linePath(spent)} className="stroke-chart-2" strokeWidth="2" strokeDasharray="5 3" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

function Legend({ label, look }: { label: string; look: "issued" | "spent" }) {
  return (
    <li className="flex items-center gap-2">
      <svg width="24" height="8" viewBox="0 0 24 8" aria-hidden="true">
        <path d="M0 4H24" strokeWidth="2.5" className={look === "issued" ? "stroke-chart-1" : "stroke-chart-2"} strokeDasharray={look === "spent" ? "5 3" : undefined} />
      </svg>
      {label}
    </li>
  );
}

function FlowTable({ days, titleId }: { days: readonly DayFigures[]; titleId: string }) {
  const t = useTranslations("admin.overview");
  const locale = useLocale() as Locale;
  return (
    <div className="mt-1 max-h-80 overflow-y-auto rounded-control border border-border" role="region" aria-labelledby={titleId} tabIndex={0}>
      <table className="w-full text-caption tabular-nums" aria-labelledby={titleId}>
        <thead className="sticky top-0 bg-sunken">
          <tr>
            <th scope="col" className="px-3 py-2 text-start font-medium text-muted">{t("day")}</th>
            <th scope="col" className="px-3 py-2 text-end font-medium text-muted">{t("issued")}</th>
            <th scope="col" className="px-3 py-2 text-end font-medium text-muted">{t("spent")}</th>
          </tr>
        </thead>
        <tbody>
          {[...days].reverse().map((day) => (
            <tr key={day.day} className="border-t border-border">
              <th scope="row" className="px-3 py-1.5 text-start font-normal">{formatDay(locale, day.day, "day")}</th>
              <td className="px-3 py-1.5 text-end">{formatPoints(locale, day.issued)}</td>
              <td className="px-3 py-1.5 text-end">{formatPoints(locale, day.spent)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const totalsOf = (days: readonly DayFigures[]) => ({
  days: days.length,
  issued: days.reduce((sum, day) => sum + day.issued, 0),
  spent: days.reduce((sum, day) => sum + day.spent, 0),
});

/** Under the first, the last, and two days between. */
function dayMarks(days: readonly DayFigures[]): string[] {
  const last = days.length - 1;
  return [0, Math.round(last / 3), Math.round((2 * last) / 3), last].flatMap((index) => days[index]?.day ?? []);
}
