"use server";

import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { db } from "@/db/client";
import { staffAction } from "@/lib/act";
import { limit } from "@/lib/limits";
import { mailWay } from "@/lib/mail";
import { succeed } from "@/lib/outcome";
import { TryOutInput } from "@/lib/settings/schema";
import { getPolicy } from "@/lib/settings/queries";
import { tryMail, tryStorage } from "@/lib/try-out";

const sendTest = staffAction("settings.write", TryOutInput, async (staff) => {
  await limit("service-test", staff.id);
  return succeed(await tryMail(staff, await getPolicy(db())));
});

const writeTest = staffAction("settings.write", TryOutInput, async (staff) => {
  await limit("service-test", staff.id);
  return succeed(await tryStorage());
});

export async function sendTestMailForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([sendTest(formFields(form)), getTranslations("adminOperations.mailService")]);
  if (!outcome.ok) return refusedState(outcome);
  if (outcome.value === null) return { status: "refused", message: t(mailWay() === "sink" ? "sinkOnly" : "noServer") };
  const { isOk, answer } = outcome.value;
  return isOk ? { status: "done", message: t("sent", { answer }) } : { status: "refused", message: t("notSent", { answer }) };
}

export async function testWriteForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([writeTest(formFields(form)), getTranslations("adminOperations.storageService")]);
  if (!outcome.ok) return refusedState(outcome);
  const { step, answer } = outcome.value;
  return step === "done" ? { status: "done", message: t("passed") } : { status: "refused", message: t(`failed.${step}`, { answer: answer || t("noAnswer") }) };
}
