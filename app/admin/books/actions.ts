"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { staffAction, staffCommand } from "@/lib/act";
import { clearHolds } from "@/lib/audit/commands";
import { CheckInput, ClearInput } from "@/lib/audit/schema";
import { currentTime } from "@/lib/clock";
import { reconcileLedger } from "@/lib/jobs/reconcile-ledger";
import { succeed } from "@/lib/outcome";

/** A request is not kept waiting longer; what is left the next check goes on with. */
const CHECK_MS = 40_000;

const run = staffAction("operations.run", CheckInput, async () => succeed(await reconcileLedger(currentTime(), Date.now() + CHECK_MS)));
const clear = staffCommand("clear-holds", "books.clear", ClearInput, clearHolds);

export async function runCheckForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([run(formFields(form)), getTranslations("adminBooks")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  const check = outcome.value;
  if (!check) return { status: "done", message: t("done.alreadyRunning") };
  if (check.next !== null) return { status: "done", message: t("done.partly", { checked: check.checked }) };
  return { status: "done", message: check.broken === 0 ? t("done.clean", { checked: check.checked }) : t("done.broken", { broken: check.broken }) };
}

export async function clearForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([clear(formFields(form)), getTranslations("adminBooks")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("done.cleared") };
}
