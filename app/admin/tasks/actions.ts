"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { FormState } from "@/components/ui/form-state";
import { db } from "@/db/client";
import { staffCommand, type Outcome } from "@/lib/act";
import { getPolicy } from "@/lib/settings/queries";
import { decideReferral } from "@/lib/sharing/referrals/commands";
import { ReferralDecisionInput } from "@/lib/sharing/schema";
import { saveTask } from "@/lib/tasks/editing/commands";
import { TaskInput } from "@/lib/tasks/schema";
import { taskFrom } from "./task-input";

const save = staffCommand("save-task", "programme.write", TaskInput, saveTask);
const decide = staffCommand("decide-referral", "programme.write", ReferralDecisionInput, decideReferral);

/** Makes a task and goes to its page. */
export async function createTaskForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await save(await inputFrom(form));
  if (!outcome.ok) return refusedTask(outcome);
  redirect(hrefWith(`/admin/tasks/${outcome.value.id}`, { created: 1 }));
}

export async function saveTaskForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([save(await inputFrom(form)), getTranslations("admin.words")]);
  if (!outcome.ok) return refusedTask(outcome);
  refresh();
  return { status: "done", message: t("saved") };
}

const inputFrom = async (form: FormData): Promise<Record<string, unknown>> => taskFrom(form, (await getPolicy(db())).timeZone);

/** Where the tasks contradict each other, the sentence stands at the field that mends it. */
const FAULTS = { chain: "afterTaskId", followers: "status", claimed: "metric" } as const;

async function refusedTask(refused: Extract<Outcome<unknown>, { ok: false }>): Promise<FormState> {
  const about = Object.keys(FAULTS).find((each) => each === refused.detail.about) as keyof typeof FAULTS | undefined;
  const state = await refusedState(refused);
  if (refused.code !== "rule_conflict" || !about) return state;
  const t = await getTranslations("adminTasks.faults");
  return { ...state, message: undefined, fields: { [FAULTS[about]]: t(about) } };
}

/** Lets a flagged referral pass, or refuses it. */
export async function decideReferralForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([decide(formFields(form)), getTranslations("adminTasks.referrals.decided")]);
  refresh();
  return outcome.ok ? { status: "done", message: t(outcome.value.status) } : refusedState(outcome);
}
