"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import type { FormState } from "@/components/ui/form-state";
import { shopperCommand } from "@/lib/act";
import { writeReview } from "@/lib/reviews/commands";
import { ReviewInput } from "@/lib/reviews/schema";

const writeOnce = shopperCommand("write-review", ReviewInput, writeReview);

/** Sends a review to the shop. What is there instead of the form afterwards is the review. */
export async function sendReview(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([writeOnce(formFields(form)), getTranslations("reviews.order")]);
  if (!outcome.ok) return refusedState(outcome, form);
  revalidatePath("/", "layout");
  return { status: "done", message: t("done") };
}
