import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "./reading";
import { FlowChart } from "@/components/admin/flow-chart";
import { hrefWith } from "@/components/admin/href";
import { KpiCard } from "@/components/admin/kpi-card";
import { WorkQueue } from "@/components/admin/work-queue";
import { PageHeader } from "@/components/page-header";
import { Card } from "@/components/ui/card";
import { formatCash, formatInstant, formatPoints } from "@/lib/i18n";
import { getRecentFigures, getWorkQueue, type Figures } from "@/lib/reports/queries";

export default async function OverviewPage() {
  const { db, now, policy, locale } = await startStaffReading();
  const [t, queue, figures] = await Promise.all([getTranslations("admin.overview"), getWorkQueue(db, policy), getRecentFigures(db, now, policy)]);
  const waiting = [
    { key: "toShip", icon: "truck", count: queue.toShip, href: hrefWith("/admin/orders", { status: "paid" }), isUrgent: true },
    { key: "pendingPayment", icon: "clock", count: queue.pendingPayment, href: hrefWith("/admin/orders", { status: "pending" }), isUrgent: false },
    { key: "lowStock", icon: "box", count: queue.lowStock, href: hrefWith("/admin/products", { stock: "low" }), isUrgent: true },
    { key: "frozen", icon: "lock", count: queue.frozen, href: hrefWith("/admin/users", { view: "frozen" }), isUrgent: false },
  ] as const;
  return (
    <>
      <PageHeader title={t("title")} lead={<span className="text-dense">{t("asOf", { at: formatInstant(locale, figures.asOf, policy.timeZone), zone: policy.timeZone })}</span>} />
      <section aria-labelledby="queue-title" className="mb-6">
        <h2 id="queue-title" className="mb-3 text-section font-semibold">{t("queue")}</h2>
        <WorkQueue items={waiting.map((item) => ({ ...item, label: t(`queueItems.${item.key}`), hint: t(`queueHints.${item.key}`, { low: policy.lowStock }) }))} />
      </section>
      <section aria-labelledby="figures-title" className="mb-6">
        <h2 id="figures-title" className="mb-3 text-section font-semibold">{t("figures")}</h2>
        <Kpis figures={figures} />
      </section>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <Card as="section" aria-labelledby="flow-title" className="min-w-0">
          <h2 id="flow-title" className="mb-1 text-section font-semibold">{t("flow")}</h2>
          <p className="mb-3 text-caption text-muted">{t("flowLead", { zone: policy.timeZone })}</p>
          <FlowChart days={figures.daily} titleId="flow-title" />
        </Card>
        <Liability figures={figures} pointsPerYuan={policy.pointsPerYuan} />
      </div>
    </>
  );
}

function Kpis({ figures }: { figures: Figures }) {
  const t = useTranslations("admin.overview");
  const common = useTranslations("common");
  const { deltas } = figures;
  return (
    <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
      <KpiCard label={t("issued")} value={figures.issued30} unit={common("unit", { points: figures.issued30 })} change={deltas.issued} moreIsGood={false} definition={t("issuedMeans")} />
      <KpiCard label={t("spent")} value={figures.spent30} unit={common("unit", { points: figures.spent30 })} change={deltas.spent} moreIsGood definition={t("spentMeans")} />
      <KpiCard label={t("redeemed")} value={figures.redeemed30} change={deltas.redeemed} moreIsGood definition={t("redeemedMeans")} />
      <KpiCard label={t("newUsers")} value={figures.newUsers30} change={deltas.newUsers} moreIsGood definition={t("newUsersMeans")} />
    </ul>
  );
}

function Liability({ figures, pointsPerYuan }: { figures: Figures; pointsPerYuan: number }) {
  const t = useTranslations("admin.overview");
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
    </Card>
  );
}
