"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { staffAction } from "@/lib/act";
import { CheckInput } from "@/lib/audit/schema";
import { currentTime } from "@/lib/clock";
import { checkSome } from "@/lib/jobs/seal-audit";
import { succeed } from "@/lib/outcome";
import { staffActor } from "@/lib/staff";

/** A request is not kept waiting longer; the next check goes on where this one stopped. */
const CHECK_MS = 10_000;
const SEALS_MAX = 200;

const verify = staffAction("audit.read", CheckInput, async (staff) => succeed(await checkSome(staffActor(staff), SEALS_MAX, Date.now() + CHECK_MS, currentTime())));

export async function verifyForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([verify(formFields(form)), getTranslations("adminAudit.chain.done")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  const { seals, broken } = outcome.value;
  return { status: "done", message: broken ? t("broken") : seals === 0 ? t("nothing") : t("whole", { seals }) };
}
