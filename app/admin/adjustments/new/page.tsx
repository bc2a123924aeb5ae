import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { readParams, type Reading, type SearchParams } from "../../../(shop)/reading";
import { idIn, startStaffReading } from "../../reading";
import { requestAdjustmentForm } from "../actions";
import { AdjustForm } from "./adjust-form";
import { PersonFinder } from "./person-finder";
import { hrefWith } from "@/components/admin/href";
import { AccountStatusBadge, RoleBadge } from "@/components/admin/user-badges";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { ADJUSTMENT_REASONS } from "@/db/schema/control";
import { maskEmail } from "@/lib/accounts/mask";
import { findUserForStaff } from "@/lib/accounts/staff-queries";
import { sumAlone } from "@/lib/adjustments/queries";
import { isInDoubt } from "@/lib/adjustments/staff-queries";
import type { Staff } from "@/lib/auth";
import { startOfDay } from "@/lib/day";
import { publicId } from "@/lib/id";
import { getBalance } from "@/lib/points/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminAdjustments"))("new") };
}

export default async function NewAdjustmentPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("adjustments.request", "/admin/adjustments/new");
  const [t, { user, q }] = await Promise.all([getTranslations("adminAdjustments"), readParams(searchParams, "user", "q")]);
  const id = idIn(user);
  return (
    <>
      <PageHeader
        title={t("new")} back={{ href: hrefWith("/admin/adjustments"), label: t("title") }}
        actions={id !== undefined && <ButtonLink href={hrefWith("/admin/adjustments/new")} size="dense"><Icon name="search" size={16} />{t("find.other")}</ButtonLink>}
      />
      {id === undefined ? <PersonFinder search={q} staff={reading.staff} db={reading.db} /> : <ForPerson reading={reading} id={id} />}
    </>
  );
}

async function ForPerson({ reading, id }: { reading: Reading & { staff: Staff }; id: number }) {
  const { db, now, policy, staff, today, locale } = reading;
  const person = await findUserForStaff(db, id, now);
  // A colleague's account is there only for those who may see it.
  if (!person || (person.role !== "shopper" && person.id !== staff.id && !staff.permissions.has("staff.read"))) notFound();
  const [t, messages, balance, inDoubt, alone] = await Promise.all([
    getTranslations("adminAdjustments"), getMessages(), getBalance(db, person.id, now), isInDoubt(person.id), sumAlone(db, staff.id, startOfDay(today, policy.timeZone)),
  ]);
  const { form, reasons } = messages.adminAdjustments;
  return (
    <>
      <Card as="section" aria-label={t("facts.person")} className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-1 text-dense">
        <b className="text-section font-semibold">{person.username}</b>
        <RoleBadge role={person.role} />
        <AccountStatusBadge status={balance.status} />
        <span className="break-all text-muted">{t("find.masked", { email: maskEmail(person.email), id: String(person.id) })}</span>
      </Card>
      {person.id === staff.id ? <Notice tone="warning">{form.oneself}</Notice> : inDoubt ? <Notice tone="warning">{form.held}</Notice> : (
        <>
          {balance.status === "frozen" && <Notice tone="info" className="mb-4">{form.frozen}</Notice>}
          <AdjustForm
            action={requestAdjustmentForm} requestId={publicId()} userId={person.id} words={form} reasons={ADJUSTMENT_REASONS.map((reason) => ({ value: reason, label: reasons[reason] }))} locale={locale} today={today}
            standing={{ pointsAvailable: balance.pointsAvailable, pointsDebt: balance.pointsDebt }} threshold={policy.adjustmentApprovalPoints} alone={alone}
            icon={<Icon name="x" size={16} />}
          />
        </>
      )}
    </>
  );
}
