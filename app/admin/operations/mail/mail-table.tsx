import { useLocale, useTranslations } from "next-intl";
import { DataTable, type Column } from "@/components/admin/data-table";
import { Moment } from "@/components/admin/moment";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { maskEmail } from "@/lib/accounts/mask";
import { formatInstant } from "@/lib/i18n";
import type { LoggedMail } from "@/lib/notifications/outbox/queries";

type Key = Parameters<ReturnType<typeof useTranslations<"adminOperations.mail">>>[0];
type MailTableProps = { mails: readonly LoggedMail[]; now: Date; zone: string; mayReadAddresses: boolean; mayRetry: boolean };

/** Messages shorter than this before their next try may be in somebody's hands. */
const WAITS_LONG_MS = 600_000;

export const canRetry = ({ status, isKept, nextAttemptAt }: LoggedMail, now: Date): boolean =>
  (status === "failed" && isKept) || (status === "queued" && nextAttemptAt.getTime() - now.getTime() > WAITS_LONG_MS);

/** Who was written to about what, and how it went. What a message said is nobody's to read here. */
export function MailTable({ mails, now, zone, mayReadAddresses, mayRetry }: MailTableProps) {
  const t = useTranslations("adminOperations.mail");
  const locale = useLocale();
  const about = (template: string): string => (t.has(`templates.${template}` as Key) ? t(`templates.${template}` as "title") : template);
  const address = (mail: LoggedMail): string => (mayReadAddresses ? mail.recipient : maskEmail(mail.recipient));
  const columns: Column<LoggedMail>[] = [
    ...(mayRetry && mails.some((mail) => canRetry(mail, now)) ? [{
      key: "choose", label: t("columns.choose"), phone: "corner" as const,
      cell: (mail: LoggedMail) => canRetry(mail, now) && <input type="checkbox" name="id" value={mail.id} aria-label={t("choose", { about: about(mail.template), to: address(mail) })} className="block size-6 accent-primary" />,
    }] : []),
    { key: "about", label: t("columns.about"), phone: "title", cell: (mail) => <span className="block min-w-0"><span className="block font-medium">{about(mail.template)}</span><span className="block text-caption break-all text-muted">{address(mail)}</span></span> },
    { key: "created", label: t("columns.created"), phone: "pair", cell: ({ createdAt }) => <span className="text-muted"><Moment at={createdAt} now={now} zone={zone} /></span> },
    { key: "tries", label: t("columns.tries"), phone: "pair", end: true, cell: ({ attempts }) => attempts },
    {
      key: "state", label: t("columns.state"), phone: "line",
      cell: (mail) => (
        <span className="block max-w-100 text-caption text-muted">
          {mail.status === "sent" && mail.sentAt && t("sentAt", { at: formatInstant(locale, mail.sentAt, zone) })}
          {mail.status === "queued" && t("nextAt", { at: formatInstant(locale, mail.nextAttemptAt, zone) })}
          {mail.lastError && <span className="block font-mono break-words text-danger">{mail.lastError}</span>}
          {mail.status === "failed" && !mail.isKept && <Badge className="mt-1">{t("gone")}</Badge>}
        </span>
      ),
    },
    ...(mayRetry ? [{
      key: "retry", label: t("columns.retry"), phone: "line" as const,
      cell: (mail: LoggedMail) => canRetry(mail, now) && <Button type="submit" name="only" value={mail.id} size="filter" aria-label={t("retryOne", { about: about(mail.template), to: address(mail) })}>{t("retry")}</Button>,
    }] : []),
  ];
  return <DataTable caption={t("title")} columns={columns} rows={mails} keyOf={({ id }) => id} />;
}
