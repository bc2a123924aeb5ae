"use server";

import { getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import { formFields, refusedState } from "@/app/outcome";
import { idle, type FormState } from "@/components/ui/form-state";
import { shopperAction } from "@/lib/act";
import { checkIn } from "@/lib/checkin/lanes";
import { CheckInInput } from "@/lib/checkin/schema";
import { requestKey } from "@/lib/request-key";

const checkInShopper = shopperAction(CheckInInput, (shopper, { requestId }) =>
  checkIn({ userId: shopper.id, request: requestKey(requestId, "check-in", {}) }));

/** Today's check-in, once however often it is pressed. Answers with what it gave, said in the shopper's language. */
export async function checkInToday(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([checkInShopper(formFields(form)), getTranslations("checkIn")]);
  refresh();
  // Another tab was first: the page, read anew, says so better than an error would.
  if (!outcome.ok && outcome.code === "already_checked_in") return idle;
  if (!outcome.ok) return refusedState(outcome);
  return { status: "done", message: t("succeeded", { points: outcome.value.points, days: outcome.value.streakDays }) };
}
