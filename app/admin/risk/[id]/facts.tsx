import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { Evidence } from "../evidence";
import { AccountNow } from "../account-now";
import { Card } from "@/components/ui/card";
import { formatInstant, type Locale } from "@/lib/i18n";
import type { StaffAlert } from "@/lib/risk/staff-queries";

/** The case in words, and what the rule did about it. */
export function WhatWasSeen({ alert: { rule, evidence, mode } }: { alert: StaffAlert }) {
  const t = useTranslations("adminRisk");
  return (
    <Card as="section" aria-labelledby="seen-title">
      <h2 id="seen-title" className="mb-2 text-section font-semibold">{t("caseOf")}</h2>
      <p className="text-body"><Evidence rule={rule} evidence={evidence} /></p>
      <p className="mt-1.5 text-dense text-muted">{t(`whatItDid.${mode}`)}</p>
    </Card>
  );
}

/** Who it is about and how the account stands now. */
export function Facts({ alert, zone, canOpen }: { alert: StaffAlert; zone: string; canOpen: boolean }) {
  const t = useTranslations("adminRisk");
  const locale = useLocale() as Locale;
  return (
    <Card as="section" aria-labelledby="facts-title">
      <h2 id="facts-title" className="mb-3 text-section font-semibold">{t("person")}</h2>
      <dl className="grid gap-2.5 text-dense">
        <Fact label={t("person")}>
          {canOpen ? <Link href={`/admin/users/${alert.userId}`} className="inline-block min-h-6 font-medium break-all text-primary hover:underline">{alert.username}</Link> : <span className="font-medium break-all">{alert.username}</span>}
          <span className="block text-caption break-all text-muted">{alert.emailMasked}</span>
        </Fact>
        <Fact label={t("whatStands")}><AccountNow account={alert.account} zone={zone} /></Fact>
        <Fact label={t("joined")}>{formatInstant(locale, alert.joinedAt, zone)}</Fact>
        <Fact label={t("found")}>{formatInstant(locale, alert.createdAt, zone)}</Fact>
      </dl>
    </Card>
  );
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 text-end">{children}</dd>
    </div>
  );
}
