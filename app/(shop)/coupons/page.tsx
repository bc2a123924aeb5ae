import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, startReading, type Reading, type SearchParams } from "../reading";
import { loadCoupons, redeemForm } from "./actions";
import { ClaimCentre } from "./claim-centre";
import { COUPONS_PER_PAGE, couponsHref, readMyTab } from "./filter";
import { MyCoupons } from "./my-coupons";
import { EmptyState } from "@/components/empty-state";
import { LoadMore } from "@/components/load-more";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { NavTabs } from "@/components/ui/nav-tabs";
import { Notice } from "@/components/ui/notice";
import { PlainForm } from "@/components/ui/plain-form";
import { Toaster } from "@/components/ui/toast";
import { currentShopper, requireShopper, type Shopper } from "@/lib/auth";
import { countMyCoupons, listClaimable, listMyCoupons } from "@/lib/coupons/queries";
import { MY_TABS, type MyTab } from "@/lib/coupons/tabs";
import { publicId } from "@/lib/id";
import { getBalance } from "@/lib/points/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("coupons");
  return { title: t("title"), description: t("description") };
}

export default async function CouponsPage({ searchParams }: { searchParams: SearchParams }) {
  const [reading, { tab, before }, t] = await Promise.all([startReading(), readParams(searchParams, "tab", "before"), getTranslations("coupons")]);
  // Whoever has no account yet may see what there is to claim.
  const shopper = tab === "centre" ? await currentShopper() : await requireShopper("/coupons");
  const mine = tab === "centre" ? null : (readMyTab(tab) ?? "available");
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t("title")} lead={t("lead")} />
      <Tabs current={mine} shopper={shopper} reading={reading} />
      {shopper && mine ? <Mine tab={mine} before={/^\d{1,15}$/.test(before) ? Number(before) : undefined} shopper={shopper} reading={reading} /> : <Centre shopper={shopper} reading={reading} />}
      {shopper && (mine === null || mine === "available") && <CodeEntry />}
      <Toaster />
    </div>
  );
}

async function Tabs({ current, shopper, reading }: { current: MyTab | null; shopper: Shopper | null; reading: Reading }) {
  const [t, counts] = await Promise.all([getTranslations("coupons"), shopper && countMyCoupons(reading.db, shopper.id, reading.now)]);
  const shown = (tab: MyTab): string | undefined => (counts && counts[tab] > 0 ? String(counts[tab]) : undefined);
  return (
    <NavTabs
      label={t("tabs")} className="mb-4"
      tabs={[
        ...(shopper ? MY_TABS.map((tab) => ({ href: couponsHref(tab), label: t(`tab.${tab}`), current: tab === current, count: shown(tab) })) : []),
        { href: couponsHref("centre"), label: t("tab.centre"), current: current === null },
      ]}
    />
  );
}

async function Mine({ tab, before, shopper, reading }: { tab: MyTab; before: number | undefined; shopper: Shopper; reading: Reading }) {
  const [t, tCommon, { coupons, nextBefore }] = await Promise.all([
    getTranslations("coupons"), getTranslations("common"), listMyCoupons(reading.db, shopper.id, tab, reading.now, { before, limit: COUPONS_PER_PAGE }),
  ]);
  if (coupons.length === 0) {
    return (
      <EmptyState
        scene={tab === "available" ? "first" : "filtered"} title={t(`empty.${tab}`)}
        action={tab === "available" ? <ButtonLink href={couponsHref("centre")} look="primary">{t("toCentre")}</ButtonLink> : <ButtonLink href={couponsHref("available")}>{t("tab.available")}</ButtonLink>}
      >
        {t(`empty.${tab}Hint`)}
      </EmptyState>
    );
  }
  return (
    <>
      <MyCoupons coupons={coupons} tab={tab} reading={reading} />
      <LoadMore
        key={tab} first={nextBefore === null ? null : String(nextBefore)} href={couponsHref(tab, nextBefore)} load={loadCoupons.bind(null, tab)}
        words={{ more: tCommon("more"), pending: tCommon("loading"), failed: tCommon("failed") }}
      />
    </>
  );
}

async function Centre({ shopper, reading }: { shopper: Shopper | null; reading: Reading }) {
  const { db, now, policy } = reading;
  const [t, offers, balance] = await Promise.all([getTranslations("coupons"), listClaimable(db, shopper?.id ?? null, now, policy.timeZone), shopper && getBalance(db, shopper.id, now)]);
  const isClosed = balance !== null && (balance.status === "frozen" || balance.isHeld);
  if (offers.length === 0) return <EmptyState title={t("empty.centre")} action={<ButtonLink href="/shop" look="primary">{t("toShop")}</ButtonLink>}>{t("empty.centreHint")}</EmptyState>;
  return (
    <>
      {isClosed && <Notice tone="danger" className="mb-3">{t("frozen")}</Notice>}
      <ClaimCentre offers={offers} reading={reading} isGuest={!shopper} isClosed={isClosed} />
    </>
  );
}

async function CodeEntry() {
  const t = await getTranslations("coupons.code");
  return (
    <Panel aria-labelledby="code-title" className="mt-6">
      <h2 id="code-title" className="mb-3 text-section font-semibold">{t("title")}</h2>
      <PlainForm
        action={redeemForm} hidden={{ requestId: publicId() }} submit={t("submit")} pending={t("pending")} look={{ look: "primary" }}
        fields={[{ name: "code", label: t("label"), hint: t("hint"), autoComplete: "off", maxLength: 40, spellCheck: false, required: true }]}
      />
    </Panel>
  );
}
