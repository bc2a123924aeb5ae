import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, type SearchParams } from "../../(shop)/reading";
import { ListFrame, openList, type ListTab } from "../list-frame";
import { startStaffReading } from "../reading";
import { POINTS, POINT_STATUSES, pointsIn, pointStatus } from "./list";
import { PointTable } from "./point-table";
import { hrefWith } from "@/components/admin/href";
import type { FilterField } from "@/components/admin/list-filters";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { pageWindow } from "@/lib/list-address";
import { listPickupPoints, type PickupPoint } from "@/lib/orders/pickup-points/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminFulfilment.points"))("title") };
}

export default async function PickupPointsPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("products.read", "/admin/pickup-points");
  const { db, staff } = reading;
  const [t, list, points, { created }] = await Promise.all([getTranslations("adminFulfilment.points"), openList(POINTS, searchParams, reading), listPickupPoints(db), readParams(searchParams, "created")]);
  const all = pointsIn(points, list.state);
  const { offset, limit } = pageWindow(list.state);
  const rows = all.slice(offset, offset + limit);
  const newPoint = staff.permissions.has("products.write") && <ButtonLink href={hrefWith("/admin/pickup-points/new")} look="primary" size="dense"><Icon name="plus" size={16} />{t("new")}</ButtonLink>;
  return (
    <>
      <PageHeader title={t("title")} actions={newPoint} lead={t("lead")} />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{t("created")}</Notice>}
      <ListFrame
        list={list} label={t("list")} search={t("search")} tabs={await tabsOf(points)} fields={await fieldsOf()} columnsIn="adminFulfilment.points.columns" exportTo="/admin/pickup-points/export.csv"
        shown={rows.length} total={all.length} first={<FirstUse title={t("first")} action={newPoint}>{t("firstHint")}</FirstUse>}
      >
        <PointTable points={rows} list={list.face} />
      </ListFrame>
    </>
  );
}

async function tabsOf(points: readonly PickupPoint[]): Promise<ListTab[]> {
  const [t, list] = await Promise.all([getTranslations("adminFulfilment.points"), getTranslations("admin.list")]);
  return [
    { label: list("all"), count: points.length, filters: {} },
    ...POINT_STATUSES.map((value): ListTab => ({ label: t(value), count: points.filter((point) => pointStatus(point) === value).length, filters: { status: value } })),
  ];
}

async function fieldsOf(): Promise<FilterField[]> {
  const t = await getTranslations("adminFulfilment.points");
  return [{ name: "status", label: t("columns.status"), options: POINT_STATUSES.map((value) => ({ value, label: t(value) })) }];
}
