import { useLocale, useTranslations } from "next-intl";
import { percentOf } from "./format";
import { NothingInIt, ReportCard } from "./report-frame";
import { BarTable } from "@/components/admin/chart-bars";
import { HeatTable } from "@/components/admin/chart-heat";
import { LineChart } from "@/components/admin/chart-lines";
import { ChartTable, TableTwin } from "@/components/admin/chart-table";
import { formatDay, formatPoints } from "@/lib/i18n";
import type { ActivityReport } from "@/lib/reports/activity";
import type { FunnelReport } from "@/lib/reports/funnel";
import type { RetentionReport, WeeklyCohorts } from "@/lib/reports/retention";

/** Weeks of registration down, weeks since across. */
export function CohortsPanel({ cohorts: { weeks }, columns, csv }: { cohorts: WeeklyCohorts; columns: number; csv: string | null }) {
  const t = useTranslations("adminReports");
  const locale = useLocale();
  const joined = weeks.filter(({ registered }) => registered > 0);
  return (
    <ReportCard id="cohorts" title={t("cohorts.title")} lead={t("cohorts.lead")} definition={t("cohorts.means")} csv={csv}>
      {joined.length === 0 ? <NothingInIt>{t("cohorts.none")}</NothingInIt> : (
        <HeatTable
          caption={t("cohorts.title")} first={t("cohorts.week")} columns={Array.from({ length: columns }, (_, index) => t("cohorts.nth", { n: index + 1 }))} unknown={t("unknown")}
          percent={(share) => percentOf(locale, share, 0)}
          rows={joined.map(({ week, registered, active }) => ({
            key: week, label: formatDay(locale, week), note: t("cohorts.registered", { count: registered }), cells: active.slice(0, columns).map((people) => (people === null ? null : people / registered)),
          }))}
        />
      )}
    </ReportCard>
  );
}

export function FunnelPanel({ funnel: { steps, windowDays }, csv }: { funnel: FunnelReport; csv: string | null }) {
  const t = useTranslations("adminReports");
  const locale = useLocale();
  return (
    <ReportCard id="funnel" title={t("funnel.title")} lead={t("funnel.lead", { days: windowDays })} definition={t("funnel.means")} csv={csv}>
      {steps.every(({ people }) => people === 0) ? <NothingInIt /> : (
        <BarTable
          caption={t("funnel.title")} heads={{ label: t("funnel.step"), value: t("funnel.people"), note: t("funnel.share") }}
          bars={steps.map(({ step, people, ofFirst, ofPrevious }) => ({
            key: step, label: t(`funnel.steps.${step}`), value: people, text: formatPoints(locale, people),
            note: ofPrevious === null ? "" : t("funnel.ofBoth", { first: percentOf(locale, ofFirst), previous: percentOf(locale, ofPrevious) }),
          }))}
        />
      )}
    </ReportCard>
  );
}

export function ActivityPanel({ activity: { days }, csv }: { activity: ActivityReport; csv: string | null }) {
  const t = useTranslations("adminReports");
  const locale = useLocale();
  const say = (people: number | null) => (people === null ? t("noValue") : formatPoints(locale, people));
  return (
    <ReportCard id="activity" title={t("activity.title")} lead={t("activity.lead")} definition={t("activity.means")} csv={csv}>
      <LineChart
        days={days.map(({ day }) => day)} label={t("chartLabel", { title: t("activity.title"), days: days.length })}
        lines={[{ label: t("activity.dau"), values: days.map(({ dau }) => dau) }, { label: t("activity.mau"), values: days.map(({ mau }) => mau) }]}
      />
      <TableTwin
        caption={t("activity.title")} columns={(["day", "dau", "mau", "stickiness"] as const).map((key) => ({ label: t(`activity.${key}`) }))}
        rows={[...days].reverse().map(({ day, dau, mau, stickiness }) => [formatDay(locale, day), say(dau), say(mau), percentOf(locale, stickiness)])}
      />
    </ReportCard>
  );
}

export function DailyRetentionPanel({ retention: { cohorts }, csv }: { retention: RetentionReport; csv: string | null }) {
  const t = useTranslations("adminReports.daily");
  const locale = useLocale();
  const joined = cohorts.filter(({ registered }) => registered > 0).reverse();
  const of = (people: number | null, registered: number) => (people === null ? "–" : `${formatPoints(locale, people)} · ${percentOf(locale, people / registered, 0)}`);
  return (
    <ReportCard id="daily" title={t("title")} lead={t("lead")} definition={t("means")} csv={csv}>
      {joined.length === 0 ? <NothingInIt /> : (
        <ChartTable
          caption={t("title")} columns={(["day", "registered", "d1", "d7", "d30"] as const).map((key) => ({ label: t(key) }))}
          rows={joined.map(({ day, registered, d1, d7, d30 }) => [formatDay(locale, day, "dayAndYear"), formatPoints(locale, registered), of(d1, registered), of(d7, registered), of(d30, registered)])}
        />
      )}
    </ReportCard>
  );
}
