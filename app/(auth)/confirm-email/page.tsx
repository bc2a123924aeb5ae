import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { confirmEmail } from "../actions";
import { TO_OURSELVES } from "../referrer";
import { readParams, type SearchParams } from "@/app/(shop)/reading";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { PlainForm } from "@/components/ui/plain-form";
import { db } from "@/db/client";
import { findLink } from "@/lib/accounts/links/queries";
import { currentShopper } from "@/lib/auth";
import { currentTime } from "@/lib/clock";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("confirm.title"), robots: { index: false }, referrer: TO_OURSELVES };
}

/** Where the mail to a new address leads. Opening it changes nothing; the button does. */
export default async function ConfirmEmailPage({ searchParams }: { searchParams: SearchParams }) {
  const [{ token }, shopper, t, tCommon] = await Promise.all([readParams(searchParams, "token"), currentShopper(), getTranslations("auth"), getTranslations("common")]);
  const link = await findLink(db(), token, "change_email", currentTime());
  if (!link || (shopper && shopper.id !== link.userId)) {
    return (
      <>
        <PageHeader title={t("confirm.title")} />
        <Notice tone="warning" role="status" className="mb-4">{t("confirm.dead")}</Notice>
        <ButtonLink href={"/profile/account" as Route} look="primary" size="cta" wide>{t("confirm.askAnew")}</ButtonLink>
      </>
    );
  }
  return (
    <>
      <PageHeader title={t("confirm.title")} lead={t("confirm.lead", { email: link.email })} />
      <PlainForm action={confirmEmail} fields={[]} hidden={{ token }} submit={t("confirm.submit")} pending={tCommon("pending")} />
    </>
  );
}
