import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OperationsTabs } from "../tabs";
import { EventTable } from "./event-table";
import { startStaffReading } from "@/app/admin/reading";
import { FirstUse } from "@/components/admin/list-empty";
import { Moment } from "@/components/admin/moment";
import { ResourceIndex } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { Notice } from "@/components/ui/notice";
import { listTroubledEvents, TROUBLED_MAX } from "@/lib/jobs/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminOperations.events"))("title") };
}

/** Facts from which something should have followed that did not: a reward, a notice, a delivery. */
export default async function EventsPage() {
  const { now, policy, staff } = await startStaffReading("operations.read", "/admin/operations/events");
  const [t, tAll, { events, failing, asOf }] = await Promise.all([getTranslations("adminOperations.events"), getTranslations("adminOperations"), listTroubledEvents()]);
  return (
    <>
      <PageHeader title={tAll("title")} />
      <OperationsTabs current="events" />
      <p className="mb-3 max-w-3xl text-dense text-pretty text-muted">{t("lead")}{asOf && <> {t("asOf")} <Moment at={asOf} now={now} zone={policy.timeZone} /></>}</p>
      {failing > TROUBLED_MAX && <Notice tone="warning" className="mb-4">{t("many", { count: failing })}</Notice>}
      <ResourceIndex label={t("title")}>
        {events.length > 0
          ? <EventTable events={events} now={now} zone={policy.timeZone} mayRetry={staff.permissions.has("operations.run")} mayAudit={staff.permissions.has("audit.read")} />
          : <FirstUse title={t("empty")}>{t("emptyHint")}</FirstUse>}
      </ResourceIndex>
    </>
  );
}
