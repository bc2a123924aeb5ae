import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { redirect } from "next/navigation";
import { enter } from "../actions";
import { nextPath } from "../next-path";
import { readParams, type SearchParams } from "@/app/(shop)/reading";
import { PageHeader } from "@/components/page-header";
import { PlainForm } from "@/components/ui/plain-form";
import { currentShopper } from "@/lib/auth";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signIn"), robots: { index: false } };
}

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const [{ next }, shopper, t, tCommon] = await Promise.all([readParams(searchParams, "next"), currentShopper(), getTranslations("auth"), getTranslations("common")]);
  if (shopper) redirect(nextPath(next));
  return (
    <>
      <PageHeader title={t("signIn")} lead={t("signInLead")} />
      <PlainForm
        action={enter} hidden={next ? { next } : {}} submit={t("signIn")} pending={tCommon("pending")}
        fields={[
          { name: "email", label: t("email"), type: "email", autoComplete: "username", required: true, maxLength: 254, spellCheck: false },
          { name: "password", label: t("password"), type: "password", autoComplete: "current-password", required: true, maxLength: 200 },
        ]}
      />
      <p className="mt-6 text-center text-dense text-muted">
        {t("noAccount")} <Link href={(next ? `/sign-up?next=${encodeURIComponent(next)}` : "/sign-up") as Route} className="inline-flex min-h-6 items-center font-medium text-primary underline underline-offset-3">{t("signUp")}</Link>
      </p>
    </>
  );
}
