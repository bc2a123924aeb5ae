import type { Metadata, Route } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { startStaffReading } from "../reading";
import { readTaskFilter, referralsHref, tasksHref, type TaskFilter } from "./filter";
import { TaskTable } from "./task-table";
import { FirstUse, NoResults } from "@/components/admin/list-empty";
import { ResourceIndex, type Chip } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { TASK_STATUSES } from "@/db/schema/loyalty";
import { formatPoints } from "@/lib/i18n";
import { listReferrals } from "@/lib/sharing/staff-queries";
import { listTasksForStaff, type TaskCounts } from "@/lib/tasks/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminTasks"))("title") };
}

const sumOf = (counts: TaskCounts): number => TASK_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function TasksPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("/admin/tasks");
  const [t, filter] = await Promise.all([getTranslations("adminTasks"), readTaskFilter(searchParams)]);
  const [{ tasks, counts }, waiting] = await Promise.all([
    listTasksForStaff(reading.db, { search: filter.q, status: filter.status }, reading.now), listReferrals(reading.db, { status: "review", page: 1, pageSize: 1 }),
  ]);
  return (
    <>
      <PageHeader title={t("title")} actions={<NewTask label={t("new")} />} />
      <ResourceIndex
        label={t("list")} views={await viewsOf(filter, counts, waiting.counts.review)} chips={await chipsOf(filter)} clear={tasksHref(filter, { q: "" })}
        search={{ action: "/admin/tasks", label: t("search"), value: filter.q, keep: { status: filter.status } }}
      >
        {tasks.length > 0 ? <TaskTable tasks={tasks} now={reading.now} zone={reading.policy.timeZone} /> : sumOf(counts) === 0 ? (
          <FirstUse title={t("first")} action={<NewTask label={t("new")} />}>{t("firstHint")}</FirstUse>
        ) : <NoResults clear={tasksHref(filter, { q: "", status: undefined })} />}
      </ResourceIndex>
    </>
  );
}

const NewTask = ({ label }: { label: string }) => <ButtonLink href={"/admin/tasks/new" as Route} look="primary" size="dense"><Icon name="plus" size={16} />{label}</ButtonLink>;

async function viewsOf(filter: TaskFilter, counts: TaskCounts, waiting: number) {
  const [t, list, locale] = await Promise.all([getTranslations("adminTasks"), getTranslations("admin.list"), getLocale()]);
  return {
    label: list("views"),
    tabs: [
      { href: tasksHref(filter, { status: undefined }), label: list("all"), current: !filter.status, count: formatPoints(locale, sumOf(counts)) },
      ...TASK_STATUSES.map((status) => ({ href: tasksHref(filter, { status }), label: t(`status.${status}`), current: filter.status === status, count: formatPoints(locale, counts[status]) })),
      { href: referralsHref(), label: t("referralsTab"), current: false, count: formatPoints(locale, waiting) },
    ],
  };
}

async function chipsOf(filter: TaskFilter): Promise<Chip[]> {
  const t = await getTranslations("admin.list");
  return filter.q ? [{ key: "q", label: t("searchChip", { text: filter.q }), href: tasksHref(filter, { q: "" }) }] : [];
}
