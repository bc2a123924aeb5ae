import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { readBulkChoices, readSelectionWords } from "../bulk/bulk-choices";
import { ListFrame, openList, type ListTab } from "../list-frame";
import { startStaffReading } from "../reading";
import { referralsHref } from "./filter";
import { TASKS, TASK_SORTS } from "@/lib/tasks/staff-list";
import { TaskTable } from "./task-table";
import type { FilterField } from "@/components/admin/list-filters";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { TASK_STATUSES } from "@/db/schema/loyalty";
import { LIST_PAGE, pageWindow, sortRows } from "@/lib/list-address";
import { listReferrals } from "@/lib/sharing/staff-queries";
import { listTasksForStaff, type TaskCounts } from "@/lib/tasks/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminTasks"))("title") };
}

const sumOf = (counts: TaskCounts): number => TASK_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function TasksPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("programme.read", "/admin/tasks");
  const mayWrite = reading.staff.permissions.has("programme.write");
  const [t, choices, words, list] = await Promise.all([getTranslations("adminTasks"), readBulkChoices(reading.db, "tasks", reading.staff), readSelectionWords(), openList(TASKS, searchParams, reading, true)]);
  const { state } = list;
  const [{ tasks, counts }, waiting] = await Promise.all([
    listTasksForStaff(reading.db, { search: state.q, status: state.filters.status }, reading.now), listReferrals(reading.db, { status: "review", page: 1, pageSize: 1 }),
  ]);
  const all = sortRows(tasks, state.sort, TASK_SORTS);
  const { offset, limit } = pageWindow(state, LIST_PAGE);
  const rows = all.slice(offset, offset + limit);
  return (
    <>
      <PageHeader title={t("title")} actions={mayWrite && <NewTask label={t("new")} />} />
      <ListFrame
        list={list} label={t("list")} search={t("search")} tabs={await tabsOf(counts, waiting.counts.review)} fields={await fieldsOf()} columnsIn="adminTasks.columns" exportTo="/admin/tasks/export.csv"
        bulk={{ choices, words, rowsKey: rows.map(({ id }) => id).join() }} shown={rows.length} total={all.length} first={<FirstUse title={t("first")} action={mayWrite && <NewTask label={t("new")} />}>{t("firstHint")}</FirstUse>}
      >
        <TaskTable tasks={rows} now={reading.now} zone={reading.policy.timeZone} list={list.face} />
      </ListFrame>
    </>
  );
}

const NewTask = ({ label }: { label: string }) => <ButtonLink href={"/admin/tasks/new" as Route} look="primary" size="dense"><Icon name="plus" size={16} />{label}</ButtonLink>;

async function tabsOf(counts: TaskCounts, waiting: number): Promise<ListTab[]> {
  const [t, list] = await Promise.all([getTranslations("adminTasks"), getTranslations("admin.list")]);
  return [
    { label: list("all"), count: sumOf(counts), filters: {} },
    ...TASK_STATUSES.map((value): ListTab => ({ label: t(`status.${value}`), count: counts[value], filters: { status: value } })),
    { label: t("referralsTab"), count: waiting, filters: {}, href: referralsHref() },
  ];
}

async function fieldsOf(): Promise<FilterField[]> {
  const t = await getTranslations("adminTasks");
  return [{ name: "status", label: t("columns.status"), options: TASK_STATUSES.map((value) => ({ value, label: t(`status.${value}`) })) }];
}
