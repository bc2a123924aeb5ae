import { useLocale, useTranslations } from "next-intl";
import type { RiskRule } from "@/db/schema/control";
import { formatDay, formatPoints, type Locale } from "@/lib/i18n";

type EvidenceProps = { rule: RiskRule; evidence: Readonly<Record<string, unknown>> };

/** What a rule saw, as a sentence. The numbers were written down when it saw them. */
export function Evidence({ rule, evidence }: EvidenceProps) {
  const t = useTranslations("adminRisk.evidence");
  const locale = useLocale() as Locale;
  const number = (name: string): string => formatPoints(locale, Number(evidence[name] ?? 0));
  switch (rule) {
    case "velocity":
      return t(rule, { day: dayIn(locale, evidence.day), points: number("points"), limit: number("pointsPerDay") });
    case "shared_device":
      return Number(evidence.byAddress ?? 0) > 0
        ? t("shared_device_and_address", { accounts: number("accounts"), byAddress: number("byAddress"), limit: number("limit") })
        : t(rule, { accounts: number("accounts"), limit: number("limit") });
    case "refund_ratio":
      return t(rule, { orders: number("orders"), takenBack: number("takenBack"), percent: number("percent"), limit: number("limit") });
    case "new_account_burst":
      return t(rule, { orders: number("orders"), hours: number("hours"), limit: number("limit") });
    case "coupon_guessing":
      return t(rule, { times: number("times"), limit: number("limit") });
  }
}

const dayIn = (locale: Locale, day: unknown): string => (typeof day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(day) ? formatDay(locale, day) : "");
