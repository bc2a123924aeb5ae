import { useLocale, useTranslations } from "next-intl";
import { runJobForm } from "./actions";
import { useDuration, useJobWords } from "./job-words";
import { RunStateBadge } from "./run-state";
import { CommandForm } from "@/components/admin/command-form";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import { Moment } from "@/components/admin/moment";
import { Badge } from "@/components/ui/badge";
import { formatTime } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import { outlookOf, stateOf, type JobRun } from "@/lib/jobs/schedule";

export type JobRow = { job: string; everyMinutes: number | undefined; last: JobRun | null };

type JobTableProps = { caption: string; rows: readonly JobRow[]; now: Date; zone: string; mayRun: boolean };

export function JobTable({ caption, rows, now, zone, mayRun }: JobTableProps) {
  const t = useTranslations("adminOperations");
  const words = useJobWords();
  const columns: Column<JobRow>[] = [
    {
      key: "job", label: t("columns.job"), phone: "title",
      cell: ({ job }) => <span className="block min-w-0"><RowLink href={hrefWith(`/admin/operations/jobs/${job}`)}>{words.name(job)}</RowLink><span className="block max-w-90 text-caption text-pretty text-muted">{words.does(job)}</span></span>,
    },
    { key: "state", label: t("columns.state"), phone: "corner", cell: ({ last }) => (last ? <RunStateBadge state={stateOf(last, now)} /> : <Badge progress="waiting">{t("states.never")}</Badge>) },
    { key: "last", label: t("columns.last"), phone: "line", cell: ({ last }) => <LastRun last={last} now={now} zone={zone} /> },
    { key: "next", label: t("columns.next"), phone: "line", cell: (row) => <NextRun {...row} now={now} zone={zone} /> },
    ...(mayRun ? [{ key: "run", label: t("columns.run"), phone: "line" as const, cell: ({ job }: JobRow) => <RunNow job={job} name={words.name(job)} /> }] : []),
  ];
  return <DataTable caption={caption} columns={columns} rows={rows} keyOf={({ job }) => job} />;
}

/** Above the link that covers the row. */
function RunNow({ job, name }: { job: string; name: string }) {
  const t = useTranslations("adminOperations.run");
  return <div className="relative z-1"><CommandForm action={runJobForm} label={t("label", { job: name })} hidden={{ requestId: publicId(), job }} submit={t("now")} pending={t("pending")} look="secondary" /></div>;
}

function LastRun({ last, now, zone }: { last: JobRun | null; now: Date; zone: string }) {
  const words = useJobWords();
  const duration = useDuration();
  if (!last) return <span className="text-muted">—</span>;
  return (
    <span className="block max-w-80 min-w-0">
      <span className="block"><Moment at={last.startedAt} now={now} zone={zone} />{last.finishedAt && <span className="text-muted"> · {duration(last)}</span>}</span>
      <span className="line-clamp-2 text-caption break-words text-muted">{words.resultOf(last)}</span>
    </span>
  );
}

function NextRun({ everyMinutes, last, now, zone }: JobRow & { now: Date; zone: string }) {
  const t = useTranslations("adminOperations");
  const locale = useLocale();
  const { nextAt, lateMinutes } = outlookOf(everyMinutes, last, now);
  if (everyMinutes === undefined) return <span className="text-caption text-muted">{t("isStep")}</span>;
  return (
    <span className="block">
      <span className="block text-caption text-muted">{t("every", { minutes: everyMinutes })}</span>
      {lateMinutes > 0 ? <Badge tone="warning" progress="waiting">{t("late", { minutes: lateMinutes })}</Badge> : nextAt && <span>{nextAt > now ? t("at", { time: formatTime(locale, nextAt, zone) }) : t("now")}</span>}
    </span>
  );
}
