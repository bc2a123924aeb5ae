"use server";

import type { Route } from "next";
import { refresh, revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { checkoutFields } from "../../checkout/checkout-input";
import { deliverAtOnce } from "@/lib/deliver-at-once";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { shopperAction } from "@/lib/act";
import { redeemForShopper } from "@/lib/orders/lanes";
import { RedeemInput } from "@/lib/orders/schema";

const redeemOnce = shopperAction(RedeemInput, redeemForShopper);

/** Redeems, then shows the order. A "no" comes back with the page read anew: price, stock and balance as they are now. */
export async function redeem(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await redeemOnce(redeemInput(formFields(form)));
  if (!outcome.ok) {
    refresh();
    return refusedState(outcome, form);
  }
  if (outcome.value.status === "paid") await deliverAtOnce(outcome.value.orderId);
  // What the browser remembers of pages shows the balance and the request key of before.
  revalidatePath("/", "layout");
  redirect(`/orders/${outcome.value.orderId}?new=1` as Route);
}

const PLAIN = ["requestId", "skuId", "quantity", "expectedPoints", "expectedCashDueCents"] as const;

function redeemInput(fields: Record<string, string>): Record<string, unknown> {
  return { ...Object.fromEntries(PLAIN.map((name) => [name, fields[name]])), ...checkoutFields(fields) };
}
