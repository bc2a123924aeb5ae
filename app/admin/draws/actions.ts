"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { drawFrom } from "./draw-input";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { FormState } from "@/components/ui/form-state";
import { db } from "@/db/client";
import { staffCommand, type Outcome } from "@/lib/act";
import { saveDraw } from "@/lib/draws/editing/commands";
import { giveSpins } from "@/lib/draws/granting/commands";
import { percentFromPpm } from "@/lib/draws/percent";
import { DrawInput, GrantSpinsInput } from "@/lib/draws/schema";
import { getPolicy } from "@/lib/settings/queries";

const save = staffCommand("save-draw", "marketing.write", DrawInput, saveDraw);
const give = staffCommand("give-spins", "marketing.write", GrantSpinsInput, giveSpins);

/** Makes a draw and goes to its page. */
export async function createDrawForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await save(await inputFrom(form));
  if (!outcome.ok) return refusedDraw(outcome);
  redirect(hrefWith(`/admin/draws/${outcome.value.id}`, { created: 1 }));
}

export async function saveDrawForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([save(await inputFrom(form)), getTranslations("admin.words")]);
  if (!outcome.ok) return refusedDraw(outcome);
  refresh();
  return { status: "done", message: t("saved") };
}

const inputFrom = async (form: FormData): Promise<Record<string, unknown>> => drawFrom(form, (await getPolicy(db())).timeZone);

type Refused = Extract<Outcome<unknown>, { ok: false }>;

/** What concerns one place of the form is said there, in the form's own words. */
async function refusedDraw(refused: Refused): Promise<FormState> {
  const [state, t] = await Promise.all([refusedState(refused), getTranslations("adminDraws.faults")]);
  if (refused.code === "slug_taken") return { ...state, message: undefined, fields: { slug: t("slug_taken") } };
  if (refused.code === "odds_exceed_one") return { ...state, message: undefined, fields: { prizes: t("odds_exceed_one", { percent: percentFromPpm(Number(refused.detail.over)) }) } };
  if (refused.code === "prizes_need_approver") return { ...state, message: undefined, fields: { prizes: state.message ?? "" } };
  return state;
}

/** Gives somebody spins. Who is not there, and oneself, is said at the address. */
export async function giveSpinsForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([give(formFields(form)), getTranslations("adminDraws.grant")]);
  if (outcome.ok) {
    refresh();
    return { status: "done", message: t("done", { name: outcome.value.username, quantity: outcome.value.quantity }) };
  }
  const state = await refusedState(outcome, form);
  if (outcome.code === "not_found" || outcome.code === "forbidden") return { ...state, message: undefined, fields: { email: t(outcome.code === "not_found" ? "notFound" : "self") } };
  return state;
}
