import { getTranslations } from "next-intl/server";
import type { Reading } from "../../../(shop)/reading";
import { readEntries, readEntryFilter } from "../../../(shop)/wallet/entries";
import { traceEntryOf } from "../../books/[userId]/actions";
import { hrefWith } from "@/components/admin/href";
import { LedgerList } from "@/components/ledger-list";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { NavTabs } from "@/components/ui/nav-tabs";
import type { UserId } from "@/lib/ctx";

type LedgerProps = { reading: Reading; userId: UserId; filter: string; from: string };

const FILTERS = ["all", "in", "out"] as const;
type Filter = (typeof FILTERS)[number];

/** Every change of the balance, with the balance after it and the lots it touched. */
export async function Ledger({ reading, userId, filter: given, from }: LedgerProps) {
  const query = readEntryFilter(given);
  const { filter } = query;
  const [t, books, page] = await Promise.all([getTranslations("admin.user"), getTranslations("adminBooks"), readEntries(reading, userId, query, from)]);
  const path = `/admin/users/${userId}`;
  const withFilter = (each: Filter | "expiring") => (each === "all" ? undefined : each);
  return (
    <Card as="section" padded={false} aria-labelledby="ledger-title" className="overflow-hidden">
      <div className="flex flex-wrap items-center justify-between gap-2 px-4 pt-4">
        <h2 id="ledger-title" className="text-section font-semibold">{t("ledger")}</h2>
        <ButtonLink href={hrefWith(`/admin/books/${userId}`)} size="filter">{books("toTrace")}</ButtonLink>
      </div>
      <NavTabs label={t("ledgerFilter")} look="underline" tabs={FILTERS.map((each) => ({ href: hrefWith(path, { ledger: withFilter(each) }), label: t(`ledgerFilters.${each}`), current: each === filter }))} />
      <div className="px-4 pt-3 pb-4">
        {page.entries.length > 0 ? <LedgerList entries={page.entries} months={page.months} zone={reading.policy.timeZone} trace={traceEntryOf.bind(null, userId)} /> : <p className="py-6 text-center text-dense text-muted">{t("noEntries")}</p>}
        {(page.next !== null || from !== "") && (
          <p className="mt-3 flex flex-wrap gap-2">
            {from !== "" && <ButtonLink href={hrefWith(path, { ledger: withFilter(filter) })} scroll={false} size="dense">{t("newestEntries")}</ButtonLink>}
            {page.next !== null && <ButtonLink href={hrefWith(path, { ledger: withFilter(filter), from: page.next })} scroll={false} size="dense">{t("olderEntries")}</ButtonLink>}
          </p>
        )}
      </div>
    </Card>
  );
}
