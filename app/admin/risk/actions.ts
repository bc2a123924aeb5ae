"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { staffCommand } from "@/lib/act";
import { decideAppeal } from "@/lib/risk/appeals/commands";
import { decideAlert, decideAlerts, freezeForAlert } from "@/lib/risk/commands";
import { AlertDecisionInput, AlertFreezeInput, AlertsDecisionInput, AppealDecisionInput, VERDICTS } from "@/lib/risk/schema";

const decide = staffCommand("decide-alert", "risk.decide", AlertDecisionInput, decideAlert);
const decideSeveral = staffCommand("decide-alerts", "risk.decide", AlertsDecisionInput, decideAlerts);
const freeze = staffCommand("freeze-for-alert", "risk.decide", AlertFreezeInput, freezeForAlert);
const answerAppeal = staffCommand("decide-appeal", "risk.decide", AppealDecisionInput, decideAppeal);

/** Settles an alert. Whatever the answer, the page shows it as it is now. */
export async function decideAlertForm(_: FormState, form: FormData): Promise<FormState> {
  const fields = formFields(form);
  const [outcome, t] = await Promise.all([decide(fields), getTranslations("adminRisk.done")]);
  refresh();
  if (!outcome.ok) return refused(outcome, form);
  return { status: "done", message: t(VERDICTS.find((verdict) => verdict === fields.verdict) ?? "confirm") };
}

/** Settles the alerts that were chosen in the list. */
export async function decideAlertsForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([decideSeveral({ ...formFields(form), ids: form.getAll("ids") }), getTranslations("adminRisk.done")]);
  if (!outcome.ok) return refused(outcome, form);
  refresh();
  return { status: "done", message: t("bulk", { count: outcome.value.settled }) };
}

/** Freezes the person of an alert with words of their own, and confirms it. */
export async function freezeAlertForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([freeze(formFields(form)), getTranslations("adminRisk.done")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("freeze") };
}

export async function decideAppealForm(_: FormState, form: FormData): Promise<FormState> {
  const fields = formFields(form);
  const [outcome, t] = await Promise.all([answerAppeal(fields), getTranslations("adminRisk.appealDone")]);
  refresh();
  if (!outcome.ok) return refused(outcome, form);
  return { status: "done", message: t(fields.verdict === "accept" ? "accept" : "decline") };
}

const NAMED = ["ids", "verdict", "note", "answer"] as const;

/** A choice or a text that is missing is told at the button, by its name. */
async function refused(outcome: Parameters<typeof refusedState>[0], form: FormData): Promise<FormState> {
  const [state, t] = await Promise.all([refusedState(outcome, form), getTranslations("adminRisk")]);
  const wrong = NAMED.find((name) => Object.keys(state.fields ?? {}).some((field) => field.split(".")[0] === name));
  if (state.message || !wrong) return state;
  const sentence = state.fields?.[wrong] ?? Object.values(state.fields ?? {})[0] ?? "";
  return { ...state, message: t("atField", { field: t(`fields.${wrong}`), sentence }) };
}
