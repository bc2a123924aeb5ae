import { useTranslations } from "next-intl";
import { DataTable, type Column } from "@/components/admin/data-table";
import { FirstUse } from "@/components/admin/list-empty";
import { Card } from "@/components/ui/card";
import { formatInstant, formatPoints, type Locale } from "@/lib/i18n";
import type { PastImport } from "@/lib/imports/queries";
import { IMPORT_KINDS } from "@/lib/imports/schema";

/** Files that were taken in before. */
export function Past({ past, locale, zone }: { past: readonly PastImport[]; locale: Locale; zone: string }) {
  const t = useTranslations("adminImport");
  const kindOf = (kind: string) => IMPORT_KINDS.find((known) => known === kind) ?? "members";
  const columns: Column<PastImport>[] = [
    { key: "file", label: t("past.file"), phone: "title", cell: ({ fileName }) => <span className="font-medium break-all">{fileName || t("past.pasted")}</span> },
    { key: "kind", label: t("past.kind"), phone: "corner", cell: ({ kind }) => t(`kinds.${kindOf(kind)}`) },
    { key: "made", label: t("past.made"), end: true, phone: "pair", cell: ({ report }) => formatPoints(locale, report.made ?? 0) },
    { key: "known", label: t("past.known"), end: true, phone: "pair", cell: ({ report }) => formatPoints(locale, report.known ?? 0) },
    { key: "faulty", label: t("past.faulty"), end: true, phone: "pair", cell: ({ report }) => formatPoints(locale, report.faulty ?? 0) },
    { key: "actor", label: t("past.actor"), phone: "pair", cell: ({ actor }) => actor },
    { key: "at", label: t("past.at"), phone: "line", cell: ({ createdAt }) => <time dateTime={createdAt.toISOString()}>{formatInstant(locale, createdAt, zone)}</time> },
  ];
  return (
    <Card as="section" padded={false} aria-labelledby="past-title" className="overflow-hidden">
      <h2 id="past-title" className="p-4 text-section font-semibold">{t("past.title")}</h2>
      {past.length > 0 ? <DataTable caption={t("past.title")} columns={columns} rows={past} keyOf={({ id }) => id} /> : <FirstUse title={t("past.none")}>{t("past.noneHint")}</FirstUse>}
    </Card>
  );
}
