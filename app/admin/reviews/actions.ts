"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { staffCommand } from "@/lib/act";
import { moderateReview } from "@/lib/reviews/commands";
import { ModerationInput } from "@/lib/reviews/schema";

const moderate = staffCommand("moderate-review", "reviews.moderate", ModerationInput, moderateReview);

/** Shows a review or turns it down. Whatever the answer, the page shows the review as it is now. */
export async function moderateReviewForm(_: FormState, form: FormData): Promise<FormState> {
  const fields = formFields(form);
  const [outcome, t] = await Promise.all([moderate(fields), getTranslations("adminReviews")]);
  refresh();
  if (!outcome.ok) return refusedState(outcome, form);
  const { points } = outcome.value;
  const message = fields.verdict === "rejected" ? t("rejected") : points > 0 ? t("approved", { points }) : t("approvedPlain");
  return { status: "done", message };
}
