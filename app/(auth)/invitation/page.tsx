import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { TO_OURSELVES } from "../referrer";
import { acceptForm, joinForm } from "./actions";
import { leave } from "@/app/account";
import { readParams, startReading, type SearchParams } from "@/app/(shop)/reading";
import { inLanguage } from "@/app/(shop)/views";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { PlainForm } from "@/components/ui/plain-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { invitationPath } from "@/lib/accounts/link";
import type { Invitation } from "@/lib/accounts/team/queries";
import { currentShopper, type Shopper } from "@/lib/auth";
import { lookAtInvitation } from "@/lib/invitations";

export async function generateMetadata(): Promise<Metadata> {
  const [t, { policy, locale }] = await Promise.all([getTranslations("auth"), startReading()]);
  return { title: t("invitation.title", { shop: inLanguage(locale, policy.shopName, policy.shopNameEn) }), robots: { index: false }, referrer: TO_OURSELVES };
}

/** Where the mail of an invitation leads. Opening it changes nothing; the button does. */
export default async function InvitationPage({ searchParams }: { searchParams: SearchParams }) {
  const [{ token }, shopper, t, roles, { policy, locale }] = await Promise.all([
    readParams(searchParams, "token"), currentShopper(), getTranslations("auth"), getTranslations("adminAccess.roleNames"), startReading(),
  ]);
  const title = t("invitation.title", { shop: inLanguage(locale, policy.shopName, policy.shopNameEn) });
  const invitation = await lookAtInvitation(token);
  if (!invitation) {
    return (
      <>
        <PageHeader title={title} />
        <Notice tone="warning" role="status" className="mb-4">{t("invitation.dead")}</Notice>
        <ButtonLink href={"/" as Route} look="primary" size="cta" wide>{t("invitation.toShop")}</ButtonLink>
      </>
    );
  }
  const { builtIn, name, invitedBy, email } = invitation;
  return (
    <>
      <PageHeader title={title} lead={t("invitation.lead", { name: invitedBy, email, role: builtIn ? roles(builtIn) : name })} />
      {shopper ? <SignedIn shopper={shopper} invitation={invitation} token={token} /> : invitation.isKnown ? <SignInFirst email={email} token={token} /> : <Join token={token} />}
    </>
  );
}

async function SignedIn({ shopper, invitation, token }: { shopper: Shopper; invitation: Invitation; token: string }) {
  const [t, tCommon] = await Promise.all([getTranslations("auth"), getTranslations("common")]);
  if (shopper.email !== invitation.email) {
    return (
      <>
        <Notice tone="warning" className="mb-4">{t("invitation.wrongAccount", { email: invitation.email, own: shopper.email })}</Notice>
        <form action={leave}><SubmitButton size="cta" wide pendingLabel={tCommon("pending")}>{t("invitation.signOut")}</SubmitButton></form>
      </>
    );
  }
  if (shopper.staff) {
    return (
      <>
        <Notice className="mb-4">{t("invitation.already")}</Notice>
        <ButtonLink href={"/admin" as Route} look="primary" size="cta" wide>{t("invitation.toAdmin")}</ButtonLink>
      </>
    );
  }
  return (
    <PlainForm action={acceptForm} fields={[]} hidden={{ token }} submit={t("invitation.accept")} pending={tCommon("pending")}>
      <p className="text-dense text-muted">{t("invitation.acceptHint")}</p>
    </PlainForm>
  );
}

async function SignInFirst({ email, token }: { email: string; token: string }) {
  const t = await getTranslations("auth");
  return (
    <>
      <Notice className="mb-4">{t("invitation.known", { email })}</Notice>
      <ButtonLink href={`/sign-in?next=${encodeURIComponent(invitationPath(token))}` as Route} look="primary" size="cta" wide>{t("invitation.signIn")}</ButtonLink>
    </>
  );
}

async function Join({ token }: { token: string }) {
  const [t, tCommon] = await Promise.all([getTranslations("auth"), getTranslations("common")]);
  return (
    <PlainForm
      action={joinForm} hidden={{ token }} submit={t("invitation.join")} pending={tCommon("pending")}
      fields={[
        { name: "username", label: t("invitation.username"), autoComplete: "name", required: true, maxLength: 50, hint: t("usernameHint") },
        { name: "password", label: t("invitation.password"), type: "password", autoComplete: "new-password", required: true, maxLength: 200, hint: t("passwordHint") },
      ]}
    />
  );
}
