import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { AccountStep } from "@/lib/accounts/staff-queries";
import { formatInstant } from "@/lib/i18n";
import type { RiskRule } from "@/db/schema/control";
import { ruleOfReason } from "@/lib/accounts/frozen";

type AccountHistoryProps = { history: readonly AccountStep[]; zone: string };

/** Who did what to the account, the latest first. */
export function AccountHistory({ history, zone }: AccountHistoryProps) {
  const t = useTranslations("admin.user");
  const locale = useLocale();
  return (
    <Card as="section" aria-labelledby="history-title">
      <h2 id="history-title" className="mb-1 text-section font-semibold">{t("history")}</h2>
      {history.length === 0 && <p className="py-3 text-dense text-muted">{t("noHistory")}</p>}
      <ol className="divide-y divide-border">
        {history.map((step) => (
          <li key={step.id} className="py-2.5 text-dense">
            <StepTitle step={step} />
            <p className="text-caption text-muted">
              <time dateTime={step.createdAt.toISOString()}>{formatInstant(locale, step.createdAt, zone)}</time>
              {step.actorName && <>{" · "}{t("by", { name: step.actorName })}</>}
            </p>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function StepTitle({ step: { name, data } }: { step: AccountStep }) {
  const t = useTranslations("admin.user");
  const roles = useTranslations("admin.roles");
  const risk = useTranslations("adminRisk.rules");
  const roleOf = (value: unknown) => (value === "shopper" || value === "staff" || value === "owner" ? roles(value) : "");
  switch (name) {
    case "account.registered":
      return <p className="font-medium">{t("steps.registered")}</p>;
    case "account.frozen":
      return <><p className="font-medium">{t("steps.frozen")}</p><p className="break-words">{reasonOf(data.reason, risk)}</p></>;
    case "account.unfrozen":
      return <p className="font-medium">{t("steps.unfrozen")}</p>;
    case "account.role_changed":
      return <p className="font-medium">{t("steps.roleChanged", { from: roleOf(data.from), to: roleOf(data.to) })}</p>;
    default:
      return <p className="font-medium">{t("steps.signedOut")}</p>;
  }
}

/** What a person wrote, or the rule that froze the account. */
function reasonOf(reason: unknown, t: (rule: RiskRule) => string): string {
  const rule = ruleOfReason(String(reason ?? ""));
  return rule ? t(rule) : String(reason ?? "");
}
