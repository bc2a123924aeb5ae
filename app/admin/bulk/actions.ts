"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { runSoon } from "./run-soon";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { FormState } from "@/components/ui/form-state";
import { db } from "@/db/client";
import { staffAction, staffCommand } from "@/lib/act";
import { askForRun, stopRun } from "@/lib/bulk/commands";
import { BULK_AT_ONCE, mayRun, OPERATIONS } from "@/lib/bulk/operation";
import { findRun, measure } from "@/lib/bulk/queries";
import { BulkInput, StopRunInput } from "@/lib/bulk/schema";
import { currentTime } from "@/lib/clock";
import { workOff } from "@/lib/jobs/run-bulk";
import { succeed } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { Refusal } from "@/lib/refusal";
import { once, requestKey } from "@/lib/request-key";
import { getPolicy } from "@/lib/settings/queries";
import { staffActor } from "@/lib/staff";

/** Somebody waits for a short run. What is left after this long is the job's. */
const WAIT_MS = 20_000;

/** Each operation has a permission of its own; which one it is, the input says. */
const ask = staffAction(null, BulkInput, async (staff, { requestId, operation, scope, ids, query, ...params }) => {
  if (!mayRun(staff.permissions, operation)) throw new Refusal("forbidden");
  const { list } = OPERATIONS[operation];
  const { total, upTo } = scope === "chosen" ? { total: ids.length, upTo: ids.at(-1) ?? 0 } : await measure(db(), list, query, await getPolicy(db()));
  const run = { operation, params: { ...params, upTo }, selection: scope === "chosen" ? { ids } : { query }, total };
  const body = { ...params, scope, ids, query };
  const { runId } = await perform(staffActor(staff), (ctx) => once(ctx, requestKey(requestId, `bulk:${operation}`, body), () => askForRun(ctx, run)));
  if (total > BULK_AT_ONCE) return succeed({ runId, isLong: true });
  const now = currentTime();
  await workOff(runId, now, Date.now() + WAIT_MS);
  return succeed({ runId, isLong: false });
});

const stop = staffCommand("stop-bulk-run", null, StopRunInput, stopRun);

/** A short run is done with the answer; one that is long, or could not do every row, has a page that says so. */
export async function runBulkForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([ask(formFields(form)), getTranslations("adminBulk")]);
  if (!outcome.ok) return refusedState(outcome, form);
  const { runId, isLong } = outcome.value;
  if (isLong) runSoon();
  const run = await findRun(db(), runId);
  if (isLong || run?.status !== "done" || run.failed > 0) redirect(hrefWith(`/admin/bulk/${runId}`));
  refresh();
  return { status: "done", message: t("doneAll", { done: run.done }) };
}

export async function stopRunForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([stop(formFields(form)), getTranslations("adminBulk")]);
  if (!outcome.ok) return refusedState(outcome, form);
  refresh();
  return { status: "done", message: t("stopped") };
}
