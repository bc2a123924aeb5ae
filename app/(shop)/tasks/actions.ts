"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import { idle, type FormState } from "@/components/ui/form-state";
import { shopperCommand } from "@/lib/act";
import { formatPoints } from "@/lib/i18n";
import { claimTask } from "@/lib/tasks/commands";
import { ClaimInput } from "@/lib/tasks/schema";

const claim = shopperCommand("claim-task", ClaimInput, claimTask);

/** Gives a finished task's reward, once however often it is pressed. */
export async function claimReward(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t, locale] = await Promise.all([claim(formFields(form)), getTranslations("tasks"), getLocale()]);
  refresh();
  // Another tab was first: the page, read anew, says so better than an error would.
  if (!outcome.ok) return outcome.code === "task_already_claimed" ? idle : refusedState(outcome);
  const { points, perk, perkQuantity } = outcome.value;
  const cards = perk ? t(`cards.${perk}`, { count: perkQuantity }) : "";
  return { status: "done", message: t(`succeeded.${points === 0 ? "cards" : perk ? "both" : "points"}`, { points: formatPoints(locale, points), cards }) };
}
