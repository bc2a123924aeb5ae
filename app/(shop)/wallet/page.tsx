import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MyLevelBadge } from "../levels/my-level-badge";
import { PageFrame } from "../page-frame";
import { readParams, startReading, type SearchParams } from "../reading";
import { BalanceCard } from "./balance";
import { readEntries, readEntryFilter } from "./entries";
import { Ledger } from "./ledger";
import { MyCouponsLink } from "./my-coupons-link";
import { Pending } from "./pending";
import { Schedule } from "./schedule";
import { walletWhy } from "./trace";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { requireShopper } from "@/lib/auth";
import { getBalance, listLots, listPending } from "@/lib/points/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("wallet"))("title") };
}

export default async function WalletPage({ searchParams }: { searchParams: SearchParams }) {
  const [reading, shopper, params, t] = await Promise.all([startReading(), requireShopper("/wallet"), readParams(searchParams, "filter", "source", "before"), getTranslations("wallet")]);
  const query = readEntryFilter(params.filter, params.source);
  const [balance, lots, pending, entries] = await Promise.all([
    getBalance(reading.db, shopper.id, reading.now), listLots(reading.db, shopper.id, reading.now), listPending(reading.db, shopper.id),
    readEntries(reading, shopper.id, query, params.before),
  ]);
  return (
    <PageFrame
      heading={<PageHeader title={t("title")} lead={<MyLevelBadge reading={reading} userId={shopper.id} />} actions={<ButtonLink href={walletWhy()} size="dense">{t("why")}</ButtonLink>} />}
      rail={<><BalanceCard balance={balance} lots={lots} reading={reading} /><Schedule lots={lots} reading={reading} /><MyCouponsLink userId={shopper.id} reading={reading} /></>}
    >
      <Pending rows={pending} points={balance.pointsPending} reading={reading} />
      <Ledger page={entries} query={query} reading={reading} />
    </PageFrame>
  );
}
