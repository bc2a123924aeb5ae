"use server";

import { getLocale, getTranslations } from "next-intl/server";
import { inLanguage } from "../../(shop)/views";
import type { Desk, FoundPickup } from "./desk-state";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { db } from "@/db/client";
import { staffAction } from "@/lib/act";
import { formatInstant } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import { limit } from "@/lib/limits";
import { findPickup, type PickupOrder } from "@/lib/orders/fulfilment-queries";
import { handOverPickup } from "@/lib/orders/pickup/commands";
import { PickupInput, PickupLookInput } from "@/lib/orders/schema";
import { succeed } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { refuse, allow } from "@/lib/refusal";
import { once, requestKey } from "@/lib/request-key";
import { getPolicy } from "@/lib/settings/queries";
import { staffActor } from "@/lib/staff";

/** Every code that is typed counts: nobody finds one by trying. */
const look = staffAction("orders.fulfil", PickupLookInput, async (staff, { code }) => {
  await limit("pickup-code", staff.id);
  const order = await findPickup(db(), code);
  return order ? allow(order) : refuse("pickup_code_wrong");
});

/** What is handed over names its code too, so that it counts as a try like a look. */
const handOver = staffAction("orders.fulfil", PickupInput, async (staff, { requestId, ...input }) => {
  await limit("pickup-code", staff.id);
  return succeed(await perform(staffActor(staff), (ctx) => once(ctx, requestKey(requestId, "hand-over-pickup", input), () => handOverPickup(ctx, input))));
});

/** Whose code it is, and what they get. */
export async function findByCode(_: Desk, form: FormData): Promise<Desk> {
  const outcome = await look(formFields(form));
  const code = String(form.get("code") ?? "");
  if (!outcome.ok) {
    const { message, fields } = await refusedState(outcome);
    return { refused: message ?? fields?.code ?? "", code, found: null };
  }
  return { refused: null, code, found: await viewOf(outcome.value) };
}

async function viewOf(order: PickupOrder): Promise<FoundPickup> {
  const [locale, t, words, policy] = await Promise.all([getLocale(), getTranslations("adminFulfilment.verify"), getTranslations("orders"), getPolicy(db())]);
  const isOpen = order.status === "paid" || order.status === "shipped";
  const point = inLanguage(locale, order.pointName, order.pointNameEn);
  return {
    requestId: publicId(),
    orderId: order.publicId,
    number: order.number,
    title: t("order", { number: order.number }),
    point: point && t("point", { name: point }),
    person: t("person", { name: order.nameMasked, email: order.emailMasked }),
    items: order.items.map((item) => ({
      line: item.line, name: inLanguage(locale, item.productName, item.productNameEn), sku: inLanguage(locale, item.skuName, item.skuNameEn), picture: item.picture, pieces: t("pieces", { count: item.pieces }),
    })),
    obstacle: order.verifiedAt ? t("used", { at: formatInstant(locale, order.verifiedAt, policy.timeZone) })
      : !isOpen ? t("refund", { status: words(`status.${order.status}`) })
        : order.items.length === 0 ? t("nothing") : null,
  };
}

/** Hands over what the code stands for. */
export async function handOverForm(_: FormState, form: FormData): Promise<FormState> {
  const { number = "", ...fields } = formFields(form);
  const [outcome, t] = await Promise.all([handOver(fields), getTranslations("adminFulfilment.verify")]);
  if (!outcome.ok) return refusedState(outcome);
  return { status: "done", message: t("done", { count: outcome.value.pieces, number }) };
}
