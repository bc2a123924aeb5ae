"use server";

import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { FactorChangeInput, OwnSessionInput } from "@/lib/accounts/schema";
import { endOtherSessions, endOwnSession } from "@/lib/accounts/sessions/commands";
import { shopperAction } from "@/lib/act";
import { currentSession } from "@/lib/auth";
import { succeed } from "@/lib/outcome";
import { removeOwnFactor, renewOwnCodes, replaceOwnFactor } from "@/lib/own-second-factor";
import { perform } from "@/lib/perform";
import { refuse } from "@/lib/refusal";
import { shopperActor } from "@/lib/staff";

const endOne = shopperAction(OwnSessionInput, async (shopper, { id }) => succeed(await perform(shopperActor(shopper), (ctx) => endOwnSession(ctx, Buffer.from(id, "hex")))));
const endOthers = shopperAction(z.object({}), async (shopper) => {
  const session = await currentSession();
  return session ? succeed(await perform(shopperActor(shopper), (ctx) => endOtherSessions(ctx, session))) : refuse("not_signed_in");
});
const remove = shopperAction(FactorChangeInput, removeOwnFactor);
const renew = shopperAction(FactorChangeInput, renewOwnCodes);
const replace = shopperAction(FactorChangeInput, async (shopper, input) => {
  const session = await currentSession();
  return session ? replaceOwnFactor(shopper, session, input) : refuse("not_signed_in");
});

export async function endOneForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([endOne({ id: formFields(form).id }), getTranslations("account.devices")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("ended") };
}

export async function endOthersForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([endOthers({}), getTranslations("account.devices")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("othersEnded", { count: outcome.value.ended }) };
}

/** Switches the second factor off, makes other recovery codes, or begins with another authenticator, by the button that was pressed. */
export async function changeFactorForm(_: FormState, form: FormData): Promise<FormState> {
  const { current, code, intent } = formFields(form);
  if (intent === "renew") return renewCodes({ current, code }, form);
  const [outcome, t] = await Promise.all([(intent === "remove" ? remove : replace)({ current, code }), getTranslations("account.factor")]);
  if (!outcome.ok) return refusedState(outcome, form);
  if (intent !== "remove") redirect("/second-factor?next=%2Fprofile%2Fsecurity" as Route);
  refresh();
  return { status: "done", message: t("removed") };
}

/** The codes travel in the answer: they are kept nowhere. */
async function renewCodes(input: { current?: string; code?: string }, form: FormData): Promise<FormState> {
  const outcome = await renew(input);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", values: { codes: outcome.value.codes.join("\n") } };
}
