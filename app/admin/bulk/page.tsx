import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { nameOf } from "./bulk-choices";
import { RunBadge } from "./run-badge";
import { startStaffReading } from "../reading";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import { FirstUse } from "@/components/admin/list-empty";
import { Moment } from "@/components/admin/moment";
import { ResourceIndex } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { mayRun, OPERATION_KEYS } from "@/lib/bulk/operation";
import { listRuns, type BulkRun } from "@/lib/bulk/queries";
import { formatPoints } from "@/lib/i18n";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminBulk"))("title") };
}

/** The latest runs that somebody may see. */
export default async function RunsPage() {
  const { db, now, policy, staff, locale } = await startStaffReading(null, "/admin/bulk");
  const [t, runs] = await Promise.all([getTranslations("adminBulk"), listRuns(db, OPERATION_KEYS.filter((key) => mayRun(staff.permissions, key)))]);
  const columns: Column<BulkRun>[] = [
    { key: "operation", label: t("columns.operation"), phone: "title", cell: (run) => <RowLink href={hrefWith(`/admin/bulk/${run.publicId}`)}>{t(`operations.${nameOf(run.operation)}.label`)}</RowLink> },
    { key: "status", label: t("columns.status"), phone: "corner", cell: ({ status }) => <RunBadge status={status} /> },
    { key: "done", label: t("columns.done"), phone: "pair", end: true, cell: ({ done, total }) => t("doneOf", { done, total }) },
    { key: "failed", label: t("columns.failed"), phone: "pair", end: true, cell: ({ failed }) => formatPoints(locale, failed) },
    { key: "by", label: t("columns.by"), phone: "pair", cell: ({ requesterName }) => requesterName },
    { key: "createdAt", label: t("columns.createdAt"), phone: "pair", sorted: "descending", cell: ({ createdAt }) => <span className="text-muted"><Moment at={createdAt} now={now} zone={policy.timeZone} /></span> },
  ];
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <ResourceIndex label={t("title")}>
        {runs.length > 0 ? <DataTable caption={t("title")} columns={columns} rows={runs} keyOf={({ id }) => id} /> : <FirstUse title={t("first")}>{t("firstHint")}</FirstUse>}
      </ResourceIndex>
    </>
  );
}
