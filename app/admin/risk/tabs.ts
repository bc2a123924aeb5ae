import "server-only";

import { getTranslations } from "next-intl/server";
import type { ListTab } from "../list-frame";
import { hrefWith } from "@/components/admin/href";
import type { AlertCounts } from "@/lib/risk/staff-queries";

/** The tabs above the alerts: what waits first, and the appeals, which are a list of their own. */
export async function riskTabs({ alerts, appeals }: { alerts: AlertCounts; appeals: number }): Promise<ListTab[]> {
  const t = await getTranslations("adminRisk");
  return [
    { label: t("all"), count: alerts.open + alerts.confirmed + alerts.dismissed, filters: {} },
    { label: t("status.open"), count: alerts.open, filters: { status: "open" } },
    { label: t("appeals"), count: appeals, filters: {}, href: hrefWith("/admin/risk/appeals") },
    { label: t("status.confirmed"), count: alerts.confirmed, filters: { status: "confirmed" } },
    { label: t("status.dismissed"), count: alerts.dismissed, filters: { status: "dismissed" } },
  ];
}
