import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { startStaffReading } from "../reading";
import { HealthList } from "./health-list";
import { JobTable, type JobRow } from "./job-table";
import { OperationsTabs } from "./tabs";
import { PageHeader } from "@/components/page-header";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";
import { jobs, type JobName } from "@/lib/jobs";
import type { Job } from "@/lib/jobs/job";
import { listLastRuns } from "@/lib/jobs/queries";
import { isStalled } from "@/lib/jobs/schedule";
import { listPaymentStates } from "@/lib/payment-states";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminOperations"))("title") };
}

export default async function OperationsPage() {
  const { now, policy, staff } = await startStaffReading("operations.read", "/admin/operations");
  const [t, tCommon, last] = await Promise.all([getTranslations("adminOperations"), getTranslations("common"), listLastRuns()]);
  const rows: JobRow[] = (Object.entries(jobs) as [JobName, Job][]).map(([job, { everyMinutes }]) => ({ job, everyMinutes, last: last.get(job) ?? null }));
  const timed = rows.filter(({ everyMinutes }) => everyMinutes !== undefined);
  const starts = timed.flatMap((row) => (row.last ? [row.last.startedAt.getTime()] : []));
  const shown = { now, zone: policy.timeZone, mayRun: staff.permissions.has("operations.run") };
  return (
    <>
      <PageHeader title={t("title")} actions={isTestMode() && <Badge tone="warning">{t("testMode")}</Badge>} />
      <OperationsTabs current="jobs" />
      {isStalled(starts.length > 0 ? new Date(Math.max(...starts)) : null, now) && (
        <Notice tone="danger" role="status" className="mb-4"><b className="font-semibold">{t("stalled.title")}</b><span className="block">{t("stalled.body")}</span></Notice>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,1fr)] xl:items-start">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <Jobs title={t("timed")} lead={t("timedLead")} id="timed"><JobTable caption={t("timed")} rows={timed} {...shown} /></Jobs>
          <Jobs title={t("steps")} lead={t("stepsLead")} id="steps"><JobTable caption={t("steps")} rows={rows.filter(({ everyMinutes }) => everyMinutes === undefined)} {...shown} /></Jobs>
        </div>
        <Suspense fallback={<LoadingRegion label={tCommon("loading")}><Skeleton className="h-96 rounded-card" /></LoadingRegion>}><HealthList now={now} zone={policy.timeZone} /></Suspense>
      </div>
    </>
  );
}

/** Where something is not as it would be for a shop that is open: no money moves, or the demo is shown. */
const isTestMode = (): boolean => process.env.SHOP_DEMO === "1" || listPaymentStates().some(({ missing, mode }) => missing.length === 0 && mode === "test");

function Jobs({ id, title, lead, children }: { id: string; title: string; lead: string; children: React.ReactNode }) {
  return (
    <Card as="section" padded={false} aria-labelledby={`${id}-title`}>
      <div className="px-4 pt-4 pb-3"><h2 id={`${id}-title`} className="text-section font-semibold">{title}</h2><p className="text-caption text-muted">{lead}</p></div>
      <div className="overflow-hidden rounded-b-card">{children}</div>
    </Card>
  );
}
