import { useLocale, useTranslations } from "next-intl";
import { AdjustmentStatusBadge } from "./status-badge";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Moment } from "@/components/admin/moment";
import type { AdjustmentRow } from "@/lib/adjustments/staff-queries";
import { formatSignedPoints, type Locale } from "@/lib/i18n";

type AdjustmentTableProps = { rows: readonly AdjustmentRow[]; face: ListFace; now: Date; zone: string };

export function AdjustmentTable({ rows, face, now, zone }: AdjustmentTableProps) {
  const t = useTranslations("adminAdjustments");
  const moment = (at: Date | null) => (at ? <span className="text-muted"><Moment at={at} now={now} zone={zone} /></span> : "—");
  const columns: Column<AdjustmentRow>[] = [
    { key: "person", label: t("columns.person"), phone: "title", cell: (row) => <About row={row} /> },
    { key: "points", label: t("columns.points"), phone: "line", end: true, cell: (row) => <Points {...row} /> },
    { key: "status", label: t("columns.status"), phone: "corner", cell: ({ status }) => <AdjustmentStatusBadge status={status} /> },
    { key: "reason", label: t("columns.reason"), phone: "pair", cell: ({ reason }) => t(`reasons.${reason}`) },
    { key: "maker", label: t("columns.maker"), phone: "pair", cell: ({ maker }) => maker },
    { key: "decider", label: t("columns.decider"), phone: "pair", cell: ({ decider, status }) => decider ?? (status === "applied" ? t("atOnce") : "—") },
    { key: "created", label: t("columns.created"), phone: "pair", cell: ({ createdAt }) => moment(createdAt) },
    { key: "decided", label: t("columns.decided"), phone: "pair", cell: ({ decidedAt }) => moment(decidedAt) },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={rows} keyOf={({ publicId }) => publicId} list={face} />;
}

function About({ row: { kind, publicId, username, fileName, people } }: { row: AdjustmentRow }) {
  const t = useTranslations("adminAdjustments");
  if (kind === "one") return <RowLink href={hrefWith(`/admin/adjustments/${publicId}`)}>{username}</RowLink>;
  return (
    <>
      <RowLink href={hrefWith(`/admin/adjustments/batch/${publicId}`)} className="inline-block break-all">{fileName || t("batch")}</RowLink>
      <span className="block text-caption text-muted">{t("people", { count: people })}</span>
    </>
  );
}

/** What goes in and what goes out; of one person it is one of them. */
export function Points({ pointsIn, pointsOut }: Pick<AdjustmentRow, "pointsIn" | "pointsOut">) {
  const t = useTranslations("adminAdjustments");
  const locale = useLocale() as Locale;
  const parts = [...(pointsIn > 0 ? [formatSignedPoints(locale, pointsIn)] : []), ...(pointsOut > 0 ? [formatSignedPoints(locale, -pointsOut)] : [])];
  return <span className="font-semibold whitespace-nowrap tabular-nums">{parts.length === 2 ? t("inAndOut", { in: parts[0]!, out: parts[1]! }) : parts[0]}</span>;
}
