import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { Reading } from "../../reading";
import { lotView } from "../../views";
import { namesIn, thingOf } from "../entries";
import { titleOf } from "../entry-words";
import type { WhyHref } from "../trace";
import { momentText, type AskedMoment } from "./moment";
import { EmptyState } from "@/components/empty-state";
import { LotLife } from "@/components/lot-list";
import { PointsAmount } from "@/components/points-amount";
import { TraceDetails } from "@/components/trace-details";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/card";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import type { UserId } from "@/lib/ctx";
import { formatInstant, formatPoints } from "@/lib/i18n";
import type { PastBalance, PastLot } from "@/lib/points/history";
import { findEntries } from "@/lib/points/queries";

const LOTS_PER_PAGE = 20;

/** Which moment: a form that asks by its address, so that an answer can be kept and sent. */
export async function MomentForm({ asked: { moment, problem }, action, reading: { policy, now } }: { asked: AskedMoment; action: string; reading: Reading }) {
  const t = await getTranslations("why");
  return (
    <Panel className="mb-4">
      <form action={action} className="flex flex-wrap items-start gap-3">
        <TextField
          id="at" name="at" type="datetime-local" label={t("at")} hint={t("atHint", { zone: policy.timeZone })} error={problem ? t(`problems.${problem}`) : undefined}
          defaultValue={momentText(moment, policy.timeZone)} max={momentText(now, policy.timeZone)} required className="min-w-0 grow sm:grow-0"
        />
        <Button type="submit" look="primary" className="h-12! sm:mt-6.5">{t("show")}</Button>
      </form>
    </Panel>
  );
}

/** The balance of the moment as an addition that comes out right, or plainly does not. */
export async function Sum({ past, userId, reading }: { past: PastBalance; userId: UserId; reading: Reading }) {
  const t = await getTranslations("why");
  const { locale, policy } = reading;
  return (
    <Panel aria-labelledby="sum" className="mb-4">
      <h2 id="sum" className="text-section font-semibold">{t("balanceAt", { at: formatInstant(locale, past.moment, policy.timeZone) })}</h2>
      <p className="mt-1 text-figure font-semibold"><PointsAmount points={past.pointsAvailable} /></p>
      <dl className="mt-3 grid gap-1.5 border-t border-border pt-3 text-dense tabular-nums">
        <Line label={t("inLots", { lots: past.lots.length })} points={past.pointsAvailable + past.pointsOverdue} />
        {past.pointsOverdue > 0 && <Line label={t("overdue")} points={-past.pointsOverdue} />}
        <Line label={t("available")} points={past.pointsAvailable} isTotal />
        {past.pointsDebt > 0 && <Line label={t("debt")} points={-past.pointsDebt} />}
        <Line label={t("balanceAfter")} points={past.balanceAfter} />
      </dl>
      <LastEntry past={past} userId={userId} reading={reading} />
      {past.difference !== 0 && <Notice tone="danger" className="mt-3">{t("difference", { points: formatPoints(locale, past.difference) })}</Notice>}
    </Panel>
  );
}

const Line = ({ label, points, isTotal = false }: { label: string; points: number; isTotal?: boolean }) => (
  <div className={isTotal ? "flex justify-between gap-4 border-t border-border pt-1.5 font-semibold" : "flex justify-between gap-4"}>
    <dt className={isTotal ? "" : "text-muted"}>{label}</dt>
    <dd className="shrink-0"><PointsAmount points={points} /></dd>
  </div>
);

async function LastEntry({ past: { lastEntry }, userId, reading: { db, locale, policy } }: { past: PastBalance; userId: UserId; reading: Reading }) {
  const [[entry], t, wallet] = await Promise.all([findEntries(db, userId, lastEntry ? [lastEntry.id] : []), getTranslations("why"), getTranslations("wallet")]);
  if (!entry) return <p className="mt-3 text-caption text-muted">{t("nothingYet")}</p>;
  const thing = thingOf(entry, locale, await namesIn(db, [entry], locale));
  return (
    <p className="mt-3 text-caption text-muted">
      {t("lastEntry", { title: titleOf(entry, wallet, thing), at: formatInstant(locale, entry.createdAt, policy.timeZone) })}
    </p>
  );
}

type LotsProps = { past: PastBalance; at: string; page: number; why: WhyHref; trace: (entryIdMax: number, lotId: number) => Promise<ReactNode>; reading: Reading };

/** The lots that the balance lay in, each with what filled it and what took from it. */
export async function PastLots({ past, at, page, why, trace, reading }: LotsProps) {
  const [t, common] = await Promise.all([getTranslations("why"), getTranslations("common")]);
  const pages = Math.max(1, Math.ceil(past.lots.length / LOTS_PER_PAGE));
  const current = Math.min(page, pages);
  const shown = past.lots.slice((current - 1) * LOTS_PER_PAGE, current * LOTS_PER_PAGE);
  const last = past.lastEntry;
  return (
    <Panel aria-labelledby="lots">
      <h2 id="lots" className="text-section font-semibold">{t("lots")}</h2>
      <p className="text-caption text-muted">{t("lotsHint")}</p>
      {shown.length === 0 && <EmptyState scene="first" heading="p" title={t("noLotsThen")} />}
      <ul className="mt-1 divide-y divide-border">
        {shown.map((lot) => (
          <li key={lot.lotId} className="py-3">
            <LotLine lot={lot} reading={reading} />
            {last && (
              <TraceDetails
                summary={t("toLot")} about={formatPoints(reading.locale, lot.pointsRemaining)} load={trace.bind(null, last.id, lot.lotId)}
                words={{ pending: common("loading"), failed: common("failed"), again: t("again") }}
              >
                <ButtonLink href={why({ at, lot: lot.lotId })} look="quiet" size="filter" className="-ms-2.5">{t("allMoves")}</ButtonLink>
              </TraceDetails>
            )}
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <nav aria-label={t("pages")} className="mt-3 flex flex-wrap items-center gap-2">
          {current > 1 && <ButtonLink href={why({ at, page: current - 1 })} size="dense">{t("soonerLots")}</ButtonLink>}
          {current < pages && <ButtonLink href={why({ at, page: current + 1 })} size="dense">{t("laterLots")}</ButtonLink>}
          <span className="text-caption text-muted tabular-nums">{t("pageOf", { page: current, pages })}</span>
        </nav>
      )}
    </Panel>
  );
}

export async function LotLine({ lot, reading: { locale, policy, now } }: { lot: PastLot; reading: Reading }) {
  const t = await getTranslations("why");
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <p className="font-medium"><LotLife lot={lotView({ lotId: lot.lotId, points: lot.pointsRemaining, expiresAt: lot.expiresAt, isSliding: lot.isSliding }, now)} zone={policy.timeZone} /></p>
        <p className="text-caption text-muted tabular-nums">{t("inAndOut", { in: formatPoints(locale, lot.pointsIn), out: formatPoints(locale, lot.pointsOut) })}</p>
      </div>
      <div className="shrink-0 text-end">
        <PointsAmount points={lot.pointsRemaining} className="font-semibold" />
        {lot.isOverdue && <p><Badge tone="warning">{t("overdueLot")}</Badge></p>}
      </div>
    </div>
  );
}
