import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { redirect } from "next/navigation";
import { join, sendAgain } from "../actions";
import { MailForm } from "../mail-form";
import { mailWords } from "../mail-words";
import { nextPath } from "../next-path";
import { readParams, type SearchParams } from "@/app/(shop)/reading";
import { PageHeader } from "@/components/page-header";
import { LINK_MINUTES } from "@/lib/accounts/link";
import { currentShopper } from "@/lib/auth";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signUp"), robots: { index: false } };
}

export default async function SignUpPage({ searchParams }: { searchParams: SearchParams }) {
  const [{ next }, shopper, t, words] = await Promise.all([readParams(searchParams, "next"), currentShopper(), getTranslations("auth"), mailWords(LINK_MINUTES.verify_email)]);
  if (shopper) redirect(nextPath(next));
  return (
    <>
      <PageHeader title={t("signUp")} lead={t("signUpLead")} />
      <MailForm
        action={join} again={sendAgain} hidden={next ? { next } : {}} submit={t("signUp")} words={words}
        fields={[
          { name: "username", label: t("username"), autoComplete: "nickname", required: true, maxLength: 50, hint: t("usernameHint") },
          { name: "email", label: t("email"), type: "email", autoComplete: "username", required: true, maxLength: 254, spellCheck: false },
          { name: "password", label: t("password"), type: "password", autoComplete: "new-password", required: true, maxLength: 200, hint: t("passwordHint") },
        ]}
      />
      <p className="mt-6 text-center text-dense text-muted">
        {t("hasAccount")} <Link href={(next ? `/sign-in?next=${encodeURIComponent(next)}` : "/sign-in") as Route} className="inline-flex min-h-6 items-center font-medium text-primary underline underline-offset-3">{t("signIn")}</Link>
      </p>
    </>
  );
}
