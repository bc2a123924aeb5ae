"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { FormState } from "@/components/ui/form-state";
import { staffCommand } from "@/lib/act";
import { savePickupPoint } from "@/lib/orders/pickup-points/commands";
import { PickupPointInput } from "@/lib/orders/pickup-points/schema";

const save = staffCommand("save-pickup-point", "products.write", PickupPointInput, savePickupPoint);

/** Makes a point and goes back to the list. */
export async function createPointForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await save(pointFrom(form));
  if (!outcome.ok) return refusedState(outcome, form);
  redirect(hrefWith("/admin/pickup-points", { created: 1 }));
}

export async function savePointForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([save(pointFrom(form)), getTranslations("admin.words")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("saved") };
}

function pointFrom(form: FormData): Record<string, unknown> {
  const { pointId, status, ...fields } = formFields(form);
  return { ...fields, id: pointId || undefined, isActive: status === "on" };
}
