"use server";

import type { Route } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { sendMailSoon } from "../mail-soon";
import { formFields, refusedState } from "../outcome";
import { nextPath } from "./next-path";
import type { FormState } from "@/components/ui/form-state";
import { openAction } from "@/lib/act";
import { currentShopper, requestAddress, signIn, signUp, verifyAndSignIn } from "@/lib/auth";
import { sendLinkAgain } from "@/lib/entrance";
import { confirmOwnEmail } from "@/lib/own-account";
import { forgotPassword, resetWithLink } from "@/lib/recovery";

/** Signs in on this device and goes on to where the person was going. Who waits for their first mail may ask for it again here. */
export async function enter(_: FormState, form: FormData): Promise<FormState> {
  const { next = "", again, ...fields } = formFields(form);
  if (again) return answerByMail(await openAction(async () => sendLinkAgain({ email: fields.email }, await requestAddress(), next)), form);
  const outcome = await openAction(() => signIn(fields));
  if (!outcome.ok) return refusedState(outcome, form);
  return goOn(next);
}

/** Makes an account, in the language that the page was read in. Where addresses are proved first, says that mail is on its way. */
export async function join(_: FormState, form: FormData): Promise<FormState> {
  const { next = "", ...fields } = formFields(form);
  const outcome = await openAction(async () => signUp({ ...fields, locale: await getLocale() }, next));
  if (!outcome.ok) return refusedState(outcome, form);
  return outcome.value.isInside ? goOn(next) : answerByMail(outcome, form);
}

/** Sends the link of a sign-up again. */
export async function sendAgain(_: FormState, form: FormData): Promise<FormState> {
  const { next = "", email } = formFields(form);
  return answerByMail(await openAction(async () => sendLinkAgain({ email }, await requestAddress(), next)), form);
}

/** Sends a link to choose a new password. */
export async function askForReset(_: FormState, form: FormData): Promise<FormState> {
  const { email } = formFields(form);
  return answerByMail(await openAction(async () => forgotPassword({ email }, await requestAddress())), form);
}

/** Proves the address: only now, because programs that look through mail open links too. */
export async function verify(_: FormState, form: FormData): Promise<FormState> {
  const { next = "", token } = formFields(form);
  const outcome = await openAction(() => verifyAndSignIn({ token }));
  if (!outcome.ok) return refusedState(outcome, form);
  return goOn(next);
}

/** Sets a new password by a link; it is then asked for, so that the person remembers it and their browser too. */
export async function choosePassword(_: FormState, form: FormData): Promise<FormState> {
  const { token, password } = formFields(form);
  const outcome = await openAction(async () => resetWithLink({ token, password }, await requestAddress()));
  if (!outcome.ok) return refusedState(outcome, form);
  return leaveFor("/sign-in?done=password");
}

/** Makes a new address the account's own. Every session has ended with it. */
export async function confirmEmail(_: FormState, form: FormData): Promise<FormState> {
  const { token } = formFields(form);
  const outcome = await openAction(async () => confirmOwnEmail(token, await currentShopper(), await requestAddress()));
  if (!outcome.ok) return refusedState(outcome, form);
  return leaveFor("/sign-in?done=email");
}

/** The one answer for every address, known or not. */
async function answerByMail(outcome: Awaited<ReturnType<typeof sendLinkAgain | typeof signUp>>, form: FormData): Promise<FormState> {
  if (!outcome.ok) return refusedState(outcome, form);
  sendMailSoon();
  const email = String(form.get("email") ?? "").trim();
  const t = await getTranslations("auth");
  return { status: "done", code: "mail_sent", message: t("mailSent", { email }), values: { email } };
}

const goOn = (next: string): never => leaveFor(nextPath(next));

function leaveFor(path: string): never {
  revalidatePath("/", "layout");
  redirect(path as Route);
}
