"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { catalogChanged } from "@/app/catalog-cache";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { FormState } from "@/components/ui/form-state";
import { staffCommand, type Outcome } from "@/lib/act";
import { saveLevel } from "@/lib/levels/commands";
import type { LadderConflict } from "@/lib/levels/level";
import { LevelInput } from "@/lib/levels/schema";

const save = staffCommand("save-level", "programme.write", LevelInput, saveLevel);

/** Makes a level and goes back to the ladder. */
export async function createLevelForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await save(levelFrom(form));
  if (!outcome.ok) return refused(outcome);
  await catalogChanged();
  redirect(hrefWith("/admin/levels", { created: 1 }));
}

export async function saveLevelForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([save(levelFrom(form)), getTranslations("admin.words")]);
  if (!outcome.ok) return refused(outcome);
  await catalogChanged();
  refresh();
  return { status: "done", message: t("saved") };
}

function levelFrom(form: FormData): Record<string, unknown> {
  const { levelId, status, ...fields } = formFields(form);
  return { ...fields, id: levelId || undefined, isActive: status === "on" };
}

const fieldOf: Record<LadderConflict, "rank" | "threshold"> = { rank_taken: "rank", threshold_order: "threshold", first_threshold: "threshold" };

/** What is wrong with the ladder is said at the field that is out of place. */
async function refused(outcome: Extract<Outcome<unknown>, { ok: false }>): Promise<FormState> {
  const reason = outcome.code === "rule_conflict" ? (outcome.detail.reason as LadderConflict) : null;
  if (!reason) return refusedState(outcome);
  const t = await getTranslations("adminLevels.conflicts");
  return { status: "refused", code: outcome.code, fields: { [fieldOf[reason]]: t(reason) } };
}
