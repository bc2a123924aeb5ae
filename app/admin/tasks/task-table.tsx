import { useLocale, useTranslations } from "next-intl";
import { inLanguage } from "../../(shop)/views";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Moment } from "@/components/admin/moment";
import { Badge, type Progress, type Tone } from "@/components/ui/badge";
import { formatPoints, formatSignedPoints } from "@/lib/i18n";
import type { StaffTaskRow } from "@/lib/tasks/staff-queries";
import type { TaskStatus } from "@/lib/tasks/task";

const looks: Record<TaskStatus, { tone: Tone; progress: Progress }> = {
  draft: { tone: "neutral", progress: "waiting" },
  active: { tone: "success", progress: "done" },
  archived: { tone: "neutral", progress: "ended" },
};

export function TaskStatusBadge({ status }: { status: TaskStatus }) {
  const t = useTranslations("adminTasks.status");
  return <Badge {...looks[status]}>{t(status)}</Badge>;
}

type TaskTableProps = { tasks: readonly StaffTaskRow[]; now: Date; zone: string; list: ListFace };

export function TaskTable({ tasks, now, zone, list }: TaskTableProps) {
  const t = useTranslations("adminTasks");
  const locale = useLocale();
  const columns: Column<StaffTaskRow>[] = [
    { key: "name", label: t("columns.name"), phone: "title", cell: (task) => <TaskName task={task} tasks={tasks} /> },
    { key: "status", label: t("columns.status"), phone: "corner", cell: ({ status }) => <TaskStatusBadge status={status} /> },
    { key: "goal", label: t("columns.goal"), phone: "line", cell: (task) => <Goal task={task} /> },
    { key: "reward", label: t("columns.reward"), phone: "pair", cell: (task) => <Reward task={task} /> },
    { key: "claims", label: t("columns.claims"), phone: "pair", end: true, cell: ({ claims }) => formatPoints(locale, claims) },
    { key: "points", label: t("columns.points"), phone: "pair", end: true, cell: ({ points }) => formatPoints(locale, points) },
    { key: "updated", label: t("columns.updated"), phone: "pair", cell: ({ updatedAt }) => <span className="text-muted"><Moment at={updatedAt} now={now} zone={zone} /></span> },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={tasks} keyOf={({ id }) => id} list={list} />;
}

function TaskName({ task, tasks }: { task: StaffTaskRow; tasks: readonly StaffTaskRow[] }) {
  const t = useTranslations("adminTasks");
  const locale = useLocale();
  const before = tasks.find(({ id }) => id === task.afterTaskId);
  return (
    <>
      <RowLink href={hrefWith(`/admin/tasks/${task.id}`)}>{inLanguage(locale, task.name, task.nameEn)}</RowLink>
      {before && <span className="block text-caption text-muted">{t("after", { name: inLanguage(locale, before.name, before.nameEn) })}</span>}
    </>
  );
}

function Goal({ task }: { task: StaffTaskRow }) {
  const [t, words] = [useTranslations("tasks"), useTranslations("adminTasks.form.periods")];
  return (
    <>
      {t(`goals.${task.metric}`, { target: task.target })}
      <span className="block text-caption text-muted">{task.windowDays === null ? words(task.period) : t("window", { days: task.windowDays })}</span>
    </>
  );
}

function Reward({ task }: { task: StaffTaskRow }) {
  const t = useTranslations("tasks");
  const locale = useLocale();
  const parts = [...(task.rewardPoints > 0 ? [formatSignedPoints(locale, task.rewardPoints)] : []), ...(task.rewardPerk ? [t(`cards.${task.rewardPerk}`, { count: task.rewardPerkQuantity })] : [])];
  return <span className="tabular-nums">{parts.join(t("and"))}</span>;
}
