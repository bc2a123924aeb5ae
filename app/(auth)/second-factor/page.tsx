import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { nextPath } from "../next-path";
import { beginForm, confirmForm, giveForm } from "./actions";
import { ConfirmForm } from "./confirm-form";
import { leave } from "@/app/account";
import { readParams, type SearchParams } from "@/app/(shop)/reading";
import { inLanguage } from "@/app/(shop)/views";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { PlainForm } from "@/components/ui/plain-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { db } from "@/db/client";
import { findOwnFactor } from "@/lib/accounts/second-factor/queries";
import { currentSession, requireShopper, type Staff } from "@/lib/auth";
import { authenticatorLink } from "@/lib/authenticator";
import { defaultLocale } from "@/lib/i18n";
import { qrPath } from "@/lib/qr";
import { getPolicy } from "@/lib/settings/queries";
import { asStaff, secondFactorLack } from "@/lib/staff";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("factor.title"), robots: { index: false } };
}

/** Where staff gives the second factor of this session, or sets one up. */
export default async function SecondFactorPage({ searchParams }: { searchParams: SearchParams }) {
  const { next } = await readParams(searchParams, "next");
  const onward = nextPath(next || "/admin");
  const staff = asStaff(await requireShopper(`/second-factor?next=${encodeURIComponent(onward)}`));
  if (!staff) notFound();
  const [policy, factor, t] = await Promise.all([getPolicy(db()), findOwnFactor(db(), staff.id, await currentSession()), getTranslations("auth")]);
  const lack = secondFactorLack(staff, policy);
  if (factor.state === "on") return lack === "code" ? <Give next={onward} /> : <IsOn next={onward} />;
  return (
    <>
      <PageHeader title={t("factor.title")} lead={lack === "enrolment" ? t("factor.enrolRequired") : t("factor.enrolLead")} />
      {factor.state === "begun" ? <Enrol staff={staff} secret={factor.secret} shop={inLanguage(defaultLocale, policy.shopName, policy.shopNameEn)} next={onward} /> : <Begin />}
      <OtherAccount />
    </>
  );
}

async function Give({ next }: { next: string }) {
  const [t, tCommon] = await Promise.all([getTranslations("auth"), getTranslations("common")]);
  return (
    <>
      <PageHeader title={t("factor.title")} lead={t("factor.giveLead")} />
      <PlainForm
        action={giveForm} hidden={{ next }} submit={t("factor.submit")} pending={tCommon("pending")}
        fields={[{ name: "code", label: t("factor.code"), hint: t("factor.codeHint"), autoComplete: "one-time-code", required: true, maxLength: 40, spellCheck: false }]}
      />
      <p className="mt-6 text-center text-dense text-muted">{t("factor.lost")}</p>
      <OtherAccount />
    </>
  );
}

async function IsOn({ next }: { next: ReturnType<typeof nextPath> }) {
  const t = await getTranslations("auth");
  return (
    <>
      <PageHeader title={t("factor.title")} />
      <Notice tone="success" role="status" className="mb-4">{t("factor.on")}</Notice>
      <ButtonLink href={next} look="primary" size="cta" wide>{t("factor.continue")}</ButtonLink>
    </>
  );
}

async function Begin() {
  const [t, tAccount, tCommon] = await Promise.all([getTranslations("auth"), getTranslations("account"), getTranslations("common")]);
  return (
    <PlainForm
      action={beginForm} submit={t("factor.begin")} pending={tCommon("pending")}
      fields={[{ name: "current", type: "password", label: tAccount("current"), autoComplete: "current-password", required: true, maxLength: 200 }]}
    />
  );
}

async function Enrol({ staff, secret, shop, next }: { staff: Staff; secret: string; shop: string; next: string }) {
  const [t, tCommon] = await Promise.all([getTranslations("auth"), getTranslations("common")]);
  const { size, path } = qrPath(authenticatorLink(shop, staff.email, secret));
  return (
    <ConfirmForm
      action={confirmForm} next={next}
      words={{
        confirm: t("factor.confirm"), code: t("factor.code"), codeHint: t("factor.codeHint"), submit: t("factor.confirmSubmit"), pending: tCommon("pending"),
        codesTitle: t("factor.codesTitle"), codesLead: t("factor.codesLead"), codesCopy: t("factor.codesCopy"), copied: t("factor.copied"), codesDone: t("factor.codesDone"),
      }}
    >
      <section aria-labelledby="scan-title" className="grid gap-3">
        <h2 id="scan-title" className="text-section font-semibold">{t("factor.scan")}</h2>
        <p className="text-dense text-muted">{t("factor.scanHint")}</p>
        {/* Scanners want dark on light, in whatever colours the page stands. */}
        <svg role="img" aria-label={t("factor.qr")} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" className="size-48 justify-self-center rounded-card bg-white p-1">
          <path d={path} fill="#000" />
        </svg>
        <dl className="rounded-card border border-border bg-sunken px-4 py-3">
          <dt className="text-caption text-muted">{t("factor.secret")}</dt>
          <dd className="flex flex-wrap items-center justify-between gap-2">
            <code id="secret" className="font-mono text-body break-all">{secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
            <CopyButton text={secret} label={t("factor.copy")} copiedLabel={t("factor.copied")} />
          </dd>
        </dl>
      </section>
    </ConfirmForm>
  );
}

/** Whoever is stuck here can still leave. */
async function OtherAccount() {
  const [t, tCommon] = await Promise.all([getTranslations("auth"), getTranslations("common")]);
  return <form action={leave} className="mt-3 text-center"><SubmitButton look="quiet" size="dense" pendingLabel={tCommon("pending")}>{t("factor.otherAccount")}</SubmitButton></form>;
}
