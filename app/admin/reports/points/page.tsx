import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../../(shop)/reading";
import { inLanguage } from "../../../(shop)/views";
import { openReports, type ReportReading } from "../reading";
import { NothingInIt, ReportCard, ReportFrame } from "../report-frame";
import { BarTable } from "@/components/admin/chart-bars";
import { LineChart } from "@/components/admin/chart-lines";
import { ChartTable, TableTwin } from "@/components/admin/chart-table";
import { KpiCard } from "@/components/admin/kpi-card";
import { formatDay, formatPoints, formatSignedPoints } from "@/lib/i18n";
import type { PointsFlow, PointsReport } from "@/lib/reports/flow";
import { getPointsReport } from "@/lib/reports/flow-queries";
import { changeSince } from "@/lib/reports/series";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminReports.tabs"))("points") };
}

/** Points that came and went, by day, by source and by rule. */
export default async function PointsReportPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await openReports("/admin/reports/points", searchParams);
  const { db, range, before, state } = reading;
  if (!state.builtAt) return <ReportFrame reading={reading} current="points">{null}</ReportFrame>;
  const [report, earlier] = await Promise.all([getPointsReport(db, range), getPointsReport(db, before)]);
  return (
    <ReportFrame reading={reading} current="points">
      <Kpis report={report} earlier={earlier} reading={reading} />
      <ByDay report={report} reading={reading} />
      <div className="grid grid-cols-1 gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] xl:items-start">
        <BySource report={report} reading={reading} />
        <ByRule report={report} reading={reading} />
      </div>
    </ReportFrame>
  );
}

type PanelProps = { report: PointsReport; reading: ReportReading };

async function Kpis({ report, earlier, reading: { locale, days } }: PanelProps & { earlier: PointsReport }) {
  const [t, common] = await Promise.all([getTranslations("adminReports"), getTranslations("common")]);
  return (
    <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
      {(["issued", "spent", "expired", "restored"] as const).map((key, index) => (
        <KpiCard
          heading="h2" key={key} label={t(`kpi.${key}`)} value={formatPoints(locale, report.totals[key])} unit={common("unit", { points: report.totals[key] })} definition={t(`kpi.${key}Means`)}
          change={{ by: changeSince(earlier.totals[key], report.totals[key]), moreIsGood: key === "spent" ? true : undefined, versus: t("versus", { days }) }}
          trend={report.days.map((day) => day[key])} colour={([1, 2, 3, 4] as const)[index]}
        />
      ))}
    </ul>
  );
}

const FLOWS = ["issued", "spent", "expired", "restored", "clawedBack", "adjustedIn", "adjustedOut", "net"] as const satisfies readonly (keyof PointsFlow)[];

async function ByDay({ report: { days, range }, reading: { locale, csvOf } }: PanelProps) {
  const t = await getTranslations("adminReports");
  return (
    <ReportCard id="by-day" title={t("byDay.title")} lead={t("byDay.lead", { first: formatDay(locale, range.first), last: formatDay(locale, range.last) })} definition={t("byDay.means")} csv={csvOf("points-by-day")}>
      <LineChart
        days={days.map(({ day }) => day)} label={t("chartLabel", { title: t("byDay.title"), days: days.length })}
        lines={(["issued", "spent", "expired", "restored"] as const).map((key) => ({ label: t(`flow.${key}`), values: days.map((day) => day[key]) }))}
      />
      <TableTwin
        caption={t("byDay.title")} columns={[{ label: t("byDay.day") }, ...FLOWS.map((key) => ({ label: t(`flow.${key}`) }))]}
        rows={[...days].reverse().map((day) => [formatDay(locale, day.day), ...FLOWS.map((key) => (key === "net" ? formatSignedPoints : formatPoints)(locale, day[key]))])}
      />
    </ReportCard>
  );
}

async function BySource({ report: { sources }, reading: { locale, csvOf } }: PanelProps) {
  const t = await getTranslations("adminReports");
  const nameOf = (source: string) => (t.has(`sources.${source}` as "sources.order") ? t(`sources.${source}` as "sources.order") : source);
  return (
    <ReportCard id="by-source" title={t("bySource.title")} lead={t("bySource.lead")} definition={t("bySource.means")} csv={csvOf("points-by-source")}>
      {sources.length === 0 ? <NothingInIt /> : (
        <ChartTable
          caption={t("bySource.title")} columns={[{ label: t("bySource.source") }, ...FLOWS.map((key) => ({ label: t(`flow.${key}`) }))]}
          rows={sources.map((source) => [nameOf(source.source), ...FLOWS.map((key) => (key === "net" ? formatSignedPoints : formatPoints)(locale, source[key]))])}
        />
      )}
    </ReportCard>
  );
}

const RULES_SHOWN_MAX = 12;

async function ByRule({ report: { rules }, reading: { locale, csvOf } }: PanelProps) {
  const t = await getTranslations("adminReports");
  return (
    <ReportCard id="by-rule" title={t("byRule.title")} lead={t("byRule.lead")} definition={t("byRule.means")} csv={csvOf("points-by-rule")}>
      {rules.length === 0 ? <NothingInIt /> : (
        <BarTable
          caption={t("byRule.title")} heads={{ label: t("byRule.rule"), value: t("flow.issued"), note: t("columns.entries") }}
          bars={rules.slice(0, RULES_SHOWN_MAX).map(({ ruleId, name, nameEn, points, entries }) => ({
            key: String(ruleId), label: inLanguage(locale, name, nameEn), value: points, text: formatPoints(locale, points), note: t("byRule.entries", { count: entries }),
          }))}
        />
      )}
    </ReportCard>
  );
}
