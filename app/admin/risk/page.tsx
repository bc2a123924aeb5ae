import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { ListFrame, openList } from "../list-frame";
import { startStaffReading } from "../reading";
import { AlertTable } from "./alert-table";
import { BulkForm } from "./bulk-form";
import { ALERTS } from "./list";
import { riskTabs } from "./tabs";
import { hrefWith } from "@/components/admin/href";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { RISK_MODES, RISK_RULES } from "@/db/schema/control";
import { endOfDay, startOfDay } from "@/lib/day";
import { pageWindow } from "@/lib/list-address";
import { countAlerts, listAlerts } from "@/lib/risk/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminRisk"))("title") };
}

/** Boxes outside a form belong to it by its name. */
const BULK = "settle-alerts";

export default async function RiskPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("risk.read", "/admin/risk");
  const { db, now, policy, staff } = reading;
  const [t, list] = await Promise.all([getTranslations("adminRisk"), openList(ALERTS, searchParams, reading)]);
  const { q, filters: { from, to, ...filters }, sort } = list.state;
  const [{ alerts, total }, counts] = await Promise.all([
    listAlerts(db, {
      viewer: staff, ...filters, q, down: sort?.down ?? true, ...pageWindow(list.state),
      from: from && startOfDay(from, policy.timeZone), until: to && endOfDay(to, policy.timeZone),
    }),
    countAlerts(db, staff),
  ]);
  const canDecide = staff.permissions.has("risk.decide");
  const isBulk = canDecide && alerts.some(({ status }) => status === "open");
  const toSettings = staff.permissions.has("settings.read") && <ButtonLink href={hrefWith("/admin/settings/risk")} size="dense">{t("toSettings")}</ButtonLink>;
  return (
    <>
      <PageHeader title={t("title")} actions={toSettings} />
      <ListFrame
        list={list} label={t("list")} search={t("search")} tabs={await riskTabs(counts)}
        fields={[
          { name: "rule", label: t("filters.rule"), options: RISK_RULES.map((value) => ({ value, label: t(`rules.${value}`) })) },
          { name: "mode", label: t("filters.mode"), options: RISK_MODES.filter((mode) => mode !== "off").map((value) => ({ value, label: t(`modes.${value}`) })) },
          { name: "from", label: t("filters.from"), kind: "day", group: t("filters.when") }, { name: "to", label: t("filters.to"), kind: "day", group: t("filters.when") },
          { name: "user", label: t("columns.person"), kind: "hidden", chip: (id) => alerts[0]?.username ?? String(id) },
        ]}
        columnsIn="adminRisk.columns"
        shown={alerts.length} total={total} first={<FirstUse title={t("first")}>{t("firstHint")}</FirstUse>}
      >
        <AlertTable alerts={alerts} face={list.face} now={now} zone={policy.timeZone} form={isBulk ? BULK : null} />
      </ListFrame>
      {isBulk && <BulkForm id={BULK} />}
    </>
  );
}
