import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { readParams, type SearchParams } from "../../(shop)/reading";
import { ListFrame, openList, type ListTab } from "../list-frame";
import { startStaffReading } from "../reading";
import { LevelTable } from "./level-table";
import { LEVELS, LEVEL_STATUSES, levelsIn, levelStatus } from "./list";
import type { FilterField } from "@/components/admin/list-filters";
import { FirstUse } from "@/components/admin/list-empty";
import { hrefWith } from "@/components/admin/href";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { listLevelsForStaff, type StaffLevel } from "@/lib/levels/queries";
import { pageWindow } from "@/lib/list-address";
import type { Policy } from "@/lib/settings/policy";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminLevels"))("title") };
}

export default async function LevelsPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("programme.read", "/admin/levels");
  const { db, policy, staff } = reading;
  const [t, list, levels, { created }] = await Promise.all([getTranslations("adminLevels"), openList(LEVELS, searchParams, reading), listLevelsForStaff(db), readParams(searchParams, "created")]);
  const all = levelsIn(levels, list.state);
  const { offset, limit } = pageWindow(list.state);
  const rows = all.slice(offset, offset + limit);
  const newLevel = staff.permissions.has("programme.write") && <ButtonLink href={hrefWith("/admin/levels/new")} look="primary" size="dense"><Icon name="plus" size={16} />{t("new")}</ButtonLink>;
  return (
    <>
      <PageHeader title={t("title")} actions={newLevel} />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{t("created")}</Notice>}
      <Terms policy={policy} />
      <ListFrame
        list={list} label={t("list")} search={t("search")} tabs={await tabsOf(levels)} fields={await fieldsOf()} columnsIn="adminLevels.columns" exportTo="/admin/levels/export.csv"
        shown={rows.length} total={all.length} first={<FirstUse title={t("first")} action={newLevel}>{t("firstHint")}</FirstUse>}
      >
        <LevelTable levels={rows} basis={policy.levelBasis} list={list.face} />
      </ListFrame>
    </>
  );
}

async function tabsOf(levels: readonly StaffLevel[]): Promise<ListTab[]> {
  const [t, list] = await Promise.all([getTranslations("adminLevels"), getTranslations("admin.list")]);
  return [
    { label: list("all"), count: levels.length, filters: {} },
    ...LEVEL_STATUSES.map((value): ListTab => ({ label: t(value), count: levels.filter((level) => levelStatus(level) === value).length, filters: { status: value } })),
  ];
}

async function fieldsOf(): Promise<FilterField[]> {
  const t = await getTranslations("adminLevels");
  return [{ name: "status", label: t("columns.status"), options: LEVEL_STATUSES.map((value) => ({ value, label: t(value) })) }];
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
