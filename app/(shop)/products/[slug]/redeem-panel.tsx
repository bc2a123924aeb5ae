import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { redeem } from "./actions";
import type { OfferView } from "./offer-view";
import { RedeemForm, type LotOffer } from "./redeem-form";
import { redeemWords } from "./redeem-words";
import { Price } from "@/components/price";
import { Button, ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { getDefaultAddress } from "@/lib/accounts/queries";
import type { Shopper } from "@/lib/auth";
import type { ProductPage } from "@/lib/catalog/queries";
import { formatDayOf } from "@/lib/i18n";
import { listLots, type Balance, type WalletLot } from "@/lib/points/queries";

type RedeemPanelProps = { product: ProductPage; offers: readonly OfferView[]; first: OfferView; shopper: Shopper | null; balance: Balance | null; reading: Reading; startOpen: boolean };

/** The product's one action, or the reason why it cannot be taken. */
export async function RedeemPanel({ product, offers, first, shopper, balance, reading, startOpen }: RedeemPanelProps) {
  const t = await getTranslations("product");
  const price = <Price points={first.shownPoints} cashCents={first.shownCashCents} />;
  if (!shopper || !balance) {
    const back = encodeURIComponent(`/products/${product.slug}`);
    return <ActionBar price={price}><ButtonLink href={`/sign-in?next=${back}` as Route} look="points" size="cta" className="grow lg:grow-0 lg:px-10">{t("signInToRedeem")}</ButtonLink></ActionBar>;
  }
  const obstacle = obstacleOf(offers, balance);
  if (obstacle) {
    return (
      <>
        {obstacle === "frozen" && <Notice tone="danger" className="mt-4">{t("frozen")}</Notice>}
        <ActionBar price={price}><Button disabled size="cta" className="grow lg:grow-0 lg:px-10">{t(`obstacles.${obstacle}`)}</Button></ActionBar>
      </>
    );
  }
  const [lots, address, words] = await Promise.all([listLots(reading.db, shopper.id, reading.now), getDefaultAddress(reading.db, shopper.id), redeemWords()]);
  return (
    <RedeemForm
      action={redeem} requestId={crypto.randomUUID()} slug={product.slug} delivery={product.delivery} offers={offers.filter(({ quantityMax }) => quantityMax > 0)}
      pointsPerYuan={reading.policy.pointsPerYuan} pointsAvailable={balance.pointsAvailable} lots={lots.map((lot) => lotOffer(lot, reading, t("neverExpires")))}
      address={address} locale={reading.locale} words={words} price={price} startOpen={startOpen}
    />
  );
}

type Obstacle = "frozen" | "soldOut" | "limitReached";

function obstacleOf(offers: readonly OfferView[], balance: Balance): Obstacle | null {
  if (balance.status === "frozen") return "frozen";
  if (offers.every(({ stock }) => stock === 0)) return "soldOut";
  return offers.every(({ quantityMax }) => quantityMax === 0) ? "limitReached" : null;
}

const lotOffer = ({ id, pointsGranted, pointsRemaining, expiresAt, isSliding, neverExpires }: WalletLot, { locale, policy }: Reading, never: string): LotOffer => ({
  id, pointsGranted, pointsRemaining, expiresAt, isSliding,
  label: neverExpires ? never : formatDayOf(locale, new Date(expiresAt.getTime() - 1), policy.timeZone),
});

/** Under the thumb on a phone, in the flow from 1024 px on. */
function ActionBar({ price, children }: { price: React.ReactNode; children: React.ReactNode }) {
  return (
    <div className="fixed inset-x-0 bottom-[calc(57px+env(safe-area-inset-bottom))] z-10 flex items-center gap-4 border-t border-border bg-card px-4 py-3 lg:static lg:mt-5 lg:border-0 lg:bg-transparent lg:p-0">
      <span className="lg:hidden">{price}</span>
      {children}
    </div>
  );
}
