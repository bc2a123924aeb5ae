import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { Route } from "next";
import { workItems } from "./queue";
import { startStaffReading } from "./reading";
import { showSetupForm } from "./settings/setup/actions";
import { readSetup, type StaffSetup } from "./setup";
import { EmptyState } from "@/components/empty-state";
import { CommandForm } from "@/components/admin/command-form";
import { FlowChart } from "@/components/admin/flow-chart";
import { KpiCard } from "@/components/admin/kpi-card";
import { SetupList } from "@/components/admin/setup-list";
import { WorkQueue, type WorkItem } from "@/components/admin/work-queue";
import { PageHeader, SectionHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { ProgressBar } from "@/components/ui/progress-bar";
import { formatCash, formatInstant, formatPoints } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import { getFigures, type Figures } from "@/lib/reports/queries";
import { getStaffQueue } from "@/lib/queue/queries";

/** What waits, and how the shop is doing: nobody is shown a task or a figure that is not for their role. */
export default async function OverviewPage() {
  const { db, now, policy, locale, staff } = await startStaffReading(null);
  const seesFigures = staff.permissions.has("reports.read");
  const [t, frame, queue, figures, setup] = await Promise.all([
    getTranslations("admin.overview"), getTranslations("adminFrame.overview"), getStaffQueue(db, staff, { now, policy }),
    seesFigures ? getFigures(db, now, policy) : null,
    staff.permissions.has("settings.write") && !policy.setupHidden ? readSetup(db, policy, staff) : null,
  ]);
  return (
    <>
      <PageHeader title={t("title")} lead={figures && <span className="text-dense">{frame("asOf", { at: formatInstant(locale, figures.asOf, policy.timeZone), zone: policy.timeZone })}</span>} />
      {setup && !setup.setup.isComplete && <SetupPanel {...setup} />}
      <Queue items={await workItems(queue)} seesFigures={seesFigures} />
      {figures && <Insight figures={figures} zone={policy.timeZone} pointsPerYuan={policy.pointsPerYuan} />}
    </>
  );
}

function SetupPanel({ setup, hrefs }: StaffSetup) {
  const t = useTranslations("adminFrame.setup");
  return (
    <Card as="section" aria-labelledby="setup-title" className="mb-6">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div>
          <h2 id="setup-title" className="text-section font-semibold">{t("title")}</h2>
          <p className="text-caption text-muted tabular-nums">{t("lead", { done: setup.done, total: setup.total })}</p>
        </div>
        <CommandForm
          action={showSetupForm} label={t("title")} submit={t("dismiss")} pending={t("dismiss")} look="quiet" hidden={{ section: "setup", setupHidden: "1", requestId: publicId() }}
        />
      </div>
      <ProgressBar label={t("progress")} value={setup.done} max={setup.total} />
      <div className="mt-3"><SetupList setup={setup} hrefs={hrefs} /></div>
    </Card>
  );
}

function Queue({ items, seesFigures }: { items: readonly WorkItem[]; seesFigures: boolean }) {
  const t = useTranslations("adminFrame.queue");
  if (items.length === 0 && seesFigures) return null;
  return (
    <section aria-labelledby="queue-title" className="mb-6">
      <h2 id="queue-title" className="mb-3 text-section font-semibold">{t("title")}</h2>
      {items.length > 0 ? <WorkQueue items={items} /> : <Card><EmptyState title={t("none")} heading="p">{t("noneHint")}</EmptyState></Card>}
    </section>
  );
}

type InsightProps = { figures: Figures; zone: string; pointsPerYuan: number };

function Insight({ figures, zone, pointsPerYuan }: InsightProps) {
  const t = useTranslations("admin.overview");
  const frame = useTranslations("adminFrame.overview");
  return (
    <>
      <section aria-labelledby="figures-title" className="mb-6">
        <SectionHeader id="figures-title" title={t("figures")} href={"/admin/reports" as Route} linkLabel={frame("toReports")} />
        <Kpis figures={figures} />
      </section>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <Card as="section" aria-labelledby="flow-title" className="min-w-0">
          <h2 id="flow-title" className="mb-1 text-section font-semibold">{t("flow")}</h2>
          <p className="mb-3 text-caption text-muted">{t("flowLead", { zone })}</p>
          <FlowChart days={figures.daily} caption={t("flow")} />
        </Card>
        <Liability figures={figures} pointsPerYuan={pointsPerYuan} />
      </div>
    </>
  );
}

function Kpis({ figures: { daily, deltas, ...figures } }: { figures: Figures }) {
  const t = useTranslations("admin.overview");
  const common = useTranslations("common");
  const locale = useLocale();
  const versus = t("versusBefore");
  return (
    <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
      <KpiCard label={t("issued")} value={formatPoints(locale, figures.issued30)} unit={common("unit", { points: figures.issued30 })} change={{ by: deltas.issued, versus }} definition={t("issuedMeans")} trend={daily.map((day) => day.issued)} colour={1} />
      <KpiCard label={t("spent")} value={formatPoints(locale, figures.spent30)} unit={common("unit", { points: figures.spent30 })} change={{ by: deltas.spent, moreIsGood: true, versus }} definition={t("spentMeans")} trend={daily.map((day) => day.spent)} colour={2} />
      <KpiCard label={t("redeemed")} value={formatPoints(locale, figures.redeemed30)} change={{ by: deltas.redeemed, moreIsGood: true, versus }} definition={t("redeemedMeans")} />
      <KpiCard label={t("newUsers")} value={formatPoints(locale, figures.newUsers30)} change={{ by: deltas.newUsers, moreIsGood: true, versus }} definition={t("newUsersMeans")} />
    </ul>
  );
}

function Liability({ figures, pointsPerYuan }: { figures: Figures; pointsPerYuan: number }) {
  const t = useTranslations("admin.overview");
  const frame = useTranslations("adminFrame.overview");
  const locale = useLocale();
  return (
    <Card as="section" aria-labelledby="liability-title">
      <h2 id="liability-title" className="text-section font-semibold">{t("liability")}</h2>
      <p className="mt-2 text-figure font-semibold tabular-nums">{formatCash(locale, figures.outstandingCents)}</p>
      <p className="text-dense text-muted tabular-nums">{t("liabilityPoints", { points: formatPoints(locale, figures.outstandingPoints), rate: pointsPerYuan })}</p>
      <p className="mt-3 border-t border-border pt-3 text-caption text-muted">{t("liabilityMeans")}</p>
      <p className="mt-3 flex items-baseline justify-between gap-4 border-t border-border pt-3 text-dense">
        <span className="text-muted">{t("expired")}</span>
        <span className="font-semibold tabular-nums">{formatPoints(locale, figures.expired30)}</span>
      </p>
      <ButtonLink href={"/admin/reports/liability" as Route} size="dense" wide className="mt-4">{frame("toLiability")}</ButtonLink>
    </Card>
  );
}
