"use server";

import type { Route } from "next";
import { refresh, revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { checkoutFields } from "./checkout-input";
import { deliverAtOnce } from "@/lib/deliver-at-once";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { shopperAction } from "@/lib/act";
import * as lanes from "@/lib/orders/lanes";
import { CheckoutInput } from "@/lib/orders/schema";

const checkOutOnce = shopperAction(CheckoutInput, lanes.checkOut);

/** Orders what is in the cart, then shows the order. A "no" comes back with the page read anew: prices, stock and balance as they are now. */
export async function checkOut(_: FormState, form: FormData): Promise<FormState> {
  const fields = formFields(form);
  const outcome = await checkOutOnce({ requestId: fields.requestId, version: fields.version, lines: parsed(fields.lines), ...checkoutFields(fields) });
  if (!outcome.ok) {
    refresh();
    return refusedState(outcome, form);
  }
  if (outcome.value.status === "paid") await deliverAtOnce(outcome.value.orderId);
  revalidatePath("/", "layout");
  redirect(`/orders/${outcome.value.orderId}?new=1` as Route);
}

/** Nothing, for what is no JSON: the schema refuses it. */
function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
