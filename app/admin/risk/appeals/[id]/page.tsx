import type { Metadata } from "next";
import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { notFound } from "next/navigation";
import { idIn, startStaffReading } from "../../../reading";
import { AccountNow } from "../../account-now";
import { AlertStatusBadge, AppealStatusBadge } from "../../risk-badges";
import { Fact } from "../../[id]/facts";
import { Answer } from "./answer";
import { hrefWith } from "@/components/admin/href";
import { PageHeader } from "@/components/page-header";
import { Card } from "@/components/ui/card";
import { formatInstant, type Locale } from "@/lib/i18n";
import { findAppeal, type StaffAppeal } from "@/lib/risk/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminRisk"))("appealOne") };
}

export default async function AppealPage({ params }: { params: Promise<{ id: string }> }) {
  const { db, now, policy, staff } = await startStaffReading("risk.read", "/admin/risk/appeals");
  const id = idIn((await params).id);
  const appeal = id === undefined ? null : await findAppeal(db, id, staff, now);
  if (!appeal) notFound();
  const t = await getTranslations("adminRisk");
  const zone = policy.timeZone;
  return (
    <>
      <PageHeader title={t("appealOne")} back={{ href: hrefWith("/admin/risk/appeals"), label: t("appealsTitle") }} lead={<AppealStatusBadge status={appeal.status} />} />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="grid min-w-0 gap-4">
          <Written appeal={appeal} zone={zone} />
          <Answer appeal={appeal} staff={staff} zone={zone} />
        </div>
        <Person appeal={appeal} zone={zone} canOpen={staff.permissions.has("people.read")} />
      </div>
    </>
  );
}

function Written({ appeal: { body, createdAt }, zone }: { appeal: StaffAppeal; zone: string }) {
  const t = useTranslations("adminRisk");
  const locale = useLocale() as Locale;
  return (
    <Card as="section" aria-labelledby="body-title">
      <h2 id="body-title" className="text-section font-semibold">{t("appealColumns.body")}</h2>
      <p className="mb-3 text-caption text-muted">{t("written", { at: formatInstant(locale, createdAt, zone) })}</p>
      <p className="text-body break-words whitespace-pre-line">{body}</p>
    </Card>
  );
}

const LINK = "inline-block min-h-6 font-medium break-all text-primary hover:underline";

function Person({ appeal, zone, canOpen }: { appeal: StaffAppeal; zone: string; canOpen: boolean }) {
  const t = useTranslations("adminRisk");
  return (
    <Card as="section" aria-labelledby="person-title">
      <h2 id="person-title" className="mb-3 text-section font-semibold">{t("person")}</h2>
      <dl className="grid gap-2.5 text-dense">
        <Fact label={t("person")}>
          {canOpen ? <Link href={`/admin/users/${appeal.userId}`} className={LINK}>{appeal.username}</Link> : <span className="font-medium break-all">{appeal.username}</span>}
          <span className="block text-caption break-all text-muted">{appeal.emailMasked}</span>
        </Fact>
        <Fact label={t("whatStands")}><AccountNow account={appeal.account} zone={zone} /></Fact>
      </dl>
      <h3 className="mt-4 mb-2 text-dense font-semibold">{t("alertsOf")}</h3>
      {appeal.alerts.length === 0 && <p className="text-dense text-muted">{t("noAlerts")}</p>}
      <ul className="grid gap-2 text-dense">
        {appeal.alerts.map(({ id, rule, status }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-2"><Link href={hrefWith(`/admin/risk/${id}`)} className={LINK}>{t(`rules.${rule}`)}</Link><AlertStatusBadge status={status} /></li>
        ))}
      </ul>
    </Card>
  );
}
