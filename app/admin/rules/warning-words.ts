import "server-only";

import { getLocale, getTranslations } from "next-intl/server";
import { inLanguage } from "../../(shop)/views";
import type { Warning } from "@/lib/rules/conflicts";

/** Warnings as sentences in the reader's language. */
export async function readWarningWords(): Promise<(warning: Warning) => string> {
  const [t, locale] = await Promise.all([getTranslations("adminRules.warnings"), getLocale()]);
  return (warning) => {
    switch (warning.kind) {
      case "same_priority":
      case "hidden":
        return t(warning.kind, { other: inLanguage(locale, warning.otherName, warning.otherNameEn) });
      case "budget_used_up":
        return t(warning.kind, { granted: warning.granted, budget: warning.budget });
      case "cap_too_small":
        return t(warning.kind, { cap: warning.cap, points: warning.points });
      case "loop":
        return t(warning.kind, { yuan: String(warning.yuan), points: warning.points });
      default:
        return t(warning.kind);
    }
  };
}
