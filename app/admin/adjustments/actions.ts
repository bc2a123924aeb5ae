"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { FormAction, FormState } from "@/components/ui/form-state";
import { staffAction, staffCommand, type Outcome } from "@/lib/act";
import { approveBatch, rejectBatch, withdrawBatch } from "@/lib/adjustments/batches/commands";
import { approveAdjustment, rejectAdjustment, requestAdjustment, withdrawAdjustment } from "@/lib/adjustments/commands";
import { AdjustmentInput, ApprovalInput, ATTACHMENT_KEY, BatchApprovalInput, BatchRejectionInput, BatchWithdrawalInput, RejectionInput, WithdrawalInput } from "@/lib/adjustments/schema";
import { succeed } from "@/lib/outcome";
import { storage } from "@/lib/storage";

const ask = staffCommand("request-adjustment", "adjustments.request", AdjustmentInput, requestAdjustment);
const approve = staffCommand("approve-adjustment", "adjustments.approve", ApprovalInput, approveAdjustment);
const reject = staffCommand("reject-adjustment", "adjustments.approve", RejectionInput, rejectAdjustment);
const withdraw = staffCommand("withdraw-adjustment", "adjustments.request", WithdrawalInput, withdrawAdjustment);
const approveAll = staffCommand("approve-batch", "adjustments.approve", BatchApprovalInput, approveBatch);
const rejectAll = staffCommand("reject-batch", "adjustments.approve", BatchRejectionInput, rejectBatch);
const withdrawAll = staffCommand("withdraw-batch", "adjustments.request", BatchWithdrawalInput, withdrawBatch);

/** Whether an upload is still there: it may have been swept while the form stood open. */
const isKept = staffAction("adjustments.request", z.strictObject({ key: z.string().regex(ATTACHMENT_KEY, "field_invalid") }), async (_, { key }) => succeed((await (await storage()).get(key)) !== null));

/** Asks for an adjustment and goes to its page. */
export async function requestAdjustmentForm(_: FormState, form: FormData): Promise<FormState> {
  const fields = formFields(form);
  if (fields.attachmentKey) {
    const kept = await isKept({ key: fields.attachmentKey });
    if (!kept.ok) return refusedState(kept, form);
    if (!kept.value) return { status: "refused", fields: { attachmentKey: (await getTranslations("adminAdjustments.form"))("gone") } };
  }
  const outcome = await ask(fields);
  if (!outcome.ok) return refusedPoints(outcome, form);
  const { adjustmentId, status } = outcome.value;
  redirect(hrefWith(`/admin/adjustments/${adjustmentId}`, { done: status === "applied" ? "applied" : "asked" }));
}

type Refused = Extract<Outcome<unknown>, { ok: false }>;

/** These sentences are for the owner of the points; whoever works here is told about somebody else. */
async function refusedPoints(refused: Refused, form?: FormData): Promise<FormState> {
  const t = await getTranslations("adminAdjustments.form");
  const { pointsMissing } = refused.detail;
  if (refused.code === "insufficient_points" && typeof pointsMissing === "number") return { status: "refused", code: refused.code, message: t("shortOfPoints", { points: pointsMissing }) };
  if (refused.code === "account_held") return { status: "refused", code: refused.code, message: t("heldRefused") };
  return refusedState(refused, form);
}

/** A decision; whatever the answer, the page shows what is now. */
const deciding = (decide: (input: unknown) => Promise<Outcome<void>>, done: "approved" | "rejected" | "withdrawn"): FormAction =>
  async (_, form) => {
    const [outcome, t] = await Promise.all([decide(formFields(form)), getTranslations("adminAdjustments.decide")]);
    refresh();
    return outcome.ok ? { status: "done", message: t(done) } : refusedPoints(outcome, form);
  };

export async function approveForm(state: FormState, form: FormData): Promise<FormState> {
  return deciding(approve, "approved")(state, form);
}

export async function rejectForm(state: FormState, form: FormData): Promise<FormState> {
  return deciding(reject, "rejected")(state, form);
}

export async function withdrawForm(state: FormState, form: FormData): Promise<FormState> {
  return deciding(withdraw, "withdrawn")(state, form);
}

export async function approveBatchForm(state: FormState, form: FormData): Promise<FormState> {
  return deciding(approveAll, "approved")(state, form);
}

export async function rejectBatchForm(state: FormState, form: FormData): Promise<FormState> {
  return deciding(rejectAll, "rejected")(state, form);
}

export async function withdrawBatchForm(state: FormState, form: FormData): Promise<FormState> {
  return deciding(withdrawAll, "withdrawn")(state, form);
}
