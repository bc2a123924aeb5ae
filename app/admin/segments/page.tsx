import type { Metadata, Route } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { inLanguage } from "../../(shop)/views";
import { startStaffReading } from "../reading";
import { readSegmentFilter, segmentsHref, type SegmentFilter } from "./filter";
import { SegmentTable } from "./segment-table";
import { FirstUse, NoResults } from "@/components/admin/list-empty";
import { ResourceIndex, type Chip } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { formatPoints } from "@/lib/i18n";
import { listLevels } from "@/lib/levels/queries";
import { segmentSentence } from "@/lib/segments/sentence";
import { listSegmentsForStaff } from "@/lib/segments/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminSegments"))("title") };
}

export default async function SegmentsPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("/admin/segments");
  const { db, now, locale, policy } = reading;
  const [t, filter] = await Promise.all([getTranslations("adminSegments"), readSegmentFilter(searchParams)]);
  const [{ segments, counts }, levels] = await Promise.all([
    listSegmentsForStaff(db, { search: filter.q, isActive: filter.status === undefined ? undefined : filter.status === "active" }), listLevels(db),
  ]);
  const names = new Map(levels.map((level) => [level.id, inLanguage(locale, level.name, level.nameEn)]));
  const rows = segments.map((segment) => ({ ...segment, sentence: segmentSentence(segment.definition, locale, names) }));
  return (
    <>
      <PageHeader title={t("title")} actions={<NewSegment label={t("new")} />} />
      <ResourceIndex
        label={t("list")} views={await viewsOf(filter, counts)} chips={await chipsOf(filter)} clear={segmentsHref(filter, { q: "" })}
        search={{ action: "/admin/segments" as Route, label: t("search"), value: filter.q, keep: { status: filter.status } }}
      >
        {rows.length > 0 ? <SegmentTable segments={rows} now={now} zone={policy.timeZone} /> : counts.active + counts.inactive === 0 ? (
          <FirstUse title={t("first")} action={<NewSegment label={t("new")} />}>{t("firstHint")}</FirstUse>
        ) : <NoResults clear={segmentsHref(filter, { q: "", status: undefined })} />}
      </ResourceIndex>
    </>
  );
}

const NewSegment = ({ label }: { label: string }) => <ButtonLink href={"/admin/segments/new" as Route} look="primary" size="dense"><Icon name="plus" size={16} />{label}</ButtonLink>;

async function viewsOf(filter: SegmentFilter, counts: { active: number; inactive: number }) {
  const [t, list, locale] = await Promise.all([getTranslations("adminSegments"), getTranslations("admin.list"), getLocale()]);
  return {
    label: list("views"),
    tabs: [
      { href: segmentsHref(filter, { status: undefined }), label: list("all"), current: !filter.status, count: formatPoints(locale, counts.active + counts.inactive) },
      ...(["active", "inactive"] as const).map((status) => ({ href: segmentsHref(filter, { status }), label: t(`status.${status}`), current: filter.status === status, count: formatPoints(locale, counts[status]) })),
    ],
  };
}

async function chipsOf(filter: SegmentFilter): Promise<Chip[]> {
  const t = await getTranslations("admin.list");
  return filter.q ? [{ key: "q", label: t("searchChip", { text: filter.q }), href: segmentsHref(filter, { q: "" }) }] : [];
}
