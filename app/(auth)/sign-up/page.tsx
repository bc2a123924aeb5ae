import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { redirect } from "next/navigation";
import { join } from "../actions";
import { nextPath } from "../next-path";
import { readParams, type SearchParams } from "@/app/(shop)/reading";
import { PageHeader } from "@/components/page-header";
import { PlainForm } from "@/components/ui/plain-form";
import { currentShopper } from "@/lib/auth";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signUp"), robots: { index: false } };
}

export default async function SignUpPage({ searchParams }: { searchParams: SearchParams }) {
  const [{ next }, shopper, t, tCommon] = await Promise.all([readParams(searchParams, "next"), currentShopper(), getTranslations("auth"), getTranslations("common")]);
  if (shopper) redirect(nextPath(next));
  return (
    <>
      <PageHeader title={t("signUp")} lead={t("signUpLead")} />
      <PlainForm
        action={join} hidden={next ? { next } : {}} submit={t("signUp")} pending={tCommon("pending")}
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
