"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { FormState } from "@/components/ui/form-state";
import { db } from "@/db/client";
import { staffCommand, type Outcome } from "@/lib/act";
import { changeFlashSale, closeFlashSale, planFlashSale } from "@/lib/flash/commands";
import { FlashChangeInput, FlashCloseInput, FlashPlanInput } from "@/lib/flash/schema";
import { getPolicy } from "@/lib/settings/queries";
import { flashFrom } from "./flash-input";

const plan = staffCommand("plan-flash-sale", "marketing.write", FlashPlanInput, planFlashSale);
const change = staffCommand("change-flash-sale", "marketing.write", FlashChangeInput, changeFlashSale);
const close = staffCommand("close-flash-sale", "marketing.write", FlashCloseInput, closeFlashSale);

/** Makes a sale and goes to its page. */
export async function planFlashForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await plan(await inputFrom(form));
  if (!outcome.ok) return refusedSale(outcome);
  redirect(hrefWith(`/admin/flash/${outcome.value.id}`, { created: 1 }));
}

export async function changeFlashForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([change(await inputFrom(form)), getTranslations("admin.words")]);
  if (!outcome.ok) return refusedSale(outcome);
  refresh();
  return { status: "done", message: t("saved") };
}

export async function closeFlashForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([close(formFields(form)), getTranslations("adminFlash.close")]);
  if (!outcome.ok) return refusedState(outcome);
  refresh();
  return { status: "done", message: t("done", { returned: outcome.value.returned }) };
}

const inputFrom = async (form: FormData): Promise<Record<string, unknown>> => flashFrom(form, (await getPolicy(db())).timeZone);

/** The sentence stands at the field that mends it. */
async function refusedSale(refused: Extract<Outcome<unknown>, { ok: false }>): Promise<FormState> {
  const state = await refusedState(refused);
  const cash = state.fields?.cashPriceCents;
  if (refused.code === "stock_too_low") return { ...state, message: undefined, fields: { pieces: state.message ?? "" } };
  if (refused.code === "sale_ended" || refused.code === "flash_overlaps") return { ...state, message: undefined, fields: { endsAt: (await getTranslations("adminFlash.faults"))(refused.code) } };
  return cash ? { ...state, fields: { ...state.fields, cashPrice: cash } } : state;
}
