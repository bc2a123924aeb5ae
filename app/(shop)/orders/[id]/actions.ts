"use server";

import type { Route } from "next";
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { after } from "next/server";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { shopperAction, shopperCommand, type Outcome } from "@/lib/act";
import { exactAddress } from "@/lib/client-address";
import { cancelOrder } from "@/lib/orders/commands";
import { confirmReceipt } from "@/lib/orders/receiving/commands";
import { closePayments, startPayment } from "@/lib/orders/payment";
import { CancelInput, PayInput, ReceiptInput } from "@/lib/orders/schema";
import type { Payer } from "@/lib/payment-provider";
import { isWechatBrowser } from "@/lib/wechat-identity";

const openPaymentOnce = shopperAction(PayInput, async (shopper, input) => startPayment(shopper, input, await payerHere()));
const cancelOnce = shopperCommand("cancel-order", CancelInput, (ctx, input) => cancelOrder(ctx, input));
const confirmOnce = shopperCommand("confirm-receipt", ReceiptInput, confirmReceipt);

/** Opens a payment and goes to where it is made. */
export async function pay(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await openPaymentOnce(formFields(form));
  if (outcome.ok) redirect(outcome.value.redirectTo as Route);
  return refused(outcome);
}

/** On what the buyer pays, as far as it changes where they are sent. */
async function payerHere(): Promise<Payer> {
  const asked = await headers();
  const browser = asked.get("user-agent") ?? "";
  return { isPhone: /Mobi|Android|iPhone/.test(browser), isInWechat: isWechatBrowser(browser), address: exactAddress(asked) };
}

export async function cancel(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await cancelOnce(formFields(form));
  if (!outcome.ok) return refused(outcome);
  // A code that is still shown somewhere is not to be paid any more.
  after(() => closePayments(outcome.value.orderId));
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
