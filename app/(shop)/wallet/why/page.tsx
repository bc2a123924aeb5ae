import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, startReading, type SearchParams } from "../../reading";
import { traceLot } from "../actions";
import { walletWhy } from "../trace";
import { LotPage } from "./lot-page";
import { momentIn } from "./moment";
import { MomentForm, PastLots, Sum } from "./past-balance";
import { PageHeader } from "@/components/page-header";
import { requireShopper } from "@/lib/auth";
import { getPastBalance } from "@/lib/points/history-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("why"))("title") };
}

/** A positive whole number in the address; undefined for anything else. */
const numberIn = (text: string): number | undefined => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined);

export default async function WhyPage({ searchParams }: { searchParams: SearchParams }) {
  const [reading, shopper, params, t] = await Promise.all([startReading(), requireShopper("/wallet/why"), readParams(searchParams, "at", "lot", "before", "page"), getTranslations("why")]);
  const asked = momentIn(params.at, reading.policy.timeZone, reading.now);
  const past = await getPastBalance(reading.db, shopper.id, asked.moment);
  const at = asked.problem ? "" : params.at;
  const lotId = numberIn(params.lot);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t("title")} lead={t("lead")} back={{ href: "/wallet", label: t("toWallet") }} />
      <MomentForm asked={asked} action="/wallet/why" reading={reading} />
      <Sum past={past} userId={shopper.id} reading={reading} />
      {lotId === undefined
        ? <PastLots past={past} at={at} page={numberIn(params.page) ?? 1} why={walletWhy} trace={traceLot} reading={reading} />
        : <LotPage past={past} userId={shopper.id} lotId={lotId} before={numberIn(params.before)} at={at} why={walletWhy} reading={reading} />}
    </div>
  );
}
