"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { staffCommand } from "@/lib/act";
import { addCodes, voidCodes } from "@/lib/catalog/codes/commands";
import { AddCodesInput, VoidCodesInput } from "@/lib/catalog/codes/schema";
import { textOfFile } from "@/lib/csv-read";

const add = staffCommand("add-codes", "codes.write", AddCodesInput, addCodes);
const takeOut = staffCommand("void-codes", "codes.write", VoidCodesInput, voidCodes);

/** Adds what was typed and what the chosen file holds. The codes are not sent back: what is refused stays in the form by itself. */
export async function addCodesForm(_: FormState, form: FormData): Promise<FormState> {
  const { codes = "", ...fields } = formFields(form);
  const file = form.get("file");
  const more = file instanceof File && file.size > 0 ? textOfFile(new Uint8Array(await file.arrayBuffer())) : "";
  const [outcome, t] = await Promise.all([add({ ...fields, codes: [codes, more].filter(Boolean).join("\n") }), getTranslations("adminFulfilment.pool.add")]);
  if (!outcome.ok) return refusedState(atCodes(outcome));
  refresh();
  return { status: "done", message: t("done", { count: outcome.value.added, stock: outcome.value.stock }) };
}

export async function voidCodesForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([takeOut(formFields(form)), getTranslations("adminFulfilment.pool.void")]);
  if (!outcome.ok) return refusedState(atCodes(outcome));
  refresh();
  return { status: "done", message: t("done", { count: outcome.value.voided }) };
}

/** What is wrong with one of the codes is said at the field that they were typed into. */
function atCodes<Refused extends { fields?: Record<string, string> }>(outcome: Refused): Refused {
  if (!outcome.fields) return outcome;
  return { ...outcome, fields: Object.fromEntries(Object.entries(outcome.fields).map(([name, reason]) => [name.startsWith("codes.") ? "codes" : name, reason])) };
}
