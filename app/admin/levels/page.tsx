import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { readParams, type SearchParams } from "../../(shop)/reading";
import { startStaffReading } from "../reading";
import { LevelTable } from "./level-table";
import { FirstUse } from "@/components/admin/list-empty";
import { hrefWith } from "@/components/admin/href";
import { ResourceIndex } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { listLevelsForStaff } from "@/lib/levels/queries";
import type { Policy } from "@/lib/settings/policy";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminLevels"))("title") };
}

export default async function LevelsPage({ searchParams }: { searchParams: SearchParams }) {
  const { db, policy, staff } = await startStaffReading("programme.read", "/admin/levels");
  const [t, levels, { created }] = await Promise.all([getTranslations("adminLevels"), listLevelsForStaff(db), readParams(searchParams, "created")]);
  const newLevel = staff.permissions.has("programme.write") && <ButtonLink href={hrefWith("/admin/levels/new")} look="primary" size="dense"><Icon name="plus" size={16} />{t("new")}</ButtonLink>;
  return (
    <>
      <PageHeader title={t("title")} actions={newLevel} />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{t("created")}</Notice>}
      <Terms policy={policy} />
      <ResourceIndex label={t("list")}>
        {levels.length === 0 ? <FirstUse title={t("first")} action={newLevel}>{t("firstHint")}</FirstUse> : <LevelTable levels={levels} basis={policy.levelBasis} />}
      </ResourceIndex>
    </>
  );
}

/** What thresholds count, and what happens below them: the settings in force. */
async function Terms({ policy }: { policy: Policy }) {
  const [t, locale] = await Promise.all([getTranslations("adminLevels"), getLocale()]);
  return (
    <p className="mb-4 text-dense text-muted">
      {t(`terms.${policy.levelBasis}`, { days: policy.levelWindowDays })}
      {locale === "en" && " "}
      {t(`down.${policy.levelDowngrade}`, { days: policy.levelGraceDays })}{" "}
      <ButtonLink href={hrefWith("/admin/settings")} look="quiet" size="filter" className="px-1!">{t("changeTerms")}</ButtonLink>
    </p>
  );
}
