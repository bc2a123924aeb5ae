"use server";

import { getLocale } from "next-intl/server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { formFields, refusedState } from "../outcome";
import { nextPath } from "./next-path";
import type { FormState } from "@/components/ui/form-state";
import { signIn, signUp } from "@/lib/auth";

/** Signs in on this device and goes on to where the person was going. */
export async function enter(_: FormState, form: FormData): Promise<FormState> {
  const { next = "", ...fields } = formFields(form);
  const outcome = await signIn(fields);
  if (!outcome.ok) return refusedState(outcome, form);
  revalidatePath("/", "layout");
  redirect(nextPath(next));
}

/** Makes an account, in the language that the page was read in, and signs in. */
export async function join(_: FormState, form: FormData): Promise<FormState> {
  const { next = "", ...fields } = formFields(form);
  const outcome = await signUp({ ...fields, locale: await getLocale() });
  if (!outcome.ok) return refusedState(outcome, form);
  revalidatePath("/", "layout");
  redirect(nextPath(next));
}
