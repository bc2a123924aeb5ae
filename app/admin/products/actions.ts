"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { FormState } from "@/components/ui/form-state";
import { staffCommand } from "@/lib/act";
import { adjustStock, saveProduct } from "@/lib/catalog/commands";
import { ProductInput, StockInput } from "@/lib/catalog/schema";
import { productFrom } from "./product-input";

const save = staffCommand("save-product", ProductInput, saveProduct);
const adjust = staffCommand("adjust-stock", StockInput, adjustStock);

/** Makes a product and goes to its page. */
export async function createProductForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await save(productFrom(form));
  if (!outcome.ok) return refusedState(outcome);
  redirect(hrefWith(`/admin/products/${outcome.value.id}`, { created: 1 }));
}

export async function saveProductForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([save(productFrom(form)), getTranslations("admin.words")]);
  if (!outcome.ok) return refusedState(outcome);
  refresh();
  return { status: "done", message: t("saved") };
}

/** Adds pieces or takes them away, with a note. */
export async function adjustStockForm(_: FormState, form: FormData): Promise<FormState> {
  const { direction, change, ...fields } = formFields(form);
  const [outcome, t] = await Promise.all([adjust({ ...fields, change: signed(direction, change) }), getTranslations("admin.stock")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("adjusted", { stock: outcome.value.stock }) };
}

const signed = (direction: string | undefined, change: string | undefined): number => {
  const pieces = /^\d{1,9}$/.test(change ?? "") ? Number(change) : NaN;
  return direction === "take" ? -pieces : pieces;
};
