import { useLocale, useTranslations } from "next-intl";
import { inLanguage } from "../../(shop)/views";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Moment } from "@/components/admin/moment";
import { Badge, type Progress, type Tone } from "@/components/ui/badge";
import type { DrawStatus } from "@/db/schema/draws";
import type { StaffDrawRow } from "@/lib/draws/staff-queries";
import { formatDayOf, formatPoints } from "@/lib/i18n";

const looks: Record<DrawStatus, { tone: Tone; progress: Progress }> = {
  draft: { tone: "neutral", progress: "waiting" },
  active: { tone: "success", progress: "done" },
  archived: { tone: "neutral", progress: "ended" },
};

export function DrawStatusBadge({ status }: { status: DrawStatus }) {
  const t = useTranslations("adminDraws.status");
  return <Badge {...looks[status]}>{t(status)}</Badge>;
}

type DrawTableProps = { draws: readonly StaffDrawRow[]; now: Date; zone: string; list: ListFace };

export function DrawTable({ draws, now, zone, list }: DrawTableProps) {
  const t = useTranslations("adminDraws");
  const locale = useLocale();
  const columns: Column<StaffDrawRow>[] = [
    { key: "name", label: t("columns.name"), phone: "title", cell: (draw) => <RowLink href={hrefWith(`/admin/draws/${draw.id}`)}>{inLanguage(locale, draw.name, draw.nameEn)}</RowLink> },
    { key: "status", label: t("columns.status"), phone: "corner", cell: ({ status }) => <DrawStatusBadge status={status} /> },
    { key: "price", label: t("columns.price"), phone: "line", cell: (draw) => <PriceOf draw={draw} /> },
    { key: "time", label: t("columns.time"), phone: "line", cell: (draw) => <TimeOf draw={draw} zone={zone} /> },
    { key: "spins", label: t("columns.spins"), phone: "pair", end: true, cell: ({ spins }) => formatPoints(locale, spins) },
    { key: "points", label: t("columns.points"), phone: "pair", end: true, cell: ({ pointsTaken }) => formatPoints(locale, pointsTaken) },
    { key: "updated", label: t("columns.updated"), phone: "pair", cell: ({ updatedAt }) => <span className="text-muted"><Moment at={updatedAt} now={now} zone={zone} /></span> },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={draws} keyOf={({ id }) => id} list={list} />;
}

function PriceOf({ draw: { spinPoints, freeSpinsPerDay } }: { draw: StaffDrawRow }) {
  const t = useTranslations("adminDraws");
  const locale = useLocale();
  return (
    <>
      {spinPoints > 0 ? t("priceOf", { points: formatPoints(locale, spinPoints) }) : t("noPrice")}
      {freeSpinsPerDay > 0 && <span className="block text-caption text-muted">{t("freeOf", { times: freeSpinsPerDay })}</span>}
    </>
  );
}

function TimeOf({ draw: { startsAt, endsAt }, zone }: { draw: StaffDrawRow; zone: string }) {
  const t = useTranslations("adminDraws");
  const locale = useLocale();
  const from = startsAt ? formatDayOf(locale, startsAt, zone, "short") : "";
  // An end is shown as the last day that it holds.
  const until = endsAt ? formatDayOf(locale, new Date(endsAt.getTime() - 1), zone, "short") : "";
  return <span className="text-muted tabular-nums">{from && until ? t("between", { from, until }) : from ? t("from", { from }) : until ? t("until", { until }) : t("always")}</span>;
}
