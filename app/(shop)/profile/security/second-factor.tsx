import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { Section } from "../section";
import { changeFactorForm } from "./actions";
import { FactorForm } from "./factor-form";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { findOwnFactor } from "@/lib/accounts/second-factor/queries";
import type { Shopper } from "@/lib/auth";
import { formatInstant } from "@/lib/i18n";

/** Staff's second lock. Shoppers have none, and see nothing of it. */
export async function SecondFactor({ person, reading: { db, locale, policy } }: { person: Shopper; reading: Reading }) {
  if (!person.staff) return null;
  const [t, account, auth, common, factor] = await Promise.all([getTranslations("account.factor"), getTranslations("account"), getTranslations("auth.factor"), getTranslations("common"), findOwnFactor(db, person.id)]);
  if (factor.state !== "on") {
    return (
      <Section title={t("title")} lead={t("lead")}>
        <Notice tone="warning" className="mb-4">{t("off")}</Notice>
        <ButtonLink href={"/second-factor?next=%2Fprofile%2Fsecurity" as Route} look="primary">{t("setUp")}</ButtonLink>
      </Section>
    );
  }
  const isRequired = policy.secondFactor === "required";
  return (
    <Section title={t("title")} lead={t("lead")}>
      <p className="mb-4 text-body">{t("on", { at: formatInstant(locale, factor.since, policy.timeZone), left: factor.recoveryLeft })}</p>
      <details className="group">
        <summary className="inline-flex min-h-11 items-center font-medium text-primary">{t("change")}</summary>
        <div className="pt-3">
          <FactorForm
            action={changeFactorForm} isRequired={isRequired}
            words={{
              current: account("current"), code: t("code"), codeHint: t("codeHint"), replace: t("replace"), renew: t("renew"), remove: t("remove"), required: t("required"), pending: common("pending"),
              codesTitle: auth("codesTitle"), codesLead: auth("codesLead"), codesCopy: auth("codesCopy"), copied: auth("copied"), codesDone: auth("codesDone"),
            }}
          />
        </div>
      </details>
    </Section>
  );
}
