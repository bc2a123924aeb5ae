import "server-only";

import { getMessages } from "next-intl/server";
import { inLanguage } from "../../(shop)/views";
import type { Reading } from "../../(shop)/reading";
import type { TaskDraft } from "@/components/admin/task-form";
import type { TaskWords } from "@/components/admin/task-words";
import { dayOf } from "@/lib/day";
import { findTaskForStaff, listChainChoices } from "@/lib/tasks/staff-queries";

export async function readTaskWords(): Promise<TaskWords> {
  return (await getMessages()).adminTasks.form;
}

export async function readChainChoices({ db, locale }: Reading, id?: number): Promise<{ id: number; name: string }[]> {
  const choices = await listChainChoices(db, id);
  return choices.map((task) => ({ id: task.id, name: inLanguage(locale, task.name, task.nameEn) }));
}

export const emptyTask: TaskDraft = {
  name: "", nameEn: "", description: "", descriptionEn: "", metric: "redemptions", eventName: null, target: 1, windowDays: null, period: "once", afterTaskId: null,
  rewardPoints: 50, rewardPerk: null, rewardPerkQuantity: 0, rollsBack: true, firstDay: "", lastDay: "", status: "draft", position: 0, isClaimed: false,
};

/** Only what the form edits goes to the browser; an end is shown as the last day that it holds. */
export function draftOf({ startsAt, endsAt, updatedAt: _updatedAt, ...task }: NonNullable<Awaited<ReturnType<typeof findTaskForStaff>>>, timeZone: string): TaskDraft {
  return { ...task, firstDay: startsAt ? dayOf(startsAt, timeZone) : "", lastDay: endsAt ? dayOf(new Date(endsAt.getTime() - 1), timeZone) : "" };
}
