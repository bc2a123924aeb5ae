import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { ListFrame, openList, type ListTab } from "../list-frame";
import { startStaffReading } from "../reading";
import { DrawTable } from "./draw-table";
import { DRAWS, DRAW_SORTS } from "./list";
import type { FilterField } from "@/components/admin/list-filters";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { DRAW_STATUSES } from "@/db/schema/draws";
import { listDrawsForStaff, type DrawCounts } from "@/lib/draws/staff-queries";
import { LIST_PAGE, pageWindow, sortRows } from "@/lib/list-address";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminDraws"))("title") };
}

const sumOf = (counts: DrawCounts): number => DRAW_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function DrawsPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("marketing.read", "/admin/draws");
  const { db, now, policy, staff } = reading;
  const mayWrite = staff.permissions.has("marketing.write");
  const [t, list] = await Promise.all([getTranslations("adminDraws"), openList(DRAWS, searchParams, reading)]);
  const { state } = list;
  const { draws, counts } = await listDrawsForStaff(db, { search: state.q, status: state.filters.status });
  const all = sortRows(draws, state.sort, DRAW_SORTS);
  const { offset, limit } = pageWindow(state, LIST_PAGE);
  const rows = all.slice(offset, offset + limit);
  return (
    <>
      <PageHeader title={t("title")} actions={mayWrite && <NewDraw label={t("new")} />} />
      <ListFrame
        list={list} label={t("list")} search={t("search")} tabs={await tabsOf(counts)} fields={await fieldsOf()} columnsIn="adminDraws.columns" exportTo="/admin/draws/export.csv"
        shown={rows.length} total={all.length} first={<FirstUse title={t("first")} action={mayWrite && <NewDraw label={t("new")} />}>{t("firstHint")}</FirstUse>}
      >
        <DrawTable draws={rows} now={now} zone={policy.timeZone} list={list.face} />
      </ListFrame>
    </>
  );
}

const NewDraw = ({ label }: { label: string }) => <ButtonLink href={"/admin/draws/new" as Route} look="primary" size="dense"><Icon name="plus" size={16} />{label}</ButtonLink>;

async function tabsOf(counts: DrawCounts): Promise<ListTab[]> {
  const [t, list] = await Promise.all([getTranslations("adminDraws"), getTranslations("admin.list")]);
  return [
    { label: list("all"), count: sumOf(counts), filters: {} },
    ...DRAW_STATUSES.map((value): ListTab => ({ label: t(`status.${value}`), count: counts[value], filters: { status: value } })),
  ];
}

async function fieldsOf(): Promise<FilterField[]> {
  const t = await getTranslations("adminDraws");
  return [{ name: "status", label: t("columns.status"), options: DRAW_STATUSES.map((value) => ({ value, label: t(`status.${value}`) })) }];
}
