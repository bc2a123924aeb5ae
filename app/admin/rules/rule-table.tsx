import { useLocale, useTranslations } from "next-intl";
import { inLanguage } from "../../(shop)/views";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Moment } from "@/components/admin/moment";
import { Warnings } from "@/components/admin/rule-preview";
import { RuleStatusBadge } from "@/components/admin/rule-status-badge";
import { Badge } from "@/components/ui/badge";
import { formatPoints } from "@/lib/i18n";
import type { StaffRuleRow } from "@/lib/rules/staff-queries";

export type RuleView = StaffRuleRow & { sentence: string; /** Its warnings, as sentences. */ doubts: string[] };

type RuleTableProps = { rules: readonly RuleView[]; now: Date; zone: string; list: ListFace };

export function RuleTable({ rules, now, zone, list }: RuleTableProps) {
  const t = useTranslations("adminRules");
  const locale = useLocale();
  const columns: Column<RuleView>[] = [
    { key: "rule", label: t("columns.rule"), phone: "title", cell: (rule) => <RuleName rule={rule} /> },
    { key: "status", label: t("columns.status"), phone: "corner", cell: (rule) => <RuleStatusBadge {...rule} now={now} /> },
    { key: "priority", label: t("columns.priority"), phone: "pair", end: true, cell: ({ priority }) => formatPoints(locale, priority) },
    { key: "budget", label: t("columns.budget"), phone: "pair", end: true, cell: (rule) => <Budget rule={rule} /> },
    { key: "updated", label: t("columns.updated"), phone: "pair", cell: ({ updatedAt }) => <span className="text-muted"><Moment at={updatedAt} now={now} zone={zone} /></span> },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={rules} keyOf={({ id }) => id} list={list} />;
}

function RuleName({ rule }: { rule: RuleView }) {
  const t = useTranslations("adminRules");
  const locale = useLocale();
  return (
    <span className="grid max-w-3xl min-w-0 gap-1">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <RowLink href={hrefWith(`/admin/rules/${rule.id}`)}>{inLanguage(locale, rule.name, rule.nameEn) || t(`actions.${rule.actionType}`)}</RowLink>
        <Badge>{t(`actions.${rule.actionType}`)}</Badge>
      </span>
      <span className="text-caption text-pretty text-muted">{rule.sentence}</span>
      {rule.doubts.length > 0 && <Warnings warnings={rule.doubts} title={t("warningsTitle")} />}
    </span>
  );
}

function Budget({ rule: { definition, budgetGranted } }: { rule: RuleView }) {
  const t = useTranslations("adminRules");
  const { budget } = definition.caps;
  if (budget === null) return <span className="text-muted">{t("noBudget")}</span>;
  return <>{t("budgetOf", { granted: budgetGranted, budget })}</>;
}
