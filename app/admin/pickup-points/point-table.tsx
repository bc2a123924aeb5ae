import { useLocale, useTranslations } from "next-intl";
import { inLanguage } from "../../(shop)/views";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Badge } from "@/components/ui/badge";
import type { PickupPoint } from "@/lib/orders/pickup-points/queries";

export function PointTable({ points, list }: { points: readonly PickupPoint[]; list: ListFace }) {
  const t = useTranslations("adminFulfilment.points");
  const locale = useLocale();
  const columns: Column<PickupPoint>[] = [
    { key: "name", label: t("columns.name"), phone: "title", cell: (point) => <RowLink href={hrefWith(`/admin/pickup-points/${point.id}`)}>{inLanguage(locale, point.name, point.nameEn)}</RowLink> },
    { key: "address", label: t("columns.address"), phone: "line", cell: (point) => <span className="text-muted">{inLanguage(locale, point.address, point.addressEn)}</span> },
    { key: "hours", label: t("columns.hours"), phone: "line", cell: ({ hours }) => hours || "—" },
    { key: "phone", label: t("columns.phone"), phone: "pair", cell: ({ phone }) => <span className="whitespace-nowrap tabular-nums">{phone || "—"}</span> },
    {
      key: "status", label: t("columns.status"), phone: "corner",
      cell: ({ isActive }) => (isActive ? <Badge tone="success" progress="done">{t("on")}</Badge> : <Badge progress="ended">{t("off")}</Badge>),
    },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={points} keyOf={({ id }) => id} list={list} />;
}
