import { useTranslations } from "next-intl";
import { retryEventForm } from "../actions";
import { CommandForm } from "@/components/admin/command-form";
import { DataTable, type Column } from "@/components/admin/data-table";
import { Moment } from "@/components/admin/moment";
import { Badge } from "@/components/ui/badge";
import { publicId } from "@/lib/id";
import type { TroubledEvent } from "@/lib/jobs/queries";

type EventTableProps = { events: readonly TroubledEvent[]; now: Date; zone: string; mayRetry: boolean; mayAudit: boolean };

/** Whose fact it was is for who may read the audit log. */
export function EventTable({ events, now, zone, mayRetry, mayAudit }: EventTableProps) {
  const t = useTranslations("adminOperations.events");
  const columns: Column<TroubledEvent>[] = [
    { key: "name", label: t("columns.name"), phone: "title", cell: ({ name, id }) => <span className="block min-w-0"><span className="block font-mono text-dense font-medium break-all">{name}</span><span className="block text-caption text-muted tabular-nums">{t("number", { id: String(id) })}</span></span> },
    { key: "state", label: t("columns.state"), phone: "corner", cell: ({ givenUpAt }) => (givenUpAt ? <Badge tone="danger" progress="ended">{t("givenUp")}</Badge> : <Badge tone="warning" progress="underway">{t("trying")}</Badge>) },
    ...(mayAudit ? [{ key: "subject", label: t("columns.subject"), phone: "pair" as const, cell: ({ subjectType, subjectId }: TroubledEvent) => <span className="font-mono text-caption break-all text-muted">{subjectType} {subjectId}</span> }] : []),
    { key: "since", label: t("columns.since"), phone: "pair", cell: ({ createdAt }) => <span className="text-muted"><Moment at={createdAt} now={now} zone={zone} /></span> },
    { key: "reason", label: t("columns.reason"), phone: "line", cell: ({ reason }) => <span className="block max-w-100 text-caption break-words text-muted">{reason ?? t("noReason")}</span> },
    ...(mayRetry ? [{
      key: "retry", label: t("columns.retry"), phone: "line" as const,
      cell: ({ id, name }: TroubledEvent) => <CommandForm action={retryEventForm} label={t("retryOne", { name, id: String(id) })} hidden={{ requestId: publicId(), id }} submit={t("retry")} pending={t("pending")} look="secondary" />,
    }] : []),
  ];
  return <DataTable caption={t("title")} columns={columns} rows={events} keyOf={({ id }) => id} />;
}
