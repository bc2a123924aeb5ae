import "server-only";

import { getLocale } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import type { RefusalCode, RefusalDetail } from "@/lib/refusal";
import { sentenceFor } from "@/lib/sentence";

type Refused = { code: RefusalCode; detail: RefusalDetail; fields?: Record<string, string> };

const SECRETS = new Set(["password", "current", "token"]);

/** What the form sent, without what Next adds to it. */
export function formFields(form: FormData): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of form) if (!name.startsWith("$") && typeof value === "string") fields[name] = value;
  return fields;
}

/** A refusal in the reader's language: a sentence at each field that is wrong, else one for the whole. */
export async function refusedState({ code, detail, fields = {} }: Refused, form?: FormData): Promise<FormState> {
  const locale = await getLocale();
  // A command that knows which field is at fault says so.
  const named = typeof detail.field === "string" ? { ...fields, [detail.field]: code } : fields;
  const atFields = Object.entries(named).map(([field, reason]) => [field, sentenceFor(locale, reason as RefusalCode, detail)] as const);
  return {
    status: "refused",
    code,
    message: atFields.length > 0 ? undefined : sentenceFor(locale, code, detail),
    fields: Object.fromEntries(atFields),
    values: form && Object.fromEntries(Object.entries(formFields(form)).filter(([name]) => !SECRETS.has(name))),
  };
}
