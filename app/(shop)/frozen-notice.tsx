import { useLocale, useTranslations } from "next-intl";
import type { Route } from "next";
import type { Reading } from "./reading";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { ruleOfReason } from "@/lib/accounts/frozen";
import { formatInstant, type Locale } from "@/lib/i18n";
import type { Balance } from "@/lib/points/queries";

type FrozenNoticeProps = { balance: Pick<Balance, "status" | "statusReason" | "frozenUntil">; reading: Pick<Reading, "policy">; className?: string; /** On the page to which it leads elsewhere. */ withoutLink?: boolean };

/** Why an account stands still, until when, and where its owner can say something to it. Nothing for everybody else. */
export function FrozenNotice({ balance: { status, statusReason, frozenUntil }, reading: { policy }, className, withoutLink = false }: FrozenNoticeProps) {
  const t = useTranslations("appeal");
  const locale = useLocale() as Locale;
  if (status !== "frozen") return null;
  const rule = ruleOfReason(statusReason);
  return (
    <Notice tone="danger" className={className}>
      <p className="font-semibold">{t("frozen")}</p>
      {statusReason && <p className="mt-0.5 break-words">{t("because", { reason: rule ? t(`rules.${rule}`) : statusReason })}</p>}
      <p className="mt-0.5">{frozenUntil ? t("until", { at: formatInstant(locale, frozenUntil, policy.timeZone) }) : t("noEnd")}</p>
      <p className="mt-0.5">{t("can")}</p>
      {!withoutLink && <ButtonLink href={"/appeal" as Route} size="filter" className="mt-2">{t("toAppeal")}</ButtonLink>}
    </Notice>
  );
}
