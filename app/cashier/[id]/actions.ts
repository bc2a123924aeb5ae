"use server";

import type { Route } from "next";
import { refresh, revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { deliverAtOnce } from "@/lib/deliver-at-once";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { shopperAction } from "@/lib/act";
import { settleTestPayment } from "@/lib/orders/payment";
import { TestPaymentInput } from "@/lib/orders/schema";

const settleOnce = shopperAction(TestPaymentInput, settleTestPayment);

/** What was pressed at the test cashier. Paid leads back to the order; failed stays, and says so. */
export async function settle(_: FormState, form: FormData): Promise<FormState> {
  const fields = formFields(form);
  const outcome = await settleOnce(fields);
  if (!outcome.ok || fields.result !== "paid") {
    refresh();
    return outcome.ok ? { status: "done" } : refusedState(outcome);
  }
  if (outcome.value.status === "paid") await deliverAtOnce(outcome.value.orderId);
  revalidatePath("/", "layout");
  // A payment that came too late is told at the order, not celebrated.
  redirect(`/orders/${outcome.value.orderId}${outcome.value.status === "paid" ? "?new=1" : ""}` as Route);
}
