"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { shopperAction } from "@/lib/act";
import { limit } from "@/lib/limits";
import { succeed } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { once, requestKey } from "@/lib/request-key";
import { writeAppeal } from "@/lib/risk/appeals/commands";
import { AppealInput } from "@/lib/risk/schema";
import { shopperActor } from "@/lib/staff";

const write = shopperAction(AppealInput, async (shopper, { requestId, body }) => {
  await limit("appeal", shopper.id);
  return succeed(await perform(shopperActor(shopper), (ctx) => once(ctx, requestKey(requestId, "write-appeal", { body }), () => writeAppeal(ctx, { body }))));
});

/** Sends an appeal. Whatever the answer, the page shows how the account stands now. */
export async function writeAppealForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([write(formFields(form)), getTranslations("appeal")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("sent") };
}
