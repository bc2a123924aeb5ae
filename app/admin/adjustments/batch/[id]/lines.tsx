import { useLocale, useTranslations } from "next-intl";
import { AdjustmentStatusBadge } from "../../status-badge";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import { Notice } from "@/components/ui/notice";
import { foresee } from "@/lib/adjustments/adjustment";
import type { BatchLine } from "@/lib/adjustments/staff-queries";
import { formatDayOf, formatPoints, formatSignedPoints, type Locale } from "@/lib/i18n";

/** The people of a batch; while it waits, with what each would have. */
export function LineTable({ lines, isWaiting, zone }: { lines: readonly BatchLine[]; isWaiting: boolean; zone: string }) {
  const t = useTranslations("adminAdjustments");
  const locale = useLocale() as Locale;
  const now: Column<BatchLine>[] = [
    { key: "now", label: t("batchPage.now"), phone: "pair", end: true, cell: ({ pointsAvailable }) => formatPoints(locale, pointsAvailable) },
    { key: "after", label: t("batchPage.after"), phone: "pair", end: true, cell: ({ pointsAvailable, points }) => formatPoints(locale, foresee({ pointsAvailable, pointsDebt: 0 }, points).pointsAvailable) },
  ];
  const columns: Column<BatchLine>[] = [
    { key: "person", label: t("batchPage.person"), phone: "title", cell: ({ publicId, username }) => <RowLink href={hrefWith(`/admin/adjustments/${publicId}`)}>{username}</RowLink> },
    { key: "points", label: t("batchPage.points"), phone: "corner", end: true, cell: ({ points }) => <span className="font-semibold tabular-nums">{formatSignedPoints(locale, points)}</span> },
    ...(isWaiting ? now : []),
    { key: "expires", label: t("batchPage.expires"), phone: "pair", cell: ({ expiresAt, points }) => (points < 0 ? "—" : expiresAt ? formatDayOf(locale, new Date(expiresAt.getTime() - 1), zone, "short") : t("file.byRule")) },
    { key: "note", label: t("batchPage.note"), phone: "line", cell: ({ note }) => <span className="break-words">{note || "—"}</span> },
    ...(isWaiting ? [] : [{ key: "status", label: t("batchPage.status"), phone: "pair", cell: ({ status }) => <AdjustmentStatusBadge status={status} /> } satisfies Column<BatchLine>]),
  ];
  return <DataTable caption={t("batchPage.linesCaption")} columns={columns} rows={lines} keyOf={({ publicId }) => publicId} />;
}

/** Rows that stand in the way of the whole, by name. */
export function Trouble({ lines, now, shown }: { lines: readonly BatchLine[]; now: Date; shown: number }) {
  const t = useTranslations("adminAdjustments.batchPage");
  const locale = useLocale() as Locale;
  const said = ({ username: name, isHeld, expiresAt, pointsAvailable }: BatchLine): string =>
    isHeld ? t("heldLine", { name }) : expiresAt !== null && expiresAt <= now ? t("outdatedLine", { name }) : t("short", { name, points: formatPoints(locale, pointsAvailable) });
  return (
    <Notice tone="warning" className="mb-4">
      <p>{t("trouble", { count: lines.length })}</p>
      <ul className="mt-1 list-disc ps-5">
        {lines.slice(0, shown).map((line) => <li key={line.publicId}>{said(line)}</li>)}
        {lines.length > shown && <li>{t("troubleMore")}</li>}
      </ul>
    </Notice>
  );
}
