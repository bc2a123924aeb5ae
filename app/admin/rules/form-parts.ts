import "server-only";

import { getMessages, getTranslations } from "next-intl/server";
import type { RuleChoices, RuleFormDraft, RulePreview } from "@/components/admin/rule-draft";
import type { SimulatorProps } from "@/components/admin/rule-simulator";
import type { RuleWords } from "@/components/admin/rule-words";
import type { Db } from "@/db/client";
import { formatZone, type Locale } from "@/lib/i18n";
import type { RuleNames } from "@/lib/rules/sentence";
import { RuleDraft } from "@/lib/rules/schema";
import type { StaffRule } from "@/lib/rules/staff-queries";
import { wallTimeOf } from "@/lib/rules/window";
import type { Policy } from "@/lib/settings/policy";
import { previewRule, simulateRule } from "./actions";
import { readPreview } from "./preview";

type Reading = { db: Db; now: Date; policy: Policy; locale: Locale };

/** All that the editor needs beside the rule. */
export async function readFormParts(reading: Reading, names: RuleNames, first: RulePreview) {
  const [{ adminRules: words }, t] = await Promise.all([getMessages(), getTranslations("adminRules.simulator")]);
  const choices: RuleChoices = {
    categories: [...names.categories].map(([id, name]) => ({ id, name })), levels: names.levels, zone: formatZone(reading.locale, reading.policy.timeZone, reading.now),
  };
  const form: RuleWords = { ...words.form, actions: words.actions, warningsTitle: words.warningsTitle, noWarnings: words.noWarnings };
  const simulator: Omit<SimulatorProps, "form"> = { words: { ...words.simulator, costHint: t("costHint", { rate: reading.policy.pointsPerYuan }) }, action: simulateRule };
  return { choices, words: form, preview: { first, ask: previewRule }, simulator };
}

export const emptyRule = (): RuleFormDraft => ({
  actionType: "purchase", name: "", nameEn: "", status: "draft", priority: 0, startsAt: "", endsAt: "",
  definition: RuleDraft.shape.definition.parse({ effect: { kind: "per_yuan", points: 1 } }),
});

/** Only what the form edits goes to the browser. */
export const draftOf = ({ id, version, actionType, name, nameEn, status, priority, startsAt, endsAt, definition }: StaffRule, zone: string): RuleFormDraft => ({
  id, version, actionType, name, nameEn, status, priority, definition, startsAt: startsAt ? wallTimeOf(startsAt, zone) : "", endsAt: endsAt ? wallTimeOf(endsAt, zone) : "",
});

/** The preview of what the form begins with. */
export const firstPreview = (reading: Reading, rule: RuleFormDraft & { from: Date | null; until: Date | null }): Promise<RulePreview> =>
  readPreview(reading.db, { ...rule, id: rule.id ?? null, startsAt: rule.from, endsAt: rule.until }, reading);
