import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, type SearchParams } from "../../(shop)/reading";
import { startStaffReading } from "../reading";
import { PointTable } from "./point-table";
import { hrefWith } from "@/components/admin/href";
import { FirstUse } from "@/components/admin/list-empty";
import { ResourceIndex } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { listPickupPoints } from "@/lib/orders/pickup-points/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminFulfilment.points"))("title") };
}

export default async function PickupPointsPage({ searchParams }: { searchParams: SearchParams }) {
  const { db, staff } = await startStaffReading("products.read", "/admin/pickup-points");
  const [t, points, { created }] = await Promise.all([getTranslations("adminFulfilment.points"), listPickupPoints(db), readParams(searchParams, "created")]);
  const newPoint = staff.permissions.has("products.write") && <ButtonLink href={hrefWith("/admin/pickup-points/new")} look="primary" size="dense"><Icon name="plus" size={16} />{t("new")}</ButtonLink>;
  return (
    <>
      <PageHeader title={t("title")} actions={newPoint} lead={t("lead")} />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{t("created")}</Notice>}
      <ResourceIndex label={t("list")}>
        {points.length === 0 ? <FirstUse title={t("first")} action={newPoint}>{t("firstHint")}</FirstUse> : <PointTable points={points} />}
      </ResourceIndex>
    </>
  );
}
