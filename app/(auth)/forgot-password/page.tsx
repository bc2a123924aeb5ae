import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { askForReset } from "../actions";
import { MailForm } from "../mail-form";
import { mailWords } from "../mail-words";
import { PageHeader } from "@/components/page-header";
import { Notice } from "@/components/ui/notice";
import { LINK_MINUTES } from "@/lib/accounts/link";
import { mailIsConfigured } from "@/lib/mail";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("reset.askTitle"), robots: { index: false } };
}

export default async function ForgotPasswordPage() {
  const [t, words] = await Promise.all([getTranslations("auth"), mailWords(LINK_MINUTES.reset_password)]);
  return (
    <>
      <PageHeader title={t("reset.askTitle")} lead={t("reset.askLead")} back={{ href: "/sign-in", label: t("signIn") }} />
      {mailIsConfigured() ? (
        <MailForm
          action={askForReset} again={askForReset} submit={t("reset.ask")} words={words}
          fields={[{ name: "email", label: t("email"), type: "email", autoComplete: "username", required: true, maxLength: 254, spellCheck: false }]}
        />
      ) : (
        <Notice tone="warning">{t("noMail")}</Notice>
      )}
    </>
  );
}
