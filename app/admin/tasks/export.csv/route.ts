import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../../(shop)/views";
import { listTable, noteExport, onlyTicked, staffDownload } from "../../download";
import { TASKS, TASK_SORTS } from "@/lib/tasks/staff-list";
import { listTasksForStaff, type StaffTaskRow } from "@/lib/tasks/staff-queries";
import { formatInstant } from "@/lib/i18n";
import { readList, sortRows } from "@/lib/list-address";

/** What the list shows: its columns, its order, and all of its rows. */
export const GET = (request: Request): Promise<Response> =>
  staffDownload("programme.read", async (reading) => {
    const { db, locale, policy, today, now } = reading;
    const { searchParams } = new URL(request.url);
    const state = readList(TASKS, searchParams);
    const [t, { tasks }, goals] = await Promise.all([getTranslations("adminTasks"), listTasksForStaff(db, { search: state.q, status: state.filters.status }, now), getTranslations("tasks.goals")]);
    const rows = sortRows(onlyTicked(tasks, searchParams), state.sort, TASK_SORTS);
    await noteExport(reading, TASKS.key, searchParams, rows.length, false);
    return listTable<StaffTaskRow>(`tasks-${today}`, state.columns, (column) => t(`columns.${column as "name"}`), {
      name: ({ name, nameEn }) => inLanguage(locale, name, nameEn),
      status: ({ status }) => t(`status.${status}`),
      goal: ({ metric, target }) => goals(metric, { target }),
      reward: ({ rewardPoints }) => rewardPoints,
      claims: ({ claims }) => claims,
      points: ({ points }) => points,
      updated: ({ updatedAt }) => (updatedAt ? formatInstant(locale, updatedAt, policy.timeZone) : ""),
    }, rows);
  });
