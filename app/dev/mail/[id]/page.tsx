import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { composedOf, mailOf } from "../sink";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { db } from "@/db/client";
import { formatInstant } from "@/lib/i18n";
import { getPolicy } from "@/lib/settings/queries";

type Params = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notifications.mail"))("message"), robots: { index: false } };
}

export default async function OneMailPage({ params }: Params) {
  const mail = await mailOf((await params).id);
  if (!mail) notFound();
  const [composed, policy, t, locale] = await Promise.all([composedOf(mail), getPolicy(db()), getTranslations("notifications.mail"), getLocale()]);
  const facts = [
    [t("to"), mail.recipient], [t("template"), `${mail.template} · ${mail.locale}`], [t("status"), t(`statuses.${mail.status}`) + (mail.lastError ? ` · ${mail.lastError}` : "")],
    [t("written"), formatInstant(locale, mail.createdAt, policy.timeZone)],
  ] as const;
  return (
    <>
      <PageHeader title={composed?.subject ?? mail.template} back={{ href: "/dev/mail", label: t("back") }} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 lg:grid-cols-[minmax(0,1fr)_360px] lg:items-start">
        {composed ? <iframe src={`/dev/mail/${mail.id}/html`} title={t("message")} sandbox="allow-popups allow-popups-to-escape-sandbox" className="h-[720px] w-full rounded-hero border border-border" /> : <Notice>{t("gone")}</Notice>}
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <Panel>
            <dl className="grid gap-2 text-dense">
              {facts.map(([label, value]) => <div key={label}><dt className="text-caption text-muted">{label}</dt><dd className="break-all">{value}</dd></div>)}
            </dl>
          </Panel>
          {composed && (
            <>
              <Panel aria-labelledby="links">
                <h2 id="links" className="text-body font-semibold">{t("links")}</h2>
                <ul className="mt-1 grid gap-1 text-dense">{composed.links.map((link) => <li key={link}><a href={link} className="inline-block min-h-6 break-all text-primary underline">{link}</a></li>)}</ul>
              </Panel>
              <Panel aria-labelledby="text">
                <h2 id="text" className="text-body font-semibold">{t("text")}</h2>
                <pre className="mt-1 font-sans text-dense break-words whitespace-pre-wrap">{composed.text}</pre>
              </Panel>
            </>
          )}
        </div>
      </div>
    </>
  );
}
