"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { staffAction, staffCommand } from "@/lib/act";
import { currentTime } from "@/lib/clock";
import { emit } from "@/lib/events/commands";
import { isJobName, runJob, type Run } from "@/lib/jobs";
import { retryEvent, type Retried } from "@/lib/jobs/dispatch-events";
import { findTroubledEvent } from "@/lib/jobs/queries";
import { RetryEventInput, RunJobInput } from "@/lib/jobs/schema";
import { retryMail } from "@/lib/notifications/outbox/commands";
import { RetryMailInput } from "@/lib/notifications/schema";
import { succeed } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { Refusal } from "@/lib/refusal";
import { staffActor } from "@/lib/staff";

const start = staffAction("operations.run", RunJobInput, async (staff, { job }) => {
  if (!isJobName(job)) throw new Refusal("not_found");
  await perform(staffActor(staff), (ctx) => emit(ctx, { name: "job.run", subject: { type: "job", id: job }, data: {} }));
  // Why it failed is in its history, where whoever looks into it goes next.
  return succeed(await runJob(job).catch(() => null));
});

const retry = staffAction("operations.run", RetryEventInput, async (staff, { id }) => {
  const event = await findTroubledEvent(id);
  if (!event) return succeed<Retried>({ outcome: "already" });
  const retried = await retryEvent(event, currentTime());
  await perform(staffActor(staff), (ctx) => emit(ctx, { name: "event.retried", subject: { type: "event", id: String(id) }, data: { event: event.name, done: retried.outcome !== "failed" } }));
  return succeed(retried);
});

const sendAgain = staffCommand("retry-mail", "operations.run", RetryMailInput, retryMail);

export async function runJobForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([start(formFields(form)), getTranslations("adminOperations.run")]);
  if (!outcome.ok) return refusedState(outcome);
  refresh();
  const run: Run | null = outcome.value;
  if (run === null) return { status: "refused", message: t("failed") };
  if (run.status === "already_running") return { status: "refused", message: t("alreadyRunning") };
  return { status: "done", message: t(run.report.finished === 0 ? "partly" : "done") };
}

export async function retryEventForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([retry(formFields(form)), getTranslations("adminOperations.events")]);
  if (!outcome.ok) return refusedState(outcome);
  refresh();
  if (outcome.value.outcome === "failed") return { status: "refused", message: t("failedAgain", { reason: outcome.value.reason }) };
  return { status: "done", message: t(outcome.value.outcome) };
}

/** The button of a line sends that one; the button under the list sends those that are ticked. */
export async function retryMailForm(_: FormState, form: FormData): Promise<FormState> {
  const only = form.get("only");
  const ids = typeof only === "string" ? [only] : form.getAll("id").filter((id) => typeof id === "string");
  const t = await getTranslations("adminOperations.mail");
  const outcome = await sendAgain({ requestId: String(form.get("requestId")), ids });
  if (!outcome.ok) return outcome.code === "invalid_input" && ids.length === 0 ? { status: "refused", message: t("noneChosen") } : refusedState(outcome);
  refresh();
  const { again, left } = outcome.value;
  return again === 0 ? { status: "refused", message: t("noneAgain", { left }) } : { status: "done", message: t("again", { again, left }) };
}
