import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { PageFrame } from "../page-frame";
import { readParams, startReading, type Reading, type SearchParams } from "../reading";
import { lotView } from "../views";
import { loadEntries } from "./actions";
import { readEntries, readEntryFilter } from "./entries";
import { EmptyState } from "@/components/empty-state";
import { LedgerList } from "@/components/ledger-list";
import { LoadMore } from "@/components/load-more";
import { LotList } from "@/components/lot-list";
import { PageHeader } from "@/components/page-header";
import { PointsAmount } from "@/components/points-amount";
import { ButtonLink } from "@/components/ui/button";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { NavTabs } from "@/components/ui/nav-tabs";
import { Notice } from "@/components/ui/notice";
import { requireShopper, type Shopper } from "@/lib/auth";
import { formatDayOf, formatPoints } from "@/lib/i18n";
import { getBalance, listLots, type Balance, type EntryFilter, type WalletLot } from "@/lib/points/queries";

const LOTS_SHOWN = 4;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("wallet"))("title") };
}

export default async function WalletPage({ searchParams }: { searchParams: SearchParams }) {
  const [reading, shopper, params, t] = await Promise.all([startReading(), requireShopper("/wallet"), readParams(searchParams, "filter", "before"), getTranslations("wallet")]);
  const [balance, lots] = await Promise.all([getBalance(reading.db, shopper.id, reading.now), listLots(reading.db, shopper.id, reading.now)]);
  return (
    <PageFrame
      heading={<PageHeader title={t("title")} />}
      rail={<><BalanceCard balance={balance} reading={reading} /><Lots lots={lots} reading={reading} /></>}
    >
      <Ledger reading={reading} shopper={shopper} filter={readEntryFilter(params.filter)} before={params.before} />
    </PageFrame>
  );
}

async function BalanceCard({ balance, reading: { locale, policy } }: { balance: Balance; reading: Reading }) {
  const t = await getTranslations("wallet");
  const { expiring } = balance;
  return (
    <>
      <section aria-label={t("region")} className="hero-ring relative overflow-hidden rounded-hero bg-hero p-5 text-hero-fg md:p-7">
        <p className="text-caption text-hero-muted">{t("available")}</p>
        <p className="text-balance font-semibold tracking-tight"><PointsAmount points={balance.pointsAvailable} bare /></p>
        <dl className="mt-4 grid grid-cols-2 gap-3 border-t border-hero-fg/15 pt-3 text-caption">
          <Figure label={t("earnedInAll")} points={balance.totalPointsEarned} />
          {balance.pointsPending > 0 && <Figure label={t("pending")} points={balance.pointsPending} />}
          {balance.pointsDebt > 0 && <Figure label={t("debt")} points={-balance.pointsDebt} />}
        </dl>
      </section>
      {expiring && (
        <Notice tone="points" className="mt-3">
          <p className="tabular-nums">{t("expiringSoon", { points: formatPoints(locale, expiring.points), day: formatDayOf(locale, new Date(expiring.expiresAt.getTime() - 1), policy.timeZone, "day") })}</p>
          <ButtonLink href="/shop?affordable=1" size="filter" className="mt-2">{t("useThem")}</ButtonLink>
        </Notice>
      )}
    </>
  );
}

function Figure({ label, points }: { label: string; points: number }) {
  return (
    <div>
      <dt className="text-hero-muted">{label}</dt>
      <dd className="text-control font-semibold"><PointsAmount points={points} bare /></dd>
    </div>
  );
}

/** What is there, by the day until which it is good. */
async function Lots({ lots, reading: { now, policy } }: { lots: readonly WalletLot[]; reading: Reading }) {
  const t = await getTranslations("wallet");
  if (lots.length === 0) return null;
  const views = lots.map((lot) => lotView({ id: lot.id, points: lot.pointsRemaining, expiresAt: lot.expiresAt }, now));
  return (
    <Panel className="mt-3">
      <h2 className="text-body font-semibold">{t("lots")}</h2>
      <p className="text-caption text-muted">{t("lotsHint")}</p>
      <LotList lots={views.slice(0, LOTS_SHOWN)} zone={policy.timeZone} />
      {views.length > LOTS_SHOWN && (
        <details className="group border-t border-border pt-2">
          <summary className="inline-flex min-h-6 list-none items-center gap-1 text-caption font-medium text-primary">
            {t("moreLots", { lots: views.length - LOTS_SHOWN })}
            <Icon name="chevron-down" size={16} className="transition-transform group-open:rotate-180" />
          </summary>
          <LotList lots={views.slice(LOTS_SHOWN)} zone={policy.timeZone} />
        </details>
      )}
    </Panel>
  );
}

const filters = ["all", "in", "out"] as const satisfies readonly EntryFilter[];
const ledgerHref = (filter: EntryFilter, before = ""): Route => {
  const query = new URLSearchParams([...(filter === "all" ? [] : [["filter", filter]]), ...(before ? [["before", before]] : [])]).toString();
  return (query ? `/wallet?${query}` : "/wallet") as Route;
};

async function Ledger({ reading, shopper, filter, before }: { reading: Reading; shopper: Shopper; filter: EntryFilter; before: string }) {
  const [page, t, tCommon] = await Promise.all([readEntries(reading, shopper.id, filter, before), getTranslations("wallet"), getTranslations("common")]);
  return (
    <Panel aria-labelledby="ledger">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 id="ledger" className="text-section font-semibold">{t("ledger")}</h2>
        <NavTabs label={t("filterLabel")} tabs={filters.map((each) => ({ href: ledgerHref(each), label: t(`filters.${each}`), current: each === filter }))} />
      </div>
      {page.entries.length === 0 ? (
        <EmptyState
          scene={filter === "all" ? "first" : "filtered"} heading="p" title={t(`empty.${filter}`)}
          action={filter === "all" ? <ButtonLink href="/check-in" look="primary">{t("earn")}</ButtonLink> : <ButtonLink href="/wallet">{t("showAll")}</ButtonLink>}
        />
      ) : (
        <div className="grid gap-5">
          <LedgerList entries={page.entries} zone={reading.policy.timeZone} continues={page.continues} />
          <LoadMore
            key={filter} first={page.next} href={ledgerHref(filter, page.next ?? "")} load={loadEntries.bind(null, filter)}
            words={{ more: tCommon("more"), pending: tCommon("loading"), failed: tCommon("failed") }}
          />
        </div>
      )}
    </Panel>
  );
}
