import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../../(shop)/reading";
import { percentOf } from "../format";
import { ActivityPanel, CohortsPanel, DailyRetentionPanel } from "../people-panels";
import { openReports } from "../reading";
import { ReportFrame } from "../report-frame";
import { KpiCard } from "@/components/admin/kpi-card";
import { getActivity, getRetention, getWeeklyCohorts } from "@/lib/reports/people-queries";
import { rangeEnding } from "@/lib/reports/range";
import { COHORT_WEEKS } from "@/lib/reports/retention";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminReports.tabs"))("retention") };
}

/** The last day that is looked at after registration: a cohort younger than that is not ripe, so the period is longer by as much. */
const RIPE_AFTER_DAYS = 30;

export default async function RetentionPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await openReports("/admin/reports/retention", searchParams);
  const { db, range, days, locale, csvOf, state } = reading;
  if (!state.builtAt) return <ReportFrame reading={reading} current="retention">{null}</ReportFrame>;
  const [t, retention, cohorts, activity] = await Promise.all([
    getTranslations("adminReports.kpi"), getRetention(db, rangeEnding(range.last, days + RIPE_AFTER_DAYS)), getWeeklyCohorts(db, rangeEnding(range.last, 7 * (COHORT_WEEKS + 1))), getActivity(db, range),
  ]);
  return (
    <ReportFrame reading={reading} current="retention">
      <ul className="grid gap-4 sm:grid-cols-3">
        {([["d1", 1], ["d7", 7], ["d30", 30]] as const).map(([key, day]) => (
          <KpiCard heading="h2" key={key} label={t(key)} value={percentOf(locale, retention.rates[key].rate)} note={t("retentionNote", { returned: retention.rates[key].returned, registered: retention.rates[key].registered })} definition={t("retentionMeans", { day })} />
        ))}
      </ul>
      <CohortsPanel cohorts={cohorts} columns={COHORT_WEEKS} csv={csvOf("cohorts")} />
      <ActivityPanel activity={activity} csv={csvOf("activity")} />
      <DailyRetentionPanel retention={retention} csv={csvOf("retention")} />
    </ReportFrame>
  );
}
