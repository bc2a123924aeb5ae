import { useLocale, useTranslations } from "next-intl";
import { inLanguage } from "../../(shop)/views";
import { timesOf } from "../../(shop)/levels/times";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Badge } from "@/components/ui/badge";
import { formatPoints } from "@/lib/i18n";
import type { StaffLevel } from "@/lib/levels/queries";

export function LevelTable({ levels, basis, list }: { levels: readonly StaffLevel[]; basis: "earned" | "spend"; list: ListFace }) {
  const t = useTranslations("adminLevels");
  const locale = useLocale();
  const columns: Column<StaffLevel>[] = [
    {
      key: "name", label: t("columns.name"), phone: "title",
      cell: (level) => (
        <>
          <RowLink href={hrefWith(`/admin/levels/${level.id}`)}>{inLanguage(locale, level.name, level.nameEn)}</RowLink>
          <span className="block text-caption text-muted">{t("rank", { rank: level.rank })}</span>
        </>
      ),
    },
    {
      key: "threshold", label: t("columns.threshold"), phone: "pair", end: true,
      cell: ({ threshold }) => t(basis === "earned" ? "points" : "yuan", { threshold: formatPoints(locale, threshold) }),
    },
    { key: "multiplier", label: t("columns.multiplier"), phone: "pair", end: true, cell: ({ multiplierPercent }) => `× ${timesOf(multiplierPercent)}` },
    { key: "members", label: t("columns.members"), phone: "pair", end: true, cell: ({ members }) => formatPoints(locale, members) },
    {
      key: "status", label: t("columns.status"), phone: "corner",
      cell: ({ isActive }) => (isActive ? <Badge tone="success" progress="done">{t("on")}</Badge> : <Badge progress="ended">{t("off")}</Badge>),
    },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={levels} keyOf={({ id }) => id} list={list} />;
}
