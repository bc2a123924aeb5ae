"use server";

import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import { refresh, revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { sendMailSoon } from "@/app/mail-soon";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { saveProfile } from "@/lib/accounts/profile/commands";
import { EmailChangeInput, ErasureInput, PasswordChangeInput, ProfileInput } from "@/lib/accounts/schema";
import { shopperAction } from "@/lib/act";
import { enter, requestAddress, requestDevice, signOut } from "@/lib/auth";
import { succeed } from "@/lib/outcome";
import { changeOwnEmail, changeOwnPassword, eraseOwnAccount } from "@/lib/own-account";
import { perform } from "@/lib/perform";
import { shopperActor } from "@/lib/staff";

const profile = shopperAction(ProfileInput, async (shopper, input) => succeed(await perform(shopperActor(shopper), (ctx) => saveProfile(ctx, input))));
const password = shopperAction(PasswordChangeInput, async (shopper, input) => changeOwnPassword(shopper, input, await requestDevice()));
const email = shopperAction(EmailChangeInput, async (shopper, input) => changeOwnEmail(shopper, input, await requestAddress()));
const erasure = shopperAction(ErasureInput, (shopper, { current }) => eraseOwnAccount(shopper, current));

/** Saves name and birthday. */
export async function saveOwnProfile(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([profile(formFields(form)), getTranslations("account")]);
  if (!outcome.ok) return refusedState(atBirthday(outcome), form);
  refresh();
  return { status: "done", message: t("saved") };
}

/** The two things that can be wrong with a birthday that looks like one belong to its field. */
function atBirthday(refused: Parameters<typeof refusedState>[0]): Parameters<typeof refusedState>[0] {
  if (refused.code === "already_settled") return { ...refused, fields: { birthday: "birthday_set" } };
  if (refused.code === "invalid_input" && !refused.fields) return { ...refused, fields: { birthday: "field_out_of_range" } };
  return refused;
}

/** Changes the password; this device stays signed in, all others do not. */
export async function savePassword(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([password(formFields(form)), getTranslations("account")]);
  if (!outcome.ok) return refusedState(outcome, form);
  await enter(outcome.value);
  return { status: "done", message: t("passwordSaved") };
}

/** Sends a link to the new address; the reply is the same for every address. */
export async function saveEmail(_: FormState, form: FormData): Promise<FormState> {
  const fields = formFields(form);
  const [outcome, t] = await Promise.all([email(fields), getTranslations("account")]);
  if (!outcome.ok) return refusedState(outcome, form);
  sendMailSoon();
  return { status: "done", message: t("emailSent", { email: String(fields.email).trim() }) };
}

/** Forgets the person. There is nobody left to show a page to. */
export async function eraseAccount(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await erasure(formFields(form));
  if (!outcome.ok) {
    const refused = await refusedState(outcome, form);
    // The box has no place of its own for a sentence.
    return outcome.fields?.confirmed ? { ...refused, message: (await getTranslations("account"))("data.confirmFirst") } : refused;
  }
  await signOut();
  revalidatePath("/", "layout");
  redirect("/sign-in?done=erased" as Route);
}
