"use server";

import type { Route } from "next";
import { refresh, revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
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
  // What the browser remembers of pages shows the balance and the request key of before.
  revalidatePath("/", "layout");
  redirect(`/orders/${outcome.value.orderId}?new=1` as Route);
}

const ADDRESS = "address.";

/** `address.phone` and its kin become one object; an empty amount of points means the price's own way. */
function redeemInput(fields: Record<string, string>): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  const address: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name.startsWith(ADDRESS)) address[name.slice(ADDRESS.length)] = value;
    else if (name !== "pointsToUse" || value !== "") input[name] = value;
  }
  return Object.keys(address).length > 0 ? { ...input, address } : input;
}
