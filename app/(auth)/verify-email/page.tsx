import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { sendAgain, verify } from "../actions";
import { MailForm } from "../mail-form";
import { mailWords } from "../mail-words";
import { TO_OURSELVES } from "../referrer";
import { readParams, type SearchParams } from "@/app/(shop)/reading";
import { PageHeader } from "@/components/page-header";
import { Notice } from "@/components/ui/notice";
import { PlainForm } from "@/components/ui/plain-form";
import { db } from "@/db/client";
import { LINK_MINUTES } from "@/lib/accounts/link";
import { findLink } from "@/lib/accounts/links/queries";
import { currentTime } from "@/lib/clock";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("verify.title"), robots: { index: false }, referrer: TO_OURSELVES };
}

/** Opening the link changes nothing: programs that look through mail open it too. The button does. */
export default async function VerifyEmailPage({ searchParams }: { searchParams: SearchParams }) {
  const [{ token, next }, t, tCommon] = await Promise.all([readParams(searchParams, "token", "next"), getTranslations("auth"), getTranslations("common")]);
  const link = await findLink(db(), token, "verify_email", currentTime());
  if (!link) return <AskAgain isDead={token !== ""} next={next} />;
  return (
    <>
      <PageHeader title={t("verify.title")} lead={t("verify.lead", { email: link.email })} />
      <PlainForm action={verify} fields={[]} hidden={{ token, ...(next ? { next } : {}) }} submit={t("verify.submit")} pending={tCommon("pending")} />
    </>
  );
}

async function AskAgain({ isDead, next }: { isDead: boolean; next: string }) {
  const [t, words] = await Promise.all([getTranslations("auth"), mailWords(LINK_MINUTES.verify_email)]);
  return (
    <>
      <PageHeader title={t("verify.againTitle")} lead={t("verify.againLead")} />
      {isDead && <Notice tone="warning" role="status" className="mb-4">{t("verify.dead")}</Notice>}
      <MailForm
        action={sendAgain} again={sendAgain} hidden={next ? { next } : {}} submit={t("sendAgain")} words={words}
        fields={[{ name: "email", label: t("email"), type: "email", autoComplete: "username", required: true, maxLength: 254, spellCheck: false }]}
      />
    </>
  );
}
