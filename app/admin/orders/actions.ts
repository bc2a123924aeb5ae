"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { staffCommand } from "@/lib/act";
import { completeOrder, shipOrder } from "@/lib/orders/commands";
import { refundItem } from "@/lib/orders/refunding/commands";
import { CompleteInput, RefundInput, ShipInput } from "@/lib/orders/schema";

const ship = staffCommand("ship-order", ShipInput, shipOrder);
const complete = staffCommand("complete-order", CompleteInput, completeOrder);
const refund = staffCommand("refund-item", RefundInput, refundItem);

/** Hands an order to a carrier. Whatever the answer, the page shows the order as it is now. */
export async function shipOrderForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([ship(formFields(form)), getTranslations("admin.order")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("shipped") };
}

/** Closes an order: what needs no carrier was handed over, or the carrier delivered it. */
export async function completeOrderForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([complete(formFields(form)), getTranslations("admin.order")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("completed") };
}

/** Takes back pieces of a line. */
export async function refundItemForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([refund(formFields(form)), getTranslations("admin.order.refund")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("done", { points: outcome.value.points }) };
}
