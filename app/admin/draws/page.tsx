import type { Metadata, Route } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { startStaffReading } from "../reading";
import { DrawTable } from "./draw-table";
import { drawsHref, readDrawFilter, type DrawFilter } from "./filter";
import { FirstUse, NoResults } from "@/components/admin/list-empty";
import { ResourceIndex, type Chip } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { DRAW_STATUSES } from "@/db/schema/draws";
import { listDrawsForStaff, type DrawCounts } from "@/lib/draws/staff-queries";
import { formatPoints } from "@/lib/i18n";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminDraws"))("title") };
}

const sumOf = (counts: DrawCounts): number => DRAW_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function DrawsPage({ searchParams }: { searchParams: SearchParams }) {
  const { db, now, policy } = await startStaffReading("/admin/draws");
  const [t, filter] = await Promise.all([getTranslations("adminDraws"), readDrawFilter(searchParams)]);
  const { draws, counts } = await listDrawsForStaff(db, { search: filter.q, status: filter.status });
  return (
    <>
      <PageHeader title={t("title")} actions={<NewDraw label={t("new")} />} />
      <ResourceIndex
        label={t("list")} views={await viewsOf(filter, counts)} chips={await chipsOf(filter)} clear={drawsHref(filter, { q: "" })}
        search={{ action: "/admin/draws", label: t("search"), value: filter.q, keep: { status: filter.status } }}
      >
        {draws.length > 0 ? <DrawTable draws={draws} now={now} zone={policy.timeZone} /> : sumOf(counts) === 0 ? (
          <FirstUse title={t("first")} action={<NewDraw label={t("new")} />}>{t("firstHint")}</FirstUse>
        ) : <NoResults clear={drawsHref(filter, { q: "", status: undefined })} />}
      </ResourceIndex>
    </>
  );
}

const NewDraw = ({ label }: { label: string }) => <ButtonLink href={"/admin/draws/new" as Route} look="primary" size="dense"><Icon name="plus" size={16} />{label}</ButtonLink>;

async function viewsOf(filter: DrawFilter, counts: DrawCounts) {
  const [t, list, locale] = await Promise.all([getTranslations("adminDraws.status"), getTranslations("admin.list"), getLocale()]);
  return {
    label: list("views"),
    tabs: [
      { href: drawsHref(filter, { status: undefined }), label: list("all"), current: !filter.status, count: formatPoints(locale, sumOf(counts)) },
      ...DRAW_STATUSES.map((status) => ({ href: drawsHref(filter, { status }), label: t(status), current: filter.status === status, count: formatPoints(locale, counts[status]) })),
    ],
  };
}

async function chipsOf(filter: DrawFilter): Promise<Chip[]> {
  const t = await getTranslations("admin.list");
  return filter.q ? [{ key: "q", label: t("searchChip", { text: filter.q }), href: drawsHref(filter, { q: "" }) }] : [];
}
