import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { readFaces } from "../../(shop)/coupons/coupon-views";
import type { SearchParams } from "../../(shop)/reading";
import { readBulkChoices, readSelectionWords } from "../bulk/bulk-choices";
import { ListFrame, openList, type ListTab } from "../list-frame";
import { startStaffReading } from "../reading";
import { CouponTable } from "./coupon-table";
import { COUPONS, COUPON_SORTS } from "@/lib/coupons/staff-list";
import type { FilterField } from "@/components/admin/list-filters";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { COUPON_TEMPLATE_STATUSES } from "@/db/schema/coupons";
import { listTemplatesForStaff, type TemplateCounts } from "@/lib/coupons/staff-queries";
import { LIST_PAGE, pageWindow, sortRows } from "@/lib/list-address";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminCoupons"))("title") };
}

const sumOf = (counts: TemplateCounts): number => COUPON_TEMPLATE_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function CouponsPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("marketing.read", "/admin/coupons");
  const mayWrite = reading.staff.permissions.has("marketing.write");
  const [t, choices, words, list] = await Promise.all([getTranslations("adminCoupons"), readBulkChoices(reading.db, "coupons", reading.staff), readSelectionWords(), openList(COUPONS, searchParams, reading, true)]);
  const { state } = list;
  const { templates, counts } = await listTemplatesForStaff(reading.db, { search: state.q, status: state.filters.status });
  const faceOf = await readFaces(reading, templates);
  const all = sortRows(templates, state.sort, COUPON_SORTS);
  const { offset, limit } = pageWindow(state, LIST_PAGE);
  const rows = all.slice(offset, offset + limit).map((template) => ({ ...template, sentence: faceOf(template).sentence }));
  return (
    <>
      <PageHeader title={t("title")} actions={mayWrite && <NewCoupon label={t("new")} />} />
      <ListFrame
        list={list} label={t("list")} search={t("search")} tabs={await tabsOf(counts)} fields={await fieldsOf()} columnsIn="adminCoupons.columns" exportTo="/admin/coupons/export.csv"
        bulk={{ choices, words, rowsKey: rows.map(({ id }) => id).join() }} shown={rows.length} total={all.length} first={<FirstUse title={t("first")} action={mayWrite && <NewCoupon label={t("new")} />}>{t("firstHint")}</FirstUse>}
      >
        <CouponTable templates={rows} now={reading.now} zone={reading.policy.timeZone} list={list.face} />
      </ListFrame>
    </>
  );
}

const NewCoupon = ({ label }: { label: string }) => <ButtonLink href={"/admin/coupons/new" as Route} look="primary" size="dense"><Icon name="plus" size={16} />{label}</ButtonLink>;

async function tabsOf(counts: TemplateCounts): Promise<ListTab[]> {
  const [t, list] = await Promise.all([getTranslations("adminCoupons"), getTranslations("admin.list")]);
  return [
    { label: list("all"), count: sumOf(counts), filters: {} },
    ...COUPON_TEMPLATE_STATUSES.map((value): ListTab => ({ label: t(`status.${value}`), count: counts[value], filters: { status: value } })),
  ];
}

async function fieldsOf(): Promise<FilterField[]> {
  const t = await getTranslations("adminCoupons");
  return [{ name: "status", label: t("columns.status"), options: COUPON_TEMPLATE_STATUSES.map((value) => ({ value, label: t(`status.${value}`) })) }];
}
