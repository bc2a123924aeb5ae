"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { startReading } from "../../(shop)/reading";
import { couponFrom, untilOf } from "./coupon-input";
import { readSentence } from "./form-parts";
import { grantSoon } from "./grant-soon";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { RulePreview } from "@/components/admin/rule-draft";
import type { FormState } from "@/components/ui/form-state";
import { db } from "@/db/client";
import { staffAction, staffCommand, type Outcome } from "@/lib/act";
import { makeCodes, voidCodes } from "@/lib/coupons/codes/commands";
import { saveTemplate, voidCoupon } from "@/lib/coupons/commands";
import { grantToPerson, grantToSegment } from "@/lib/coupons/granting/commands";
import { CodeBatchInput, GrantToPersonInput, GrantToSegmentInput, MakeCodesInput, TemplateInput, VoidCouponInput } from "@/lib/coupons/schema";
import { succeed } from "@/lib/outcome";
import { getPolicy } from "@/lib/settings/queries";

const save = staffCommand("save-coupon", "marketing.write", TemplateInput, saveTemplate);
const toPerson = staffCommand("grant-coupon", "marketing.write", GrantToPersonInput, grantToPerson);
const toSegment = staffCommand("grant-coupon-segment", "marketing.write", GrantToSegmentInput, grantToSegment);
const make = staffCommand("make-coupon-codes", "marketing.write", MakeCodesInput, makeCodes);
const callBack = staffCommand("void-coupon-codes", "marketing.write", CodeBatchInput, voidCodes);
const takeBack = staffCommand("void-coupon", "marketing.write", VoidCouponInput, voidCoupon);

/** Makes a template and goes to its page. */
export async function createCouponForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await save(await inputFrom(form));
  if (!outcome.ok) return refusedCoupon(outcome);
  redirect(hrefWith(`/admin/coupons/${outcome.value.id}`, { created: 1 }));
}

export async function saveCouponForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([save(await inputFrom(form)), getTranslations("admin.words")]);
  if (!outcome.ok) return refusedCoupon(outcome);
  refresh();
  return { status: "done", message: t("saved") };
}

const inputFrom = async (form: FormData): Promise<Record<string, unknown>> => couponFrom(form, (await getPolicy(db())).timeZone);

/** Terms that others rely on are told at their field. */
async function refusedCoupon(refused: Extract<Outcome<unknown>, { ok: false }>): Promise<FormState> {
  const state = await refusedState(refused);
  const { field } = refused.detail;
  if (refused.code !== "coupon_in_use" || typeof field !== "string") return state;
  const t = await getTranslations("adminCoupons.form");
  return { ...state, fields: { [field]: t("inUse") } };
}

/** Reads a form that need not be finished. */
const previewed = staffAction("marketing.read", TemplateInput, async (_, terms) => succeed(await readSentence(await startReading(), terms)));

/** What the form says so far, as people would read it. */
export async function previewCoupon(form: FormData): Promise<RulePreview> {
  // A template without a name reads like any other.
  const answer = await previewed({ ...(await inputFrom(form)), name: "-" });
  return { sentence: answer.ok ? answer.value : null, warnings: [] };
}

export async function grantToPersonForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([toPerson(formFields(form)), getTranslations("adminCoupons.grant")]);
  if (!outcome.ok) return outcome.code === "not_found" ? { status: "refused", fields: { email: t("nobody") } } : refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("done") };
}

/** Orders a grant. It is begun as soon as the answer is out. */
export async function grantToSegmentForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([toSegment(formFields(form)), getTranslations("adminCoupons.grants")]);
  if (!outcome.ok) {
    const { people, left } = outcome.detail;
    return outcome.code === "coupons_gone" && typeof people === "number" && typeof left === "number" ? { status: "refused", message: t("short", { people, left }) } : refusedState(outcome, form);
  }
  grantSoon();
  refresh();
  return { status: "done", message: t("done", { people: outcome.value.people }) };
}

export async function makeCodesForm(_: FormState, form: FormData): Promise<FormState> {
  const { until, ...fields } = formFields(form);
  const { timeZone } = await getPolicy(db());
  const [outcome, t] = await Promise.all([make({ ...fields, until: untilOf(until, timeZone) }), getTranslations("adminCoupons.codes")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("done", { quantity: Number(fields.quantity) }) };
}

export async function voidCodesForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([callBack(formFields(form)), getTranslations("adminCoupons.codes")]);
  if (!outcome.ok) return refusedState(outcome);
  refresh();
  return { status: "done", message: t("voidDone", { voided: outcome.value.voided }) };
}

export async function voidCouponForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([takeBack(formFields(form)), getTranslations("adminCoupons.people")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("voidDone") };
}
