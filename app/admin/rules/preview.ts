import "server-only";

import type { RulePreview } from "@/components/admin/rule-draft";
import type { Db } from "@/db/client";
import type { Locale } from "@/lib/i18n";
import type { Judged } from "@/lib/rules/conflicts";
import { ruleSentence } from "@/lib/rules/sentence";
import { getRuleNames, listWarnings } from "@/lib/rules/staff-queries";
import type { Policy } from "@/lib/settings/policy";
import { readWarningWords } from "./warning-words";

/** A rule as a sentence, with what is doubtful about it. */
export async function readPreview(db: Db, rule: Judged, { locale, policy, now }: { locale: Locale; policy: Policy; now: Date }): Promise<RulePreview> {
  const [names, warnings, say] = await Promise.all([getRuleNames(db, locale, policy), listWarnings(db, rule, now, policy), readWarningWords()]);
  return { sentence: ruleSentence(rule, locale, names), warnings: warnings.map(say) };
}
