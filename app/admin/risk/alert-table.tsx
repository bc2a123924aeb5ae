import { useTranslations } from "next-intl";
import { Evidence } from "./evidence";
import { AlertStatusBadge, ModeBadge } from "./risk-badges";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Moment } from "@/components/admin/moment";
import type { AlertRow } from "@/lib/risk/staff-queries";

type AlertTableProps = { alerts: readonly AlertRow[]; face: ListFace; now: Date; zone: string; /** Names the form that the boxes of the rows belong to. */ form: string | null };

export function AlertTable({ alerts, face, now, zone, form }: AlertTableProps) {
  const t = useTranslations("adminRisk");
  const columns: Column<AlertRow>[] = [
    { key: "person", label: t("columns.person"), phone: "title", cell: (alert) => <Person alert={alert} form={form} /> },
    { key: "rule", label: t("columns.rule"), phone: "line", cell: ({ rule }) => <span className="font-medium">{t(`rules.${rule}`)}</span> },
    { key: "evidence", label: t("columns.evidence"), phone: "line", cell: ({ rule, evidence }) => <span className="block max-w-96 text-muted"><Evidence rule={rule} evidence={evidence} /></span> },
    { key: "mode", label: t("columns.mode"), phone: "line", cell: ({ mode }) => <ModeBadge mode={mode} /> },
    { key: "status", label: t("columns.status"), phone: "corner", cell: ({ status }) => <AlertStatusBadge status={status} /> },
    { key: "created", label: t("columns.created"), phone: "line", cell: ({ createdAt }) => <span className="text-muted"><Moment at={createdAt} now={now} zone={zone} /></span> },
  ];
  return <DataTable caption={t("list")} columns={columns} rows={alerts} keyOf={({ id }) => id} list={face} />;
}

/** Open alerts can be chosen, to be settled together. */
function Person({ alert: { id, username, emailMasked, status }, form }: { alert: AlertRow; form: string | null }) {
  const t = useTranslations("adminRisk");
  return (
    <span className="flex items-center gap-2.5">
      {form && (status === "open" ? <input type="checkbox" form={form} name="ids" value={id} aria-label={t("select", { name: username })} className="relative z-10 size-6 shrink-0 cursor-pointer accent-primary" /> : <span className="w-6 shrink-0 max-sm:hidden" />)}
      <span className="min-w-0">
        <RowLink href={hrefWith(`/admin/risk/${id}`)}>{username}</RowLink>
        <span className="block text-caption break-all text-muted">{emailMasked}</span>
      </span>
    </span>
  );
}
