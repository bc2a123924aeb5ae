"use server";

import { redirect } from "next/navigation";
import { refresh, revalidatePath } from "next/cache";
import { nextPath } from "../next-path";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { FactorBeginInput, FactorInput } from "@/lib/accounts/schema";
import { shopperAction } from "@/lib/act";
import { currentSession } from "@/lib/auth";
import { beginOwnFactor, confirmOwnFactor, giveOwnFactor } from "@/lib/own-second-factor";
import { Refusal } from "@/lib/refusal";

const begin = shopperAction(FactorBeginInput, async (person, input) => beginOwnFactor(person, await thisSession(), input));
const confirm = shopperAction(FactorInput, async (person, { code }) => confirmOwnFactor(person, await thisSession(), code));
const give = shopperAction(FactorInput, async (person, { code }) => giveOwnFactor(person, await thisSession(), code));

async function thisSession(): Promise<Buffer> {
  const session = await currentSession();
  if (!session) throw new Refusal("not_signed_in");
  return session;
}

/** Makes a secret for whoever gives their password; the page then shows it, on this session. */
export async function beginForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await begin({ current: formFields(form).current });
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done" };
}

/** Switches it on. The codes for paper travel in the answer: they are kept nowhere. */
export async function confirmForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await confirm({ code: formFields(form).code });
  if (!outcome.ok) return refusedState(outcome, form);
  return { status: "done", values: { codes: outcome.value.codes.join("\n") } };
}

/** Gives a code for this session and goes on to where the person was going. */
export async function giveForm(_: FormState, form: FormData): Promise<FormState> {
  const { code, next = "" } = formFields(form);
  const outcome = await give({ code });
  if (!outcome.ok) return refusedState(outcome, form);
  revalidatePath("/", "layout");
  redirect(nextPath(next));
}
