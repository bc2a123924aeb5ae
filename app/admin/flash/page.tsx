import type { Metadata, Route } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { startStaffReading } from "../reading";
import { flashHref, readFlashFilter, SALES_PER_PAGE, type FlashFilter } from "./filter";
import { FlashTable } from "./flash-table";
import { FirstUse, NoResults } from "@/components/admin/list-empty";
import { Pager, ResourceIndex, type Chip } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { FLASH_PHASES } from "@/lib/flash/sale";
import { listFlashForStaff, type FlashCounts } from "@/lib/flash/staff-queries";
import { formatPoints } from "@/lib/i18n";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminFlash"))("title") };
}

const sumOf = (counts: FlashCounts): number => FLASH_PHASES.reduce((sum, phase) => sum + counts[phase], 0);

export default async function FlashSalesPage({ searchParams }: { searchParams: SearchParams }) {
  const { db, now, policy } = await startStaffReading("/admin/flash");
  const [t, filter] = await Promise.all([getTranslations("adminFlash"), readFlashFilter(searchParams)]);
  const { sales, total, counts } = await listFlashForStaff(db, { search: filter.q, phase: filter.phase, page: filter.page, pageSize: SALES_PER_PAGE }, now);
  return (
    <>
      <PageHeader title={t("title")} actions={<NewSale label={t("new")} />} />
      <ResourceIndex
        label={t("list")} views={await viewsOf(filter, counts)} chips={await chipsOf(filter)} clear={flashHref(filter, { q: "" })}
        search={{ action: "/admin/flash", label: t("search"), value: filter.q, keep: { phase: filter.phase } }}
        pager={sales.length > 0 && <FlashPager filter={filter} shown={sales.length} total={total} />}
      >
        {sales.length > 0 ? <FlashTable sales={sales} now={now} zone={policy.timeZone} /> : sumOf(counts) === 0 ? (
          <FirstUse title={t("first")} action={<NewSale label={t("new")} />}>{t("firstHint")}</FirstUse>
        ) : <NoResults clear={flashHref(filter, { q: "", phase: undefined })} />}
      </ResourceIndex>
    </>
  );
}

const NewSale = ({ label }: { label: string }) => <ButtonLink href={"/admin/flash/new" as Route} look="primary" size="dense"><Icon name="plus" size={16} />{label}</ButtonLink>;

async function viewsOf(filter: FlashFilter, counts: FlashCounts) {
  const [t, list, locale] = await Promise.all([getTranslations("adminFlash"), getTranslations("admin.list"), getLocale()]);
  return {
    label: list("views"),
    tabs: [
      { href: flashHref(filter, { phase: undefined }), label: list("all"), current: !filter.phase, count: formatPoints(locale, sumOf(counts)) },
      ...FLASH_PHASES.map((phase) => ({ href: flashHref(filter, { phase }), label: t(`phase.${phase}`), current: filter.phase === phase, count: formatPoints(locale, counts[phase]) })),
    ],
  };
}

async function chipsOf(filter: FlashFilter): Promise<Chip[]> {
  const t = await getTranslations("admin.list");
  return filter.q ? [{ key: "q", label: t("searchChip", { text: filter.q }), href: flashHref(filter, { q: "" }) }] : [];
}

async function FlashPager({ filter, shown, total }: { filter: FlashFilter; shown: number; total: number }) {
  const t = await getTranslations("admin.list");
  const first = (filter.page - 1) * SALES_PER_PAGE + 1;
  const last = first + shown - 1;
  return (
    <Pager
      summary={t("range", { first, last, total })}
      previous={filter.page > 1 ? flashHref(filter, { page: filter.page - 1 }) : null}
      next={last < total ? flashHref(filter, { page: filter.page + 1 }) : null}
    />
  );
}
