import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { redirect } from "next/navigation";
import { enter, sendAgain } from "../actions";
import { mailWords } from "../mail-words";
import { nextPath } from "../next-path";
import { SignInForm } from "./sign-in-form";
import { readParams, type SearchParams } from "@/app/(shop)/reading";
import { PageHeader } from "@/components/page-header";
import { Notice } from "@/components/ui/notice";
import { LINK_MINUTES } from "@/lib/accounts/link";
import { currentShopper } from "@/lib/auth";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signIn"), robots: { index: false } };
}

/** What was done just before, and led here. */
const DONE = ["password", "email", "erased"] as const;

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const [{ next, done }, shopper, t, tCommon, mail] = await Promise.all([
    readParams(searchParams, "next", "done"), currentShopper(), getTranslations("auth"), getTranslations("common"), mailWords(LINK_MINUTES.verify_email),
  ]);
  if (shopper) redirect(nextPath(next));
  const isDone = DONE.find((name) => name === done);
  return (
    <>
      <PageHeader title={t("signIn")} lead={t("signInLead")} />
      {isDone && <Notice tone="success" role="status" className="mb-4">{t(`done.${isDone}`)}</Notice>}
      <SignInForm
        action={enter} again={sendAgain} hidden={next ? { next } : {}} mail={mail}
        words={{ email: t("email"), password: t("password"), signIn: t("signIn"), forgot: t("forgot"), pending: tCommon("pending"), again: t("sendAgain") }}
      />
      <p className="mt-6 text-center text-dense text-muted">
        {t("noAccount")} <Link href={(next ? `/sign-up?next=${encodeURIComponent(next)}` : "/sign-up") as Route} className="inline-flex min-h-6 items-center font-medium text-primary underline underline-offset-3">{t("signUp")}</Link>
      </p>
    </>
  );
}
