import { useLocale, useTranslations } from "next-intl";
import { ruleOfReason } from "@/lib/accounts/frozen";
import { formatInstant, type Locale } from "@/lib/i18n";
import type { AccountState } from "@/lib/risk/staff-queries";

/** Frozen, and why and until when; held; or as usual. */
export function AccountNow({ account: { status, statusReason, frozenUntil, isHeld }, zone }: { account: AccountState; zone: string }) {
  const t = useTranslations("adminRisk");
  const locale = useLocale() as Locale;
  const rule = ruleOfReason(statusReason);
  return (
    <>
      {status === "frozen" && (
        <>
          <span className="font-medium break-words text-danger">{t("frozenNow", { reason: rule ? t(`rules.${rule}`) : (statusReason ?? "") })}</span>
          <span className="block text-caption text-muted">{frozenUntil ? t("frozenUntil", { at: formatInstant(locale, frozenUntil, zone) }) : t("noEnd")}</span>
        </>
      )}
      {isHeld && <span className="block font-medium text-warning">{t("heldNow")}</span>}
      {status !== "frozen" && !isHeld && t("activeNow")}
    </>
  );
}
