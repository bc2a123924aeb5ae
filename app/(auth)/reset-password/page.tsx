import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { choosePassword } from "../actions";
import { TO_OURSELVES } from "../referrer";
import { readParams, type SearchParams } from "@/app/(shop)/reading";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { PlainForm } from "@/components/ui/plain-form";
import { db } from "@/db/client";
import { findLink } from "@/lib/accounts/links/queries";
import { currentTime } from "@/lib/clock";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("reset.title"), robots: { index: false }, referrer: TO_OURSELVES };
}

export default async function ResetPasswordPage({ searchParams }: { searchParams: SearchParams }) {
  const [{ token }, t, tCommon] = await Promise.all([readParams(searchParams, "token"), getTranslations("auth"), getTranslations("common")]);
  const link = await findLink(db(), token, "reset_password", currentTime());
  if (!link) {
    return (
      <>
        <PageHeader title={t("reset.title")} />
        <Notice tone="warning" role="status" className="mb-4">{t("reset.dead")}</Notice>
        <ButtonLink href={"/forgot-password" as Route} look="primary" size="cta" wide>{t("reset.askAnew")}</ButtonLink>
      </>
    );
  }
  return (
    <>
      <PageHeader title={t("reset.title")} lead={t("reset.lead", { email: link.email })} />
      <PlainForm
        action={choosePassword} hidden={{ token }} submit={t("reset.submit")} pending={tCommon("pending")}
        fields={[{ name: "password", label: t("reset.password"), type: "password", autoComplete: "new-password", required: true, maxLength: 200, hint: t("passwordHint") }]}
      />
    </>
  );
}
