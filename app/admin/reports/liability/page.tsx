import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import Form from "next/form";
import { readParams, type SearchParams } from "../../../(shop)/reading";
import { dayIn } from "../day-in";
import { percentOf } from "../format";
import { openReports, type ReportReading } from "../reading";
import { ReportCard, ReportFrame } from "../report-frame";
import { LiabilityPanels } from "./panels";
import { LineChart } from "@/components/admin/chart-lines";
import { TableTwin } from "@/components/admin/chart-table";
import { KpiCard } from "@/components/admin/kpi-card";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import type { Day } from "@/lib/day";
import { formatCash, formatDay, formatPoints } from "@/lib/i18n";
import type { LiabilityReport } from "@/lib/reports/liability";
import { findLiability, listLiabilityDays } from "@/lib/reports/liability-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminReports.tabs"))("liability") };
}

/** What the shop owes in points at the end of a day, to the point, as an accountant asks for it. */
export default async function LiabilityPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await openReports("/admin/reports/liability", searchParams);
  const { db, policy, locale, state } = reading;
  if (!state.builtAt) return <ReportFrame reading={reading} current="liability">{null}</ReportFrame>;
  const on = dayIn((await readParams(searchParams, "on")).on) ?? reading.range.last;
  const [t, report] = await Promise.all([getTranslations("adminReports.liability"), findLiability(db, policy, on)]);
  return (
    <ReportFrame reading={reading} current="liability" keep={{ on: on === reading.range.last ? undefined : on }}>
      <CutOff on={on} last={reading.range.last} days={reading.days} />
      {report ? (
        <>
          <p className="text-caption text-muted">{t("asOf", { day: formatDay(locale, report.asOf, "dayAndYear"), zone: policy.timeZone })}</p>
          <Kpis report={report} reading={reading} />
          <Notice tone={report.isBalanced ? "success" : "danger"}>
            <p className="font-semibold">{t(report.isBalanced ? "balanced" : "unbalanced")}</p>
            <p className="tabular-nums">{t(report.isBalanced ? "equals" : "differs", { lots: report.lotPoints, outstanding: report.outstandingPoints, overdue: report.overduePoints, ledger: report.ledgerPoints, debt: report.debtPoints })}</p>
          </Notice>
          <LiabilityPanels report={report} reading={reading} on={on} />
        </>
      ) : <Notice tone="warning">{t("noDay")}</Notice>}
      <Trend reading={reading} />
    </ReportFrame>
  );
}

async function CutOff({ on, last, days }: { on: Day; last: Day; days: number }) {
  const t = await getTranslations("adminReports.liability");
  return (
    <Form action={"/admin/reports/liability" as Route} className="flex flex-wrap items-center gap-2">
      <label htmlFor="liability-on" className="text-dense font-medium">{t("on")}</label>
      <Input key={on} id="liability-on" type="date" name="on" shape="dense" defaultValue={on} max={last} required className="w-auto!" />
      <input type="hidden" name="days" value={days} />
      <Button type="submit" size="dense">{t("show")}</Button>
    </Form>
  );
}

async function Kpis({ report, reading: { locale } }: { report: LiabilityReport; reading: ReportReading }) {
  const t = await getTranslations("adminReports.kpi");
  const { breakage } = report;
  return (
    <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
      <KpiCard heading="h2" label={t("liability")} value={formatCash(locale, report.outstandingCents)} note={t("liabilityNote", { points: report.outstandingPoints, rate: report.pointsPerYuan })} definition={t("liabilityMeans")} />
      <KpiCard
        heading="h2" label={t("breakage")} value={breakage.cents === null ? "–" : formatCash(locale, breakage.cents)} definition={t("breakageMeans")}
        note={breakage.rate === null ? t("breakageNone") : t("breakageNote", { rate: percentOf(locale, breakage.rate) })}
      />
      <KpiCard heading="h2" label={t("pending")} value={formatPoints(locale, report.pendingPoints)} note={formatCash(locale, report.pendingCents)} definition={t("pendingMeans")} />
      <KpiCard heading="h2" label={t("frozen")} value={formatPoints(locale, report.frozenPoints)} definition={t("frozenMeans")} />
    </ul>
  );
}

async function Trend({ reading: { db, policy, range, locale, csvOf } }: { reading: ReportReading }) {
  const [t, reports, days] = await Promise.all([getTranslations("adminReports.liability.trend"), getTranslations("adminReports"), listLiabilityDays(db, policy, range)]);
  if (days.length < 2) return null;
  return (
    <ReportCard id="trend" title={t("title")} lead={t("lead")} definition={t("means")} csv={csvOf("liability-days")}>
      <LineChart
        days={days.map(({ day }) => day)} label={reports("chartLabel", { title: t("title"), days: days.length })} lines={[{ label: t("cents"), values: days.map(({ outstandingCents }) => Math.round(outstandingCents / 100)) }]}
      />
      <TableTwin
        caption={t("title")} columns={(["day", "points", "cents"] as const).map((key) => ({ label: t(key) }))}
        rows={[...days].reverse().map(({ day, outstandingPoints, outstandingCents }) => [formatDay(locale, day, "dayAndYear"), formatPoints(locale, outstandingPoints), formatCash(locale, outstandingCents)])}
      />
    </ReportCard>
  );
}
