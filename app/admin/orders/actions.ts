"use server";

import { refresh } from "next/cache";
import { after } from "next/server";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { staffCommand } from "@/lib/act";
import { cancelOrder } from "@/lib/orders/commands";
import { closePayments } from "@/lib/orders/payment";
import { completeOrder } from "@/lib/orders/receiving/commands";
import { correctParcel, shipOrder } from "@/lib/orders/shipping/commands";
import { refundItem } from "@/lib/orders/refunding/commands";
import { CancelInput, CompleteInput, ParcelInput, RefundInput, ShipInput } from "@/lib/orders/schema";

const ship = staffCommand("ship-order", "orders.fulfil", ShipInput, shipOrder);
const correct = staffCommand("correct-parcel", "orders.fulfil", ParcelInput, correctParcel);
const cancel = staffCommand("cancel-order-by-staff", "orders.refund", CancelInput, (ctx, input) => cancelOrder(ctx, input, "staff"));
const complete = staffCommand("complete-order", "orders.fulfil", CompleteInput, completeOrder);
const refund = staffCommand("refund-item", "orders.refund", RefundInput, refundItem);

/** Hands a parcel to a carrier. Whatever the answer, the page shows the order as it is now. */
export async function shipOrderForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([ship(parcelFrom(form)), getTranslations("adminFulfilment.ship")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("done") };
}

/** The pieces are fields named after their line; without any, everything goes. */
function parcelFrom(form: FormData): Record<string, unknown> {
  const fields = Object.entries(formFields(form));
  const lines = fields.flatMap(([name, quantity]) => (name.startsWith("line.") ? [{ line: name.slice("line.".length), quantity }] : []));
  return { ...Object.fromEntries(fields.filter(([name]) => !name.startsWith("line."))), lines: lines.length > 0 ? lines : undefined };
}

export async function correctParcelForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([correct(formFields(form)), getTranslations("adminFulfilment.parcels")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("corrected") };
}

/** Takes back an order that nobody has paid. */
export async function cancelOrderForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([cancel(formFields(form)), getTranslations("adminFulfilment.cancel")]);
  if (!outcome.ok) return refusedState(outcome, form);
  // A code that is still shown somewhere is not to be paid any more.
  after(() => closePayments(outcome.value.orderId));
  refresh();
  return { status: "done", message: t("done") };
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
