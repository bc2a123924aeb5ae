import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { retryMailForm } from "../actions";
import { OperationsTabs } from "../tabs";
import { canRetry, MailTable } from "./mail-table";
import { RetryFrame } from "./retry-frame";
import { readParams, type SearchParams } from "@/app/(shop)/reading";
import { idIn, oneOf, startStaffReading } from "@/app/admin/reading";
import { hrefWith } from "@/components/admin/href";
import { FirstUse, NoResults } from "@/components/admin/list-empty";
import { Pager, ResourceIndex } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { formatPoints } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import { mailWay } from "@/lib/mail";
import { countMail, listMailLog, type MailStatus } from "@/lib/notifications/outbox/queries";

const HERE = "/admin/operations/mail";
const MAILS_PER_PAGE = 30;
const STATUSES = ["failed", "queued", "sent"] as const satisfies readonly MailStatus[];

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminOperations.mail"))("title") };
}

export default async function MailLogPage({ searchParams }: { searchParams: SearchParams }) {
  const { db, now, policy, staff } = await startStaffReading("operations.read", HERE);
  const [t, tAll, list, locale, params] = await Promise.all([
    getTranslations("adminOperations.mail"), getTranslations("adminOperations"), getTranslations("admin.list"), getLocale(), readParams(searchParams, "status", "q", "before"),
  ]);
  const status = oneOf(STATUSES, params.status) ?? "failed";
  const [mayReadAddresses, mayRetry] = [staff.permissions.has("people.contact"), staff.permissions.has("operations.run")];
  // A search that finds or not would tell who has an account to whoever may not see addresses.
  const q = mayReadAddresses ? params.q.slice(0, 254) : "";
  const [{ mails, nextBefore }, counts] = await Promise.all([listMailLog(db, { status, recipient: q || undefined, before: idIn(params.before), limit: MAILS_PER_PAGE }), countMail(db)]);
  const href = (changed: Record<string, string | number | undefined>) => hrefWith(HERE, { status, q, ...changed });
  const table = <MailTable mails={mails} now={now} zone={policy.timeZone} mayReadAddresses={mayReadAddresses} mayRetry={mayRetry} />;
  return (
    <>
      <PageHeader title={tAll("title")} actions={staff.permissions.has("settings.read") && <ButtonLink href="/admin/settings/mail" size="dense">{t("toSettings")}</ButtonLink>} />
      <OperationsTabs current="mail" />
      {mailWay() === "none" && <Notice tone="warning" className="mb-4">{t("noServer")}</Notice>}
      <ResourceIndex
        label={t("title")}
        views={{ label: list("views"), tabs: STATUSES.map((each) => ({ href: href({ status: each }), label: t(`statuses.${each}`), current: each === status, count: formatPoints(locale, counts[each]) })) }}
        search={mayReadAddresses ? { action: HERE, label: t("search"), value: q, keep: { status } } : null}
        chips={q ? [{ key: "q", label: list("searchChip", { text: q }), href: href({ q: undefined }) }] : []}
        pager={mails.length > 0 && <Pager summary={t("shown", { count: mails.length })} previous={params.before ? href({}) : null} next={nextBefore === null ? null : href({ before: nextBefore })} />}
      >
        {mails.length > 0 && (mayRetry && mails.some((mail) => canRetry(mail, now))
          ? <RetryFrame key={status} action={retryMailForm} requestId={publicId()} label={t("retryLabel")} submit={t("retryChosen")} pending={tAll("run.pending")}>{table}</RetryFrame>
          : table)}
        {mails.length === 0 && (q ? <NoResults clear={href({ q: undefined })} /> : <FirstUse title={t(`empty.${status}`)}>{t(`emptyHints.${status}`)}</FirstUse>)}
      </ResourceIndex>
    </>
  );
}
