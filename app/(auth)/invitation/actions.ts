"use server";

import type { Route } from "next";
import { getLocale } from "next-intl/server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { openAction } from "@/lib/act";
import { currentShopper, enter, requestAddress, requestDevice } from "@/lib/auth";
import type { Entered } from "@/lib/entrance";
import { acceptAsMember, joinAsMember } from "@/lib/invitations";
import type { Outcome } from "@/lib/outcome";
import { refuse } from "@/lib/refusal";

/** Accepts with the account that is signed in. */
export async function acceptForm(_: FormState, form: FormData): Promise<FormState> {
  const { token = "" } = formFields(form);
  return goIn(form, await openAction(async () => {
    const person = await currentShopper();
    return person ? acceptAsMember(person, token, await from()) : refuse("not_signed_in");
  }));
}

/** Makes an account and accepts with it, in the language that the page was read in. */
export async function joinForm(_: FormState, form: FormData): Promise<FormState> {
  const { token, username, password } = formFields(form);
  return goIn(form, await openAction(async () => joinAsMember({ token, username, password, locale: await getLocale() }, await from())));
}

const from = async () => ({ address: await requestAddress(), device: await requestDevice() });

/** Setting up the second factor comes before anything else. */
async function goIn(form: FormData, outcome: Outcome<Entered>): Promise<FormState> {
  if (!outcome.ok) return refusedState(outcome, form);
  await enter(outcome.value);
  revalidatePath("/", "layout");
  redirect("/second-factor?next=%2Fadmin" as Route);
}
