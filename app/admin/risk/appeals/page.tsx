import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../../(shop)/reading";
import { ListFrame, openList } from "../../list-frame";
import { startStaffReading } from "../../reading";
import { APPEALS } from "../list";
import { AppealTable } from "./appeal-table";
import { hrefWith } from "@/components/admin/href";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { APPEAL_STATUSES } from "@/db/schema/control";
import { pageWindow } from "@/lib/list-address";
import { listAppeals } from "@/lib/risk/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminRisk"))("appealsTitle") };
}

export default async function AppealsPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("risk.read", "/admin/risk/appeals");
  const [t, list] = await Promise.all([getTranslations("adminRisk"), openList(APPEALS, searchParams, reading)]);
  const { q, filters, sort } = list.state;
  const { appeals, total, counts } = await listAppeals(reading.db, { viewer: reading.staff, ...filters, q, down: sort?.down ?? true, ...pageWindow(list.state) });
  const all = APPEAL_STATUSES.reduce((sum, status) => sum + counts[status], 0);
  return (
    <>
      <PageHeader title={t("appealsTitle")} back={{ href: hrefWith("/admin/risk"), label: t("title") }} />
      <ListFrame
        list={list} label={t("appealsList")} search={t("appealsSearch")}
        tabs={[{ label: t("all"), count: all, filters: {} }, ...APPEAL_STATUSES.map((status) => ({ label: t(`appealStatus.${status}`), count: counts[status], filters: { status } }))]}
        columnsIn="adminRisk.appealColumns"
        shown={appeals.length} total={total} first={<FirstUse title={t("appealsFirst")}>{t("appealsFirstHint")}</FirstUse>}
      >
        <AppealTable appeals={appeals} face={list.face} now={reading.now} zone={reading.policy.timeZone} />
      </ListFrame>
    </>
  );
}
