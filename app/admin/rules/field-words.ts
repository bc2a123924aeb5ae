import "server-only";

import { getTranslations } from "next-intl/server";
import { refusedState } from "@/app/outcome";
import messages from "@/messages/zh-CN/adminRules.json";

type OwnReason = keyof typeof messages.errors;
const isOwn = (reason: string): reason is OwnReason => Object.hasOwn(messages.errors, reason);

/** Lists are one field of the form: what is wrong with a part of one is said at the whole. */
const LISTS = /^(definition\.(?:effect\.steps|expiry\.dates|conditions\.\d+\.(?:days|categoryIds)))\.\d+$/;

/** What is wrong with each field, as sentences. What is empty is called so, and a number that is one is only out of range. */
export async function fieldsInForm(fields: Readonly<Record<string, string>>, form: FormData): Promise<Record<string, string>> {
  const t = await getTranslations("adminRules.errors");
  const reasons = Object.entries(fields).map(([path, reason]) => [path.replace(LISTS, "$1"), reason] as const);
  const plain = reasons.filter(([, reason]) => !isOwn(reason)).map(([path, reason]) => [path, nearer(reason, form.get(path))] as const);
  const said = await refusedState({ code: "invalid_input", detail: {}, fields: Object.fromEntries(plain) });
  return { ...said.fields, ...Object.fromEntries(reasons.flatMap(([path, reason]) => (isOwn(reason) ? [[path, t(reason)]] : []))) };
}

function nearer(reason: string, value: FormDataEntryValue | null): string {
  if (reason !== "field_invalid") return reason;
  if (value === null || value === "") return "field_required";
  return typeof value === "string" && /^-?\d{1,12}$/.test(value.trim()) ? "field_out_of_range" : reason;
}
