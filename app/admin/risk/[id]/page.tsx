import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { readEntries, readEntryFilter } from "../../../(shop)/wallet/entries";
import { traceEntryOf } from "../../books/[userId]/actions";
import { idIn, startStaffReading } from "../../reading";
import { AlertStatusBadge, ModeBadge } from "../risk-badges";
import { Actions } from "./actions-card";
import { Facts, WhatWasSeen } from "./facts";
import { Related } from "./related";
import { hrefWith } from "@/components/admin/href";
import { LedgerList } from "@/components/ledger-list";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { findAlert, listRelated } from "@/lib/risk/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminRisk"))("one") };
}

export default async function AlertPage({ params }: { params: Promise<{ id: string }> }) {
  const reading = await startStaffReading("risk.read", "/admin/risk");
  const { db, now, policy, staff } = reading;
  const id = idIn((await params).id);
  const alert = id === undefined ? null : await findAlert(db, id, staff, now);
  if (!alert) notFound();
  const [t, related, ledger] = await Promise.all([getTranslations("adminRisk"), listRelated(db, alert.userId, staff, now), readEntries(reading, alert.userId, readEntryFilter(""), "")]);
  const zone = policy.timeZone;
  const next = alert.nextOpenId !== null && (
    <ButtonLink href={hrefWith(`/admin/risk/${alert.nextOpenId}`)} size="dense">{t("next")}<Icon name="chevron-right" size={16} /></ButtonLink>
  );
  return (
    <>
      <PageHeader
        title={t(`rules.${alert.rule}`)} back={{ href: hrefWith("/admin/risk"), label: t("title") }} actions={next}
        lead={<span className="flex flex-wrap items-center gap-2"><AlertStatusBadge status={alert.status} /><ModeBadge mode={alert.mode} /></span>}
      />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="grid min-w-0 gap-4">
          <WhatWasSeen alert={alert} />
          <Related related={related} now={now} zone={zone} canOpen={staff.permissions.has("people.read")} />
          <Card as="section" aria-labelledby="ledger-title">
            <h2 id="ledger-title" className="mb-3 text-section font-semibold">{t("recent")}</h2>
            {ledger.entries.length > 0 ? <LedgerList entries={ledger.entries} months={ledger.months} zone={zone} trace={traceEntryOf.bind(null, alert.userId)} /> : <p className="text-dense text-muted">{t("noRecent")}</p>}
          </Card>
        </div>
        <div className="grid min-w-0 gap-4">
          <Actions alert={alert} staff={staff} today={reading.today} zone={zone} />
          <Facts alert={alert} zone={zone} canOpen={staff.permissions.has("people.read")} />
        </div>
      </div>
    </>
  );
}
