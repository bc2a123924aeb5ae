import { useLocale, useTranslations } from "next-intl";
import { inLanguage } from "../../(shop)/views";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Price } from "@/components/price";
import { Badge, type Progress, type Tone } from "@/components/ui/badge";
import { phaseOf, soldOf, type FlashPhase } from "@/lib/flash/sale";
import type { StaffFlashRow } from "@/lib/flash/staff-queries";
import { formatInstant, formatPoints } from "@/lib/i18n";

const looks: Record<FlashPhase, { tone: Tone; progress: Progress }> = {
  soon: { tone: "info", progress: "waiting" },
  on: { tone: "success", progress: "underway" },
  over: { tone: "neutral", progress: "ended" },
};

export function FlashPhaseBadge({ phase }: { phase: FlashPhase }) {
  const t = useTranslations("adminFlash.phase");
  return <Badge {...looks[phase]}>{t(phase)}</Badge>;
}

type FlashTableProps = { sales: readonly StaffFlashRow[]; now: Date; zone: string; list: ListFace };

export function FlashTable({ sales, now, zone, list }: FlashTableProps) {
  const t = useTranslations("adminFlash");
  const locale = useLocale();
  const columns: Column<StaffFlashRow>[] = [
    { key: "name", label: t("columns.name"), phone: "title", cell: (sale) => <SaleName sale={sale} /> },
    { key: "status", label: t("columns.status"), phone: "corner", cell: (sale) => <FlashPhaseBadge phase={phaseOf(sale, now)} /> },
    { key: "window", label: t("columns.window"), phone: "line", cell: ({ startsAt, endsAt }) => <span className="text-muted tabular-nums">{t("window", { from: formatInstant(locale, startsAt, zone), until: formatInstant(locale, endsAt, zone) })}</span> },
    { key: "price", label: t("columns.price"), phone: "pair", cell: ({ pointsPrice, cashPriceCents }) => <Price points={pointsPrice} cashCents={cashPriceCents} size="line" className="text-dense! font-medium!" /> },
    { key: "sold", label: t("columns.sold"), phone: "pair", end: true, cell: (sale) => t("of", { sold: formatPoints(locale, soldOf(sale)), pieces: formatPoints(locale, sale.pieces) }) },
    { key: "left", label: t("columns.left"), phone: "pair", end: true, cell: ({ left }) => formatPoints(locale, left) },
    { key: "waiting", label: t("columns.waiting"), phone: "pair", end: true, cell: ({ waiting }) => formatPoints(locale, waiting) },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={sales} keyOf={({ id }) => id} list={list} />;
}

function SaleName({ sale }: { sale: StaffFlashRow }) {
  const locale = useLocale();
  const option = inLanguage(locale, sale.skuName, sale.skuNameEn);
  return (
    <>
      <RowLink href={hrefWith(`/admin/flash/${sale.id}`)}>{inLanguage(locale, sale.name, sale.nameEn)}</RowLink>
      <span className="block text-caption text-muted">{inLanguage(locale, sale.productName, sale.productNameEn)}{option && ` · ${option}`}</span>
    </>
  );
}
