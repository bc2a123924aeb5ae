import type { Metadata, Route } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import Link from "next/link";
import { notFound } from "next/navigation";
import { composedOf, isSinkOpen } from "./sink";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { TextField } from "@/components/ui/field";
import { db } from "@/db/client";
import { formatInstant } from "@/lib/i18n";
import { listMail } from "@/lib/notifications/outbox/queries";
import { getPolicy } from "@/lib/settings/queries";

const MAILS_PER_PAGE = 25;
const TONES = { queued: ["warning", "waiting"], sent: ["success", "done"], failed: ["danger", "ended"] } as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notifications.mail"))("title"), robots: { index: false } };
}

export default async function MailPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  if (!isSinkOpen()) notFound();
  const [params, t, tCommon, locale, policy] = await Promise.all([searchParams, getTranslations("notifications.mail"), getTranslations("common"), getLocale(), getPolicy(db())]);
  const [to, before] = [params.to, params.before].map((value) => (typeof value === "string" ? value.trim().slice(0, 254) : ""));
  const { mails, nextBefore } = await listMail(db(), { recipient: to || undefined, before: /^\d{1,15}$/.test(before!) ? Number(before) : undefined, limit: MAILS_PER_PAGE });
  const rows = await Promise.all(mails.map(async (mail) => ({ ...mail, line: (await composedOf(mail))?.subject ?? mail.template })));
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <form method="get" className="mb-5 flex max-w-xl items-end gap-2">
        <TextField id="to" name="to" type="email" label={t("filter")} defaultValue={to} className="grow" />
        <Button type="submit" className="mb-0.5">{t("find")}</Button>
      </form>
      {rows.length === 0 ? (
        <EmptyState scene={to ? "filtered" : "first"} title={to ? t("emptyFound") : t("empty")} action={to ? <ButtonLink href="/dev/mail">{t("showAll")}</ButtonLink> : undefined}>{to ? undefined : t("emptyHint")}</EmptyState>
      ) : (
        <ul className="divide-y divide-border rounded-hero border border-border bg-card">
          {rows.map((mail) => (
            <li key={mail.id}>
              <Link href={`/dev/mail/${mail.id}`} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 hover:bg-sunken">
                <span className="min-w-0 grow basis-72">
                  <span className="block truncate font-medium">{mail.line}</span>
                  <span className="block truncate text-caption text-muted">{mail.recipient} · {mail.template}</span>
                </span>
                <time dateTime={mail.createdAt.toISOString()} className="text-caption text-muted tabular-nums">{formatInstant(locale, mail.createdAt, policy.timeZone)}</time>
                <Badge tone={TONES[mail.status][0]} progress={TONES[mail.status][1]}>{t(`statuses.${mail.status}`)}</Badge>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {nextBefore !== null && <p className="mt-5 text-center"><ButtonLink href={`/dev/mail?${new URLSearchParams({ ...(to ? { to } : {}), before: String(nextBefore) })}` as Route}>{tCommon("more")}</ButtonLink></p>}
    </>
  );
}
