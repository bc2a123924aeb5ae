import { useLocale, useTranslations } from "next-intl";
import { useDuration, useJobWords } from "../../job-words";
import { RunStateBadge } from "../../run-state";
import { DataTable, type Column } from "@/components/admin/data-table";
import { formatInstant } from "@/lib/i18n";
import { stateOf, type JobRun } from "@/lib/jobs/schedule";

export function RunTable({ caption, runs, now, zone }: { caption: string; runs: readonly JobRun[]; now: Date; zone: string }) {
  const t = useTranslations("adminOperations");
  const locale = useLocale();
  const words = useJobWords();
  const duration = useDuration();
  const columns: Column<JobRun>[] = [
    { key: "started", label: t("columns.started"), phone: "title", cell: ({ startedAt }) => <time dateTime={startedAt.toISOString()} className="whitespace-nowrap tabular-nums">{formatInstant(locale, startedAt, zone)}</time> },
    { key: "state", label: t("columns.state"), phone: "corner", cell: (run) => <RunStateBadge state={stateOf(run, now)} /> },
    { key: "took", label: t("columns.took"), phone: "pair", end: true, cell: (run) => duration(run) ?? "—" },
    { key: "result", label: t("columns.result"), phone: "line", cell: (run) => <span className="block max-w-160 text-pretty break-words text-muted">{words.resultOf(run)}</span> },
  ];
  return <DataTable caption={caption} columns={columns} rows={runs} keyOf={({ id }) => id} />;
}
