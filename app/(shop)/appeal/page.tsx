import type { Metadata } from "next";
import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { FrozenNotice } from "../frozen-notice";
import { startReading, type Reading } from "../reading";
import { writeAppealForm } from "./actions";
import { AppealForm } from "./appeal-form";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { requireShopper } from "@/lib/auth";
import { formatInstant, type Locale } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import { getBalance } from "@/lib/points/queries";
import { listOwnAppeals, type OwnAppeal } from "@/lib/risk/appeals/queries";
import { APPEAL_MAX } from "@/lib/risk/schema";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("appeal"))("title"), robots: { index: false } };
}

export default async function AppealPage() {
  const [reading, shopper, t] = await Promise.all([startReading(), requireShopper("/appeal"), getTranslations("appeal")]);
  const [balance, appeals] = await Promise.all([getBalance(reading.db, shopper.id, reading.now), listOwnAppeals(reading.db, shopper.id)]);
  const isFrozen = balance.status === "frozen";
  const isWaiting = appeals.some(({ status }) => status === "open");
  return (
    <div className="mx-auto grid max-w-3xl gap-4">
      <PageHeader title={t("title")} lead={t("lead")} />
      <FrozenNotice balance={balance} reading={reading} withoutLink />
      {!isFrozen && appeals.length === 0 && <Panel padded={false}><EmptyState scene="first" title={t("notFrozen")} action={<ButtonLink href="/wallet">{t("toWallet")}</ButtonLink>}>{t("notFrozenHint")}</EmptyState></Panel>}
      {!isFrozen && appeals.length > 0 && <Notice tone="success">{t("notFrozen")}</Notice>}
      {isWaiting && <Notice><p className="font-semibold">{t("waiting")}</p><p className="mt-0.5">{t("waitingHint")}</p></Notice>}
      {isFrozen && !isWaiting && (
        <Panel aria-labelledby="write-title">
          <h2 id="write-title" className="mb-3 text-section font-semibold">{t("write")}</h2>
          {appeals.length > 0 && <p className="mb-3 text-dense text-muted">{t("again")}</p>}
          <AppealForm action={writeAppealForm} requestId={publicId()} max={APPEAL_MAX} words={{ body: t("body"), hint: t("bodyHint"), send: t("send"), sending: t("sending") }} />
        </Panel>
      )}
      {appeals.length > 0 && <Appeals appeals={appeals} reading={reading} />}
    </div>
  );
}

const LOOKS = { open: { tone: "warning", progress: "waiting" }, accepted: { tone: "success", progress: "done" }, declined: { tone: "neutral", progress: "ended" } } as const;

function Appeals({ appeals, reading: { policy } }: { appeals: readonly OwnAppeal[]; reading: Reading }) {
  const t = useTranslations("appeal");
  const locale = useLocale() as Locale;
  return (
    <Panel aria-labelledby="earlier-title">
      <h2 id="earlier-title" className="mb-3 text-section font-semibold">{t("earlier")}</h2>
      <ul className="grid gap-4 divide-y divide-border *:not-last:pb-4">
        {appeals.map(({ id, body, status, answer, createdAt }) => (
          <li key={id} className="grid gap-1.5">
            <p className="flex flex-wrap items-center gap-2"><Badge {...LOOKS[status]}>{t(`status.${status}`)}</Badge><span className="text-caption text-muted">{t("writtenAt", { at: formatInstant(locale, createdAt, policy.timeZone) })}</span></p>
            <p className="text-body break-words whitespace-pre-line">{body}</p>
            {answer && <p className="rounded-control bg-sunken px-3.5 py-2.5 text-dense break-words whitespace-pre-line">{t("answer", { answer })}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
