import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { loadEntries, traceEntry } from "./actions";
import type { EntryPage, LedgerFilter } from "./entries";
import { EmptyState } from "@/components/empty-state";
import { LedgerList } from "@/components/ledger-list";
import { LoadMore } from "@/components/load-more";
import { buttonClass } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { NavTabs } from "@/components/ui/nav-tabs";
import { ENTRY_FILTERS, ENTRY_SOURCES } from "@/lib/points/queries";

const queryOf = ({ filter, source }: LedgerFilter, before = ""): string =>
  new URLSearchParams([...(filter === "all" ? [] : [["filter", filter]]), ...(source === "any" ? [] : [["source", source]]), ...(before ? [["before", before]] : [])]).toString();

const ledgerHref = (query: LedgerFilter, before = ""): Route => {
  const text = queryOf(query, before);
  return (text ? `/wallet?${text}` : "/wallet") as Route;
};

type LedgerProps = { page: EntryPage; query: LedgerFilter; reading: Reading };

/** Every change of the balance, by direction and by where it came from. */
export async function Ledger({ page, query, reading }: LedgerProps) {
  const [t, common] = await Promise.all([getTranslations("wallet"), getTranslations("common")]);
  return (
    <Panel aria-labelledby="ledger">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="ledger" className="text-section font-semibold">{t("ledger")}</h2>
        <a href={`/wallet/ledger.csv${queryOf(query) && `?${queryOf(query)}`}`} download className={buttonClass({ size: "filter" })}>{t("csv")}</a>
      </div>
      <NavTabs className="mt-2" label={t("filterLabel")} tabs={ENTRY_FILTERS.map((filter) => ({ href: ledgerHref({ ...query, filter }), label: t(`filters.${filter}`), current: filter === query.filter }))} />
      <NavTabs className="mb-3" label={t("sourceLabel")} look="plain" tabs={ENTRY_SOURCES.map((source) => ({ href: ledgerHref({ ...query, source }), label: t(`sources.${source}`), current: source === query.source }))} />
      {page.entries.length === 0 ? <Nothing query={query} /> : (
        <div className="grid gap-5">
          <LedgerList entries={page.entries} months={page.months} zone={reading.policy.timeZone} continues={page.continues} trace={traceEntry} />
          <LoadMore
            key={queryOf(query)} first={page.next} href={ledgerHref(query, page.next ?? "")} load={loadEntries.bind(null, query.filter, query.source)}
            words={{ more: common("more"), pending: common("loading"), failed: common("failed") }}
          />
        </div>
      )}
    </Panel>
  );
}

async function Nothing({ query: { filter, source } }: { query: LedgerFilter }) {
  const t = await getTranslations("wallet");
  if (filter === "all" && source === "any") {
    return <EmptyState scene="first" heading="p" title={t("empty.all")} action={<ButtonLink href="/check-in" look="primary">{t("earn")}</ButtonLink>} />;
  }
  return <EmptyState scene="filtered" heading="p" title={source === "any" ? t(`empty.${filter}`) : t("empty.filtered")} action={<ButtonLink href="/wallet">{t("showAll")}</ButtonLink>} />;
}
