"use server";

import type { Route } from "next";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { shopperAction, shopperCommand, type Outcome } from "@/lib/act";
import { cancelOrder, confirmReceipt } from "@/lib/orders/commands";
import { startPayment } from "@/lib/orders/payment";
import { CancelInput, PayInput, ReceiptInput } from "@/lib/orders/schema";

const openPaymentOnce = shopperAction(PayInput, startPayment);
const cancelOnce = shopperCommand("cancel-order", CancelInput, (ctx, input) => cancelOrder(ctx, input));
const confirmOnce = shopperCommand("confirm-receipt", ReceiptInput, confirmReceipt);

/** Opens a payment and goes to where it is made. */
export async function pay(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await openPaymentOnce(formFields(form));
  if (outcome.ok) redirect(outcome.value.redirectTo as Route);
  return refused(outcome);
}

export async function cancel(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await cancelOnce(formFields(form));
  if (!outcome.ok) return refused(outcome);
  revalidatePath("/", "layout");
  return { status: "done", message: (await getTranslations("orders"))("cancelled") };
}

export async function receive(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await confirmOnce(formFields(form));
  if (!outcome.ok) return refused(outcome);
  revalidatePath("/", "layout");
  return { status: "done", message: (await getTranslations("orders"))("received") };
}

/** The order has moved on: show it as it is now, and why not. */
function refused(outcome: Extract<Outcome<unknown>, { ok: false }>): Promise<FormState> {
  revalidatePath("/", "layout");
  return refusedState(outcome);
}
