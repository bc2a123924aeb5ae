import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { inLanguage } from "../../(shop)/views";
import { ListFrame, openList, type ListTab } from "../list-frame";
import { startStaffReading } from "../reading";
import { SEGMENTS, SEGMENT_SORTS } from "./list";
import { SegmentTable } from "./segment-table";
import type { FilterField } from "@/components/admin/list-filters";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { LIST_PAGE, pageWindow, sortRows } from "@/lib/list-address";
import { listLevels } from "@/lib/levels/queries";
import { pointsNameOf } from "@/lib/points-name";
import { segmentSentence } from "@/lib/segments/sentence";
import { listSegmentsForStaff } from "@/lib/segments/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminSegments"))("title") };
}

export default async function SegmentsPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("marketing.read", "/admin/segments");
  const mayWrite = reading.staff.permissions.has("marketing.write");
  const { db, now, locale, policy } = reading;
  const [t, list] = await Promise.all([getTranslations("adminSegments"), openList(SEGMENTS, searchParams, reading)]);
  const { state } = list;
  const [{ segments, counts }, levels] = await Promise.all([
    listSegmentsForStaff(db, { search: state.q, isActive: state.filters.status && state.filters.status === "active" }), listLevels(db),
  ]);
  const names = new Map(levels.map((level) => [level.id, inLanguage(locale, level.name, level.nameEn)]));
  const all = sortRows(segments, state.sort, SEGMENT_SORTS);
  const { offset, limit } = pageWindow(state, LIST_PAGE);
  const rows = all.slice(offset, offset + limit).map((segment) => ({ ...segment, sentence: segmentSentence(segment.definition, locale, names, pointsNameOf(policy)) }));
  return (
    <>
      <PageHeader title={t("title")} actions={mayWrite && <NewSegment label={t("new")} />} />
      <ListFrame
        list={list} label={t("list")} search={t("search")} tabs={await tabsOf(counts)} fields={await fieldsOf()} columnsIn="adminSegments.columns" exportTo="/admin/segments/export.csv"
        shown={rows.length} total={all.length} first={<FirstUse title={t("first")} action={mayWrite && <NewSegment label={t("new")} />}>{t("firstHint")}</FirstUse>}
      >
        <SegmentTable segments={rows} now={now} zone={policy.timeZone} list={list.face} />
      </ListFrame>
    </>
  );
}

const STATUSES = ["active", "inactive"] as const;

const NewSegment = ({ label }: { label: string }) => <ButtonLink href={"/admin/segments/new" as Route} look="primary" size="dense"><Icon name="plus" size={16} />{label}</ButtonLink>;

async function tabsOf(counts: Record<"active" | "inactive", number>): Promise<ListTab[]> {
  const [t, list] = await Promise.all([getTranslations("adminSegments"), getTranslations("admin.list")]);
  return [
    { label: list("all"), count: counts.active + counts.inactive, filters: {} },
    ...STATUSES.map((value): ListTab => ({ label: t(`status.${value}`), count: counts[value], filters: { status: value } })),
  ];
}

async function fieldsOf(): Promise<FilterField[]> {
  const t = await getTranslations("adminSegments");
  return [{ name: "status", label: t("columns.status"), options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })) }];
}
