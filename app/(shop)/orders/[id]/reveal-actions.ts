"use server";

import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { shopperAction } from "@/lib/act";
import { limit } from "@/lib/limits";
import { revealCode } from "@/lib/orders/codes/commands";
import { RevealInput } from "@/lib/orders/schema";
import { succeed } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { shopperActor } from "@/lib/staff";

// Without a request key: a look changes nothing when it is repeated, and a kept reply would keep the code where anybody who reads the table sees it.
const look = shopperAction(RevealInput, async (shopper, input) => {
  await limit("code-reveal", shopper.id);
  return succeed(await perform(shopperActor(shopper), (ctx) => revealCode(ctx, input)));
});

/** Shows its buyer one code. It is in this answer and in no page. */
export async function reveal(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await look(formFields(form));
  return outcome.ok ? { status: "done", values: { code: outcome.value.code } } : refusedState(outcome);
}
