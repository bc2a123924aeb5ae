"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { RulePreview } from "@/components/admin/rule-draft";
import type { SimulationAnswer } from "@/components/admin/rule-simulator";
import type { FormState } from "@/components/ui/form-state";
import { db } from "@/db/client";
import { staffAction, staffCommand } from "@/lib/act";
import { currentTime } from "@/lib/clock";
import type { Outcome } from "@/lib/outcome";
import { parseInput, succeed } from "@/lib/outcome";
import { restoreVersion, saveRule } from "@/lib/rules/editing/commands";
import { replayDraft } from "@/lib/rules/replay/queries";
import { RestoreInput, RuleInput, SimulatedDays, SoundRule, type RuleDraft } from "@/lib/rules/schema";
import { getPolicy } from "@/lib/settings/queries";
import { idIn } from "../reading";
import { fieldsInForm } from "./field-words";
import { readPreview } from "./preview";
import { ruleFrom, savedRuleFrom } from "./rule-input";
import { simulationView } from "./simulation-view";

const save = staffCommand("save-rule", "programme.write", RuleInput, saveRule);
const restore = staffCommand("restore-rule", "programme.write", RestoreInput, restoreVersion);

const zone = async (): Promise<string> => (await getPolicy(db())).timeZone;

/** Makes a rule and goes to its page. */
export async function createRuleForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await save(savedRuleFrom(form, await zone()));
  if (!outcome.ok) return refusedRule(outcome, form);
  redirect(hrefWith(`/admin/rules/${outcome.value.id}`, { created: 1 }));
}

export async function saveRuleForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([save(savedRuleFrom(form, await zone())), getTranslations("adminRules")]);
  if (!outcome.ok) return refusedRule(outcome, form);
  refresh();
  return { status: "done", message: t("saved", { version: outcome.value.version }) };
}

/** Makes an earlier version the newest one again. The editor begins anew with it: its fields keep what they hold for as long as they are there. */
export async function restoreRuleForm(_: FormState, form: FormData): Promise<FormState> {
  const fields = formFields(form);
  const outcome = await restore(fields);
  if (!outcome.ok) return refusedRule(outcome, form);
  redirect(hrefWith(`/admin/rules/${outcome.value.id}`, { restored: fields.restored, as: outcome.value.version }));
}

type Refused = Extract<Outcome<never>, { ok: false }>;

async function refusedRule(refused: Refused, form: FormData): Promise<FormState> {
  const t = await getTranslations("adminRules");
  if (refused.code === "already_settled") return { status: "refused", code: refused.code, message: t("stale", { version: String(refused.detail.version) }) };
  if (!refused.fields) return refusedState(refused);
  return { status: "refused", code: refused.code, fields: await fieldsInForm(refused.fields, form) };
}

const FormInput = z.custom<FormData>((value) => value instanceof FormData);

const previewed = staffAction("programme.read", FormInput, async (_, form) => {
  const [policy, locale] = await Promise.all([getPolicy(db()), getLocale()]);
  const rule = parseInput(SoundRule, withName(ruleFrom(form, policy.timeZone)));
  if (!rule.ok) return succeed<RulePreview>({ sentence: null, warnings: [] });
  return succeed(await readPreview(db(), { ...rule.value, id: ruleIdIn(form) }, { locale, policy, now: currentTime() }));
});

/** How the rule in the form reads. What is incomplete has no sentence, and so has what may not be asked. */
export async function previewRule(form: FormData): Promise<RulePreview> {
  const answer = await previewed(form);
  return answer.ok ? answer.value : { sentence: null, warnings: [] };
}

const ruleIdIn = (form: FormData): number | null => idIn(String(form.get("ruleId") ?? "")) ?? null;
/** A rule without a name can be read and tried all the same. */
const withName = (rule: Record<string, unknown>): Record<string, unknown> => ({ ...rule, name: rule.name || "?" });

/** A new rule is younger than all others. */
const NEW_RULE = 2 ** 40;

const simulated = staffAction("programme.read", FormInput, async (_, form) => {
  const policy = await getPolicy(db());
  const rule = parseInput(SoundRule, withName(ruleFrom(form, policy.timeZone)));
  const days = parseInput(SimulatedDays, form.get("$days"));
  if (!rule.ok) return rule;
  if (!days.ok) return days;
  const id = ruleIdIn(form) ?? NEW_RULE;
  return succeed({ id, policy, replay: await replayDraft({ id, ...partsOf(rule.value) }, days.value, currentTime(), policy) });
});

const partsOf = ({ actionType, priority, startsAt, endsAt, definition }: RuleDraft) => ({ actionType, priority, startsAt, endsAt, definition });

/** Replays the past under what the form holds. */
export async function simulateRule(form: FormData): Promise<SimulationAnswer> {
  const [outcome, t] = await Promise.all([simulated(form), getTranslations("adminRules.simulator")]);
  if (outcome.ok) return { ok: true, view: await simulationView(db(), outcome.value) };
  if (outcome.fields) return { ok: false, message: t("fix") };
  return { ok: false, message: (await refusedState(outcome)).message ?? "" };
}
