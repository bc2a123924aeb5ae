import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { ListFrame, openList } from "../list-frame";
import { startStaffReading } from "../reading";
import { AdjustmentTable } from "./adjustment-table";
import { hrefWith } from "@/components/admin/href";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { ADJUSTMENT_REASONS, ADJUSTMENT_STATUSES } from "@/db/schema/control";
import { ADJUSTMENTS } from "@/lib/adjustments/adjustment-list";
import { countAdjustments, countWaitingFor, listAdjustments } from "@/lib/adjustments/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminAdjustments"))("title") };
}

export default async function AdjustmentsPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("adjustments.read", "/admin/adjustments");
  const { staff, policy, now } = reading;
  const [t, list] = await Promise.all([getTranslations("adminAdjustments"), openList(ADJUSTMENTS, searchParams, reading)]);
  const asking = { ...list.state, staffId: staff.id, timeZone: policy.timeZone };
  const count = (view?: "mine") => countAdjustments({ q: "", filters: { view }, staffId: staff.id, timeZone: policy.timeZone });
  const [{ rows, total }, every, waiting, mine] = await Promise.all([listAdjustments(asking), count(), countWaitingFor(staff.id), count("mine")]);
  const [mayAsk, mayApprove] = [staff.permissions.has("adjustments.request"), staff.permissions.has("adjustments.approve")];
  return (
    <>
      <PageHeader title={t("title")} actions={mayAsk && <Beginnings />} />
      <ListFrame
        list={list} label={t("list")} search={t("search")}
        tabs={[
          { label: t("views.all"), count: every, filters: {} },
          ...(mayApprove ? [{ label: t("views.waiting"), count: waiting, filters: { view: "waiting" } }] : []),
          ...(mayAsk ? [{ label: t("views.mine"), count: mine, filters: { view: "mine" } }] : []),
        ]}
        fields={[
          { name: "status", label: t("filters.status"), options: ADJUSTMENT_STATUSES.map((value) => ({ value, label: t(`status.${value}`) })) },
          { name: "reason", label: t("filters.reason"), options: ADJUSTMENT_REASONS.map((value) => ({ value, label: t(`reasons.${value}`) })) },
          { name: "kind", label: t("filters.kind"), options: (["one", "batch"] as const).map((value) => ({ value, label: t(`kinds.${value}`) })) },
          { name: "from", label: t("filters.from"), kind: "day", group: t("filters.asked") }, { name: "to", label: t("filters.to"), kind: "day", group: t("filters.asked") },
          { name: "user", label: t("filters.person"), kind: "hidden", chip: (id) => String(id) },
          { name: "view", label: t("title"), kind: "hidden", chip: (view) => t(view === "mine" ? "views.mine" : "views.waiting") },
        ]}
        columnsIn="adminAdjustments.columns"
        exportTo="/admin/adjustments/export.csv" shown={rows.length} total={total}
        first={<FirstUse title={t("first")} action={mayAsk && <Beginnings />}>{t("firstHint")}</FirstUse>}
      >
        <AdjustmentTable rows={rows} face={list.face} now={now} zone={policy.timeZone} />
      </ListFrame>
    </>
  );
}

async function Beginnings() {
  const t = await getTranslations("adminAdjustments");
  return (
    <>
      <ButtonLink href={hrefWith("/admin/adjustments/batch")} size="dense"><Icon name="receipt" size={16} />{t("byFile")}</ButtonLink>
      <ButtonLink href={hrefWith("/admin/adjustments/new")} look="primary" size="dense"><Icon name="plus" size={16} />{t("new")}</ButtonLink>
    </>
  );
}
