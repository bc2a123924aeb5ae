import { useLocale, useTranslations } from "next-intl";
import type { Reading } from "../../(shop)/reading";
import { verifyForm } from "./actions";
import { CommandForm } from "@/components/admin/command-form";
import { Moment } from "@/components/admin/moment";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import type { Break } from "@/lib/audit/sealing/seal";
import type { AuditState, ChainState } from "@/lib/audit/sealing/state-queries";
import { formatInstant, type Locale } from "@/lib/i18n";
import { publicId } from "@/lib/id";

type ChainCardProps = { state: AuditState; reading: Reading };

/** How the trail is kept: up to where it is sealed, whether it is whole, and what the database itself refuses. */
export function ChainCard({ state: { chains, last, excess }, reading }: ChainCardProps) {
  const t = useTranslations("adminAudit.chain");
  const { now, policy } = reading;
  return (
    <Card as="section" aria-labelledby="chain-title" className="mb-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id="chain-title" className="text-section font-semibold">{t("title")}</h2>
        {!last ? <Badge>{t("unchecked")}</Badge> : last.check.broken ? <Badge tone="danger" progress="ended">{t("broken")}</Badge> : <Badge tone="success" progress="done">{t("whole")}</Badge>}
        {excess.length === 0 ? <Badge tone="success" progress="done">{t("kept")}</Badge> : <Badge tone="warning">{t("open")}</Badge>}
      </div>
      <p className="mt-1 max-w-prose text-caption text-muted">{t("lead")} {excess.length === 0 ? t("keptHint") : t("openHint", { privileges: excess.join(", ") })}</p>
      {last?.check.broken && <Broken found={last.check.broken} />}
      <dl className="mt-3 grid gap-x-8 gap-y-3 sm:grid-cols-2">
        {chains.map((chain) => <OneChain key={chain.chain} state={chain} wholeAt={last?.check.wholeAt[chain.chain] ?? null} zone={policy.timeZone} />)}
      </dl>
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-border pt-3">
        <CommandForm action={verifyForm} label={t("verify")} hidden={{ requestId: publicId() }} submit={t("verify")} pending={t("verifying")} look="secondary" />
        <a href="/admin/audit/heads.json" download title={t("downloadHint")} className="inline-flex min-h-8 items-center text-dense font-medium text-primary hover:underline">{t("download")}</a>
        <span className="text-caption text-muted">{last ? <>{t("checked", { seals: last.check.seals })} · <Moment at={last.at} now={now} zone={policy.timeZone} /></> : t("never")}</span>
      </div>
    </Card>
  );
}

function OneChain({ state: { chain, head, tail }, wholeAt, zone }: { state: ChainState; wholeAt: number | null; zone: string }) {
  const t = useTranslations("adminAudit.chain");
  const words = useTranslations("adminAudit");
  const locale = useLocale() as Locale;
  return (
    <div className="min-w-0">
      <dt className="text-dense font-medium">{t(chain)}</dt>
      <dd className="text-caption text-muted">
        {head ? t("sealedTo", { id: String(head.to) }) : t("none")}
        {" · "}
        {tail.since ? t("tail", { ids: tail.ids, at: formatInstant(locale, tail.since, zone) }) : t("noTail")}
        {wholeAt !== null && <> · {t("wholeAt", { at: formatInstant(locale, new Date(wholeAt), zone) })}</>}
      </dd>
      {head && (
        <dd className="mt-1 flex flex-wrap items-center gap-x-2">
          <span className="sr-only">{t("head")}</span>
          <code className="min-w-0 font-mono text-caption break-all">{head.digest}</code>
          <CopyButton text={head.digest} label={t("copyHead")} copiedLabel={words("copied")} />
        </dd>
      )}
    </div>
  );
}

const ROWS_SHOWN = 10;

function Broken({ found: { chain, from, to, fault, rows } }: { found: Break }) {
  const t = useTranslations("adminAudit.chain");
  return (
    <Notice tone="danger" className="mt-3">
      <p className="font-medium">{t("brokenAt", { chain: t(chain), from: String(from + 1), to: String(to) })}</p>
      <p>{t(`fault.${fault}`)}</p>
      {rows.length > 0 && <ul>{rows.slice(0, ROWS_SHOWN).map(({ id, how }) => <li key={id}>{t(`row.${how}`, { id: String(id) })}</li>)}</ul>}
      {rows.length > ROWS_SHOWN && <p>{t("moreRows", { count: rows.length - ROWS_SHOWN })}</p>}
    </Notice>
  );
}
