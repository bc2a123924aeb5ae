import { useLocale, useTranslations } from "next-intl";
import { formatDay, formatPoints, type Locale } from "@/lib/i18n";
import type { DayFigures } from "@/lib/reports/series";
import { LineChart } from "./chart-lines";
import { TableTwin } from "./chart-table";

/** Points issued and spent, day by day, and the same figures as a table. */
export function FlowChart({ days, caption }: { days: readonly DayFigures[]; caption: string }) {
  const t = useTranslations("admin.overview");
  const locale = useLocale() as Locale;
  const say = (points: number) => formatPoints(locale, points);
  return (
    <>
      <LineChart
        days={days.map(({ day }) => day)} label={t("chart", totalsOf(days))}
        lines={[{ label: t("issued"), values: days.map(({ issued }) => issued) }, { label: t("spent"), values: days.map(({ spent }) => spent) }]}
      />
      <TableTwin
        caption={caption} columns={[{ label: t("day") }, { label: t("issued") }, { label: t("spent") }]}
        rows={[...days].reverse().map(({ day, issued, spent }) => [formatDay(locale, day, "day"), say(issued), say(spent)])}
      />
    </>
  );
}

const totalsOf = (days: readonly DayFigures[]) => ({
  days: days.length,
  issued: days.reduce((sum, day) => sum + day.issued, 0),
  spent: days.reduce((sum, day) => sum + day.spent, 0),
});
