"use server";

import { getTranslations } from "next-intl/server";
import { refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { shopperAction } from "@/lib/act";
import { setPreferences } from "@/lib/notifications/commands";
import { isMailed, type Preference } from "@/lib/notifications/notice";
import { ADJUSTABLE_KINDS, PreferencesInput } from "@/lib/notifications/schema";
import { succeed } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { shopperActor } from "@/lib/staff";

const choose = shopperAction(PreferencesInput, async (shopper, input) => succeed(await perform(shopperActor(shopper), (ctx) => setPreferences(ctx, input))));

/** A box that is not ticked is not sent: so each kind that was shown names itself, and what it does not send is off. */
export async function savePreferences(_: FormState, form: FormData): Promise<FormState> {
  const shown = new Set(form.getAll("kind"));
  const preferences = Object.fromEntries(ADJUSTABLE_KINDS.filter((kind) => shown.has(kind)).map((kind): [string, Preference] => [
    kind, { inApp: form.has(`${kind}.inApp`), byMail: isMailed(kind) && form.has(`${kind}.byMail`) },
  ]));
  const outcome = await choose({ preferences });
  if (!outcome.ok) return refusedState(outcome);
  return { status: "done", message: (await getTranslations("notifications.preferences"))("saved") };
}
