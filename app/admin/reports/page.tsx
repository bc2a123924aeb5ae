import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { meanOf, movedBy, percentOf } from "./format";
import { CohortsPanel, FunnelPanel } from "./people-panels";
import { openReports, type ReportReading } from "./reading";
import { ReportFrame } from "./report-frame";
import { KpiCard } from "@/components/admin/kpi-card";
import { formatCash } from "@/lib/i18n";
import type { PointsFlow } from "@/lib/reports/flow";
import { getPointsReport } from "@/lib/reports/flow-queries";
import { findLiability, listLiabilityDays } from "@/lib/reports/liability-queries";
import { getActivity, getFunnel, getRepurchase, getWeeklyCohorts } from "@/lib/reports/people-queries";
import { rangeEnding } from "@/lib/reports/range";
import { changeSince } from "@/lib/reports/series";
import { shareOf } from "@/lib/reports/table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminReports"))("title") };
}

const WEEKS_SHOWN = 8;

export default async function ReportsPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await openReports("/admin/reports", searchParams);
  const { db, range, days, csvOf, state } = reading;
  if (!state.builtAt) return <ReportFrame reading={reading} current="summary">{null}</ReportFrame>;
  const [cohorts, funnel] = await Promise.all([getWeeklyCohorts(db, rangeEnding(range.last, 7 * (WEEKS_SHOWN + 1))), getFunnel(db, days)]);
  return (
    <ReportFrame reading={reading} current="summary">
      <Kpis reading={reading} />
      <div className="grid grid-cols-1 gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] xl:items-start">
        <CohortsPanel cohorts={cohorts} columns={WEEKS_SHOWN} csv={csvOf("cohorts")} />
        <FunnelPanel funnel={funnel} csv={csvOf("funnel")} />
      </div>
    </ReportFrame>
  );
}

async function Kpis({ reading: { db, policy, locale, range, before, days } }: { reading: ReportReading }) {
  const [t, now, then, active, activeBefore, repurchase, liability, liabilityDays] = await Promise.all([
    getTranslations("adminReports"), getPointsReport(db, range), getPointsReport(db, before), getActivity(db, range), getActivity(db, before), getRepurchase(db), findLiability(db, policy),
    listLiabilityDays(db, policy, { first: before.last, last: range.last }),
  ]);
  const versus = t("versus", { days });
  const burn = burnOf(now.totals);
  const stickiness = meanOf(active.days.map((day) => day.stickiness));
  const owedBefore = liabilityDays.find(({ day }) => day === before.last)?.outstandingPoints ?? 0;
  return (
    <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
      <KpiCard
        heading="h2" label={t("kpi.stickiness")} value={stickiness === null ? t("noValue") : stickiness.toFixed(2)} definition={t("kpi.stickinessMeans")} trend={active.days.map((day) => day.stickiness)} colour={1}
        change={{ by: movedBy(meanOf(activeBefore.days.map((day) => day.stickiness)), stickiness), unit: "points", moreIsGood: true, versus }}
      />
      <KpiCard
        heading="h2" label={t("kpi.repurchase")} value={percentOf(locale, repurchase.rate)} note={t("kpi.repurchaseNote", { buyers: repurchase.buyers, repeat: repurchase.repeatBuyers })} definition={t("kpi.repurchaseMeans")}
      />
      <KpiCard
        heading="h2" label={t("kpi.liability")} value={liability ? formatCash(locale, liability.outstandingCents) : t("noValue")} definition={t("kpi.liabilityMeans")} colour={2} trend={liabilityDays.map((day) => day.outstandingPoints)}
        change={liability ? { by: changeSince(owedBefore, liability.outstandingPoints), versus } : undefined}
        note={liability ? t("kpi.liabilityNote", { points: liability.outstandingPoints, rate: policy.pointsPerYuan }) : undefined}
      />
      <KpiCard
        heading="h2" label={t("kpi.burn")} value={percentOf(locale, burn)} note={t("kpi.burnNote", { spent: now.totals.spent, issued: now.totals.issued + now.totals.adjustedIn })} definition={t("kpi.burnMeans")} colour={4} trend={now.days.map((day) => day.spent)}
        change={{ by: movedBy(burnOf(then.totals), burn), unit: "points", moreIsGood: true, versus }}
      />
    </ul>
  );
}

/** What was spent by what was given, by rules or by hand. */
const burnOf = ({ spent, issued, adjustedIn }: PointsFlow): number | null => shareOf(spent, issued + adjustedIn);
