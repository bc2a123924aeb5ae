import { useLocale, useTranslations } from "next-intl";
import { inLanguage } from "../../(shop)/views";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Moment } from "@/components/admin/moment";
import { Badge } from "@/components/ui/badge";
import { formatPoints } from "@/lib/i18n";
import type { StaffSegment } from "@/lib/segments/staff-queries";

export function SegmentStatusBadge({ isActive }: { isActive: boolean }) {
  const t = useTranslations("adminSegments.status");
  return isActive ? <Badge tone="success" progress="done">{t("active")}</Badge> : <Badge progress="ended">{t("inactive")}</Badge>;
}

type Row = StaffSegment & { sentence: string };

export function SegmentTable({ segments, now, zone, list }: { segments: readonly Row[]; now: Date; zone: string; list: ListFace }) {
  const t = useTranslations("adminSegments");
  const locale = useLocale();
  const columns: Column<Row>[] = [
    {
      key: "name", label: t("columns.name"), phone: "title",
      cell: ({ id, name, nameEn, sentence }) => (
        <>
          <RowLink href={hrefWith(`/admin/segments/${id}`)}>{inLanguage(locale, name, nameEn)}</RowLink>
          <span className="block text-caption text-pretty text-muted">{sentence}</span>
        </>
      ),
    },
    { key: "status", label: t("columns.status"), phone: "corner", cell: ({ isActive }) => <SegmentStatusBadge isActive={isActive} /> },
    { key: "members", label: t("columns.members"), phone: "pair", end: true, cell: ({ members }) => formatPoints(locale, members) },
    { key: "refreshed", label: t("columns.refreshed"), phone: "pair", cell: ({ refreshedAt }) => <span className="text-muted">{refreshedAt ? <Moment at={refreshedAt} now={now} zone={zone} /> : t("never")}</span> },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={segments} keyOf={({ id }) => id} list={list} />;
}
