import { getTranslations } from "next-intl/server";
import type { Route } from "next";
import { checkoutTerms } from "../../checkout/reading-terms";
import { ShopPrice } from "../../flash/flash-card";
import { flashViews, meterWords } from "../../flash/flash-view";
import type { Reading } from "../../reading";
import { redeem } from "./actions";
import type { FlashObstacle } from "./flash-redeem";
import { FlashRedeemLater } from "./flash-redeem-later";
import type { RedeemOffer } from "./redeem-form";
import { redeemWords } from "./redeem-words";
import { Price } from "@/components/price";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import type { Shopper } from "@/lib/auth";
import { findFlashOffer, type FlashOffer } from "@/lib/flash/queries";
import type { FlashPhase } from "@/lib/flash/sale";
import { formatInstant } from "@/lib/i18n";
import { readOffersFor, type OfferFor } from "@/lib/orders/cart/queries";
import type { Balance } from "@/lib/points/queries";

type FlashPanelProps = { product: { id: number; slug: string }; shopper: Shopper | null; balance: Balance | null; reading: Reading };

/** The product's flash sale, on or soon: its price, its time, what is left, and the way to take part. */
export async function FlashPanel({ product, shopper, balance, reading }: FlashPanelProps) {
  const offer = await findFlashOffer(reading.db, product.id, reading.now);
  const [sale] = offer ? await flashViews([offer], shopper?.id ?? null, reading) : [];
  if (!offer || !sale) return null;
  const { locale, policy } = reading;
  const [t, mine] = await Promise.all([getTranslations("flash"), shopper && balance ? readMine(offer, shopper, balance, reading) : null]);
  const obstacle = mine ? mine.obstacle : "guest";
  const timeOf = (at: Date): string => formatInstant(locale, at, policy.timeZone);
  return (
    <Panel id="flash" data-open={isOpenTo(sale.phase, offer.stock, obstacle)} aria-labelledby="flash-title" className="peer/flash mt-5 scroll-mt-24">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <Badge tone="streak"><Icon name="bolt" size={16} filled />{t("badge")}</Badge>
        <h2 id="flash-title" className="text-section font-semibold">{sale.name}</h2>
      </div>
      <p className="mt-2 flex flex-wrap items-baseline gap-x-3">
        <Price points={sale.points} cashCents={sale.cashCents} size="page" />
        <ShopPrice sale={sale} />
        {sale.off > 0 && <span className="text-caption font-semibold text-streak">{t("off", { percent: sale.off })}</span>}
      </p>
      <p className="mt-1 text-caption text-muted">
        {[t("window", { from: timeOf(offer.startsAt), until: timeOf(offer.endsAt) }), ...(offer.limitPerUser > 0 ? [t("limit", { limit: offer.limitPerUser })] : []), ...(sale.option ? [sale.option] : [])].join(" · ")}
      </p>
      {sale.lockedFor !== null && <p className="mt-1 flex items-center gap-1.5 text-caption text-muted"><Icon name="lock" size={16} />{t("locked", { level: sale.lockedFor })}</p>}
      <FlashRedeemLater
        id={sale.id} sight={sale.sight} obstacle={obstacle} price={<Price points={sale.points} cashCents={sale.cashCents} />} signIn={`/sign-in?next=${encodeURIComponent(`/products/${product.slug}`)}` as Route}
        words={panelWords(t)} comesBack={sale.cashCents > 0} offer={mine?.redeemable ?? null}
      />
    </Panel>
  );
}

/** While it is open to this person, its offer is the page's one way to redeem. */
const isOpenTo = (phase: FlashPhase, stock: number, obstacle: FlashObstacle | null): boolean => phase === "on" && stock > 0 && (obstacle === null || obstacle === "guest");

/** What of it this person can have once it is on, whatever is left then; or why they cannot. */
async function readMine(offer: FlashOffer, shopper: Shopper, balance: Balance, reading: Reading): Promise<{ obstacle: FlashObstacle | null; redeemable: RedeemOffer | null }> {
  if (balance.status === "frozen") return { obstacle: "frozen", redeemable: null };
  const at = offer.startsAt > reading.now ? offer.startsAt : reading.now;
  const [found, terms, words] = await Promise.all([
    readOffersFor(shopper.id, [{ skuId: offer.skuId, quantity: 1 }], at, reading.policy), checkoutTerms(shopper.id, balance.pointsAvailable, reading), redeemWords(),
  ]);
  const mine = found.get(offer.skuId);
  const obstacle = mine ? obstacleOf(mine) : "locked";
  if (!mine || obstacle) return { obstacle, redeemable: null };
  return { obstacle: null, redeemable: { action: redeem, requestId: crypto.randomUUID(), offers: [{ id: offer.skuId, name: "", quantityMax: Math.max(1, mine.quantityMax), quoted: mine.offer }], terms, words } };
}

function obstacleOf({ problem }: OfferFor): FlashObstacle | null {
  switch (problem?.code) {
    case "purchase_limit":
      return "limitReached";
    case "not_eligible":
      return "locked";
    default:
      return null;
  }
}

type FlashTexts = Awaited<ReturnType<typeof getTranslations<"flash">>>;

const panelWords = (t: FlashTexts) => ({
  redeem: t("panel.redeem"), waiting: t("panel.waiting"), soldOut: t("panel.soldOut"), over: t("panel.over"), limitReached: t("panel.limitReached"), frozen: t("panel.frozen"), locked: t("panel.locked"),
  signIn: t("panel.signIn"), soldOutHint: t("panel.soldOutHint"), waitingHint: t("panel.waitingHint"), nowOn: t("panel.nowOn"), nowSoldOut: t("panel.nowSoldOut"), nowBack: t("panel.nowBack"),
  nowOver: t("panel.nowOver"), meter: meterWords(t),
});

export type FlashWords = ReturnType<typeof panelWords>;
