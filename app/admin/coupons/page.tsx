import type { Metadata, Route } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { readFaces } from "../../(shop)/coupons/coupon-views";
import type { SearchParams } from "../../(shop)/reading";
import { startStaffReading } from "../reading";
import { CouponTable } from "./coupon-table";
import { couponsHref, readCouponFilter, type CouponFilter } from "./filter";
import { FirstUse, NoResults } from "@/components/admin/list-empty";
import { ResourceIndex, type Chip } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { COUPON_TEMPLATE_STATUSES } from "@/db/schema/coupons";
import { listTemplatesForStaff, type TemplateCounts } from "@/lib/coupons/staff-queries";
import { formatPoints } from "@/lib/i18n";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminCoupons"))("title") };
}

const sumOf = (counts: TemplateCounts): number => COUPON_TEMPLATE_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function CouponsPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("/admin/coupons");
  const [t, filter] = await Promise.all([getTranslations("adminCoupons"), readCouponFilter(searchParams)]);
  const { templates, counts } = await listTemplatesForStaff(reading.db, { search: filter.q, status: filter.status });
  const faceOf = await readFaces(reading, templates);
  const rows = templates.map((template) => ({ ...template, sentence: faceOf(template).sentence }));
  return (
    <>
      <PageHeader title={t("title")} actions={<NewCoupon label={t("new")} />} />
      <ResourceIndex
        label={t("list")} views={await viewsOf(filter, counts)} chips={await chipsOf(filter)} clear={couponsHref(filter, { q: "" })}
        search={{ action: "/admin/coupons", label: t("search"), value: filter.q, keep: { status: filter.status } }}
      >
        {rows.length > 0 ? <CouponTable templates={rows} now={reading.now} zone={reading.policy.timeZone} /> : sumOf(counts) === 0 ? (
          <FirstUse title={t("first")} action={<NewCoupon label={t("new")} />}>{t("firstHint")}</FirstUse>
        ) : <NoResults clear={couponsHref(filter, { q: "", status: undefined })} />}
      </ResourceIndex>
    </>
  );
}

const NewCoupon = ({ label }: { label: string }) => <ButtonLink href={"/admin/coupons/new" as Route} look="primary" size="dense"><Icon name="plus" size={16} />{label}</ButtonLink>;

async function viewsOf(filter: CouponFilter, counts: TemplateCounts) {
  const [t, list, locale] = await Promise.all([getTranslations("adminCoupons"), getTranslations("admin.list"), getLocale()]);
  return {
    label: list("views"),
    tabs: [
      { href: couponsHref(filter, { status: undefined }), label: list("all"), current: !filter.status, count: formatPoints(locale, sumOf(counts)) },
      ...COUPON_TEMPLATE_STATUSES.map((status) => ({ href: couponsHref(filter, { status }), label: t(`status.${status}`), current: filter.status === status, count: formatPoints(locale, counts[status]) })),
    ],
  };
}

async function chipsOf(filter: CouponFilter): Promise<Chip[]> {
  const t = await getTranslations("admin.list");
  return filter.q ? [{ key: "q", label: t("searchChip", { text: filter.q }), href: couponsHref(filter, { q: "" }) }] : [];
}
