"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { catalogChanged } from "@/app/catalog-cache";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { FormState } from "@/components/ui/form-state";
import { db } from "@/db/client";
import { staffAction, staffCommand } from "@/lib/act";
import { adjustStock, saveProduct } from "@/lib/catalog/commands";
import { PreviewInput, ProductInput, StockInput } from "@/lib/catalog/schema";
import { renderMarkdown } from "@/lib/markdown";
import { allow } from "@/lib/refusal";
import { getPolicy } from "@/lib/settings/queries";
import { productFrom } from "./product-input";

const save = staffCommand("save-product", "products.write", ProductInput, saveProduct);
const adjust = staffCommand("adjust-stock", "products.write", StockInput, adjustStock);
const preview = staffAction("products.write", PreviewInput, async (_, { source }) => allow(renderMarkdown(source)));

const inputFrom = async (form: FormData): Promise<Record<string, unknown>> => productFrom(form, (await getPolicy(db())).timeZone);

/** A text as the shop will show it; null when it is too long, or when whoever asks may not. */
export async function previewDescription(source: string): Promise<string | null> {
  const outcome = await preview({ source });
  return outcome.ok ? outcome.value : null;
}

/** Makes a product and goes to its page. */
export async function createProductForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await save(await inputFrom(form));
  if (!outcome.ok) return refusedState(outcome);
  await catalogChanged();
  redirect(hrefWith(`/admin/products/${outcome.value.id}`, { created: 1 }));
}

export async function saveProductForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([save(await inputFrom(form)), getTranslations("admin.words")]);
  if (!outcome.ok) return refusedState(outcome);
  await catalogChanged();
  refresh();
  return { status: "done", message: t("saved"), values: { version: outcome.value.version } };
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
