import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { ListFrame, openList, type ListTab } from "../list-frame";
import { startStaffReading } from "../reading";
import { FLASH_SALES } from "./list";
import { FlashTable } from "./flash-table";
import type { FilterField } from "@/components/admin/list-filters";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { FLASH_PHASES } from "@/lib/flash/sale";
import { listFlashForStaff, type FlashCounts } from "@/lib/flash/staff-queries";
import { pageWindow } from "@/lib/list-address";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminFlash"))("title") };
}

const sumOf = (counts: FlashCounts): number => FLASH_PHASES.reduce((sum, phase) => sum + counts[phase], 0);

export default async function FlashSalesPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("marketing.read", "/admin/flash");
  const { db, now, policy, staff } = reading;
  const mayWrite = staff.permissions.has("marketing.write");
  const [t, list] = await Promise.all([getTranslations("adminFlash"), openList(FLASH_SALES, searchParams, reading)]);
  const { sales, total, counts } = await listFlashForStaff(db, { search: list.state.q, phase: list.state.filters.phase }, pageWindow(list.state), now);
  return (
    <>
      <PageHeader title={t("title")} actions={mayWrite && <NewSale label={t("new")} />} />
      <ListFrame
        list={list} label={t("list")} search={t("search")} tabs={await tabsOf(counts)} fields={await fieldsOf()} columnsIn="adminFlash.columns" exportTo="/admin/flash/export.csv"
        shown={sales.length} total={total} first={<FirstUse title={t("first")} action={mayWrite && <NewSale label={t("new")} />}>{t("firstHint")}</FirstUse>}
      >
        <FlashTable sales={sales} now={now} zone={policy.timeZone} list={list.face} />
      </ListFrame>
    </>
  );
}

const NewSale = ({ label }: { label: string }) => <ButtonLink href={"/admin/flash/new" as Route} look="primary" size="dense"><Icon name="plus" size={16} />{label}</ButtonLink>;

async function tabsOf(counts: FlashCounts): Promise<ListTab[]> {
  const [t, list] = await Promise.all([getTranslations("adminFlash"), getTranslations("admin.list")]);
  return [
    { label: list("all"), count: sumOf(counts), filters: {} },
    ...FLASH_PHASES.map((value): ListTab => ({ label: t(`phase.${value}`), count: counts[value], filters: { phase: value } })),
  ];
}

async function fieldsOf(): Promise<FilterField[]> {
  const t = await getTranslations("adminFlash");
  return [{ name: "phase", label: t("columns.status"), options: FLASH_PHASES.map((value) => ({ value, label: t(`phase.${value}`) })) }];
}
