import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OperationsTabs } from "../tabs";
import { startStaffReading } from "@/app/admin/reading";
import { StrayNotices } from "@/app/admin/orders/stray-notices";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { Card } from "@/components/ui/card";
import { listStrayNotices } from "@/lib/orders/payment-queries";

const DAYS_SHOWN = 90;
const NOTICES_SHOWN = 100;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminOperations.payments"))("title") };
}

/** What providers said of payments that the shop does not know, or of other amounts than it asked for. */
export default async function StrayPaymentsPage() {
  const { db, now, policy } = await startStaffReading("operations.read", "/admin/operations/payments");
  const [t, tAll, [any]] = await Promise.all([
    getTranslations("adminOperations.payments"), getTranslations("adminOperations"), listStrayNotices(db, new Date(now.getTime() - DAYS_SHOWN * 86_400_000), 1),
  ]);
  return (
    <>
      <PageHeader title={tAll("title")} />
      <OperationsTabs current="payments" />
      {any
        ? <StrayNotices db={db} now={now} zone={policy.timeZone} days={DAYS_SHOWN} most={NOTICES_SHOWN} />
        : <Card padded={false}><FirstUse title={t("empty")}>{t("emptyHint")}</FirstUse></Card>}
    </>
  );
}
