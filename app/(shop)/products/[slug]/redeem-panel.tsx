import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { putInCart } from "../../cart/actions";
import { checkoutTerms } from "../../checkout/reading-terms";
import { redeem } from "./actions";
import type { Obstacle, OfferView } from "./offer-view";
import { AddToCart } from "./add-to-cart";
import { RedeemForm } from "./redeem-form";
import { redeemWords } from "./redeem-words";
import { Price } from "@/components/price";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import type { Shopper } from "@/lib/auth";
import type { ProductPage } from "@/lib/catalog/queries";
import { formatInstant } from "@/lib/i18n";
import { readOffersFor } from "@/lib/orders/cart/queries";
import type { Balance } from "@/lib/points/queries";

type RedeemPanelProps = { product: ProductPage; offers: readonly OfferView[]; first: OfferView; obstacle: Obstacle | null; shopper: Shopper | null; balance: Balance | null; reading: Reading; startOpen: boolean };

/** The product's one action, or the reason why it cannot be taken. */
export async function RedeemPanel({ product, offers, first, obstacle, shopper, balance, reading, startOpen }: RedeemPanelProps) {
  const t = await getTranslations("product");
  const price = <Price points={first.shownPoints} cashCents={first.shownCashCents} />;
  // What a level opens is a reason to sign in, for somebody who has not.
  const closed = balance?.status === "frozen" ? "frozen" : obstacle && (shopper || obstacle.reason !== "not_eligible") ? obstacle : null;
  if (closed) {
    return (
      <>
        {closed === "frozen" && <Notice tone="danger" className="mt-4">{t("frozen")}</Notice>}
        {closed !== "frozen" && closed.level && <LevelNotice level={closed.level} />}
        <ActionBar price={price}><Button disabled size="cta" className="grow lg:grow-0 lg:px-10">{closed === "frozen" ? t("obstacles.frozen") : await reasonFor(closed, reading)}</Button></ActionBar>
      </>
    );
  }
  if (!shopper || !balance) {
    const back = encodeURIComponent(`/products/${product.slug}`);
    return <ActionBar price={price}><ButtonLink href={`/sign-in?next=${back}` as Route} look="points" size="cta" className="grow lg:grow-0 lg:px-10">{t("signInToRedeem")}</ButtonLink></ActionBar>;
  }
  const wanted = offers.filter(({ quantityMax }) => quantityMax > 0).map(({ id }) => ({ skuId: id, quantity: 1 }));
  const [found, terms, words, tCart] = await Promise.all([
    readOffersFor(shopper.id, wanted, reading.now, reading.policy), checkoutTerms(shopper.id, balance.pointsAvailable, reading), redeemWords(), getTranslations("cart"),
  ]);
  const redeemable = offers.flatMap(({ id, name }) => {
    const offer = found.get(id);
    return offer && offer.quantityMax > 0 ? [{ id, name, quantityMax: offer.quantityMax, quoted: offer.offer }] : [];
  });
  if (redeemable.length === 0) return <ActionBar price={price}><Button disabled size="cta" className="grow lg:grow-0 lg:px-10">{t("obstacles.limitReached")}</Button></ActionBar>;
  return (
    <RedeemForm action={redeem} requestId={crypto.randomUUID()} slug={product.slug} offers={redeemable} terms={terms} words={words} price={price} startOpen={startOpen}>
      <AddToCart action={putInCart} skuId={redeemable[0]!.id} label={tCart("add")} added={tCart("added")} toCart={tCart("open")}><Icon name="cart" size={24} /></AddToCart>
    </RedeemForm>
  );
}

/** The reason in the button, short. */
async function reasonFor({ reason, startsAt, level }: Obstacle, { locale, policy }: Reading): Promise<string> {
  const t = await getTranslations("product.obstacles");
  switch (reason) {
    case "not_eligible": return level ? t("notEligible", { level }) : t("notOnSale");
    case "not_started": return startsAt ? t("notStarted", { time: formatInstant(locale, startsAt, policy.timeZone) }) : t("notOnSale");
    case "daily_purchase_limit": return t("dailyLimit");
    case "purchase_limit": return t("limitReached");
    case "sold_out": return t("soldOut");
    case "sale_ended": return t("saleEnded");
    case "not_on_sale": return t("notOnSale");
  }
}

/** For whom it is, and the way there. */
async function LevelNotice({ level }: { level: string }) {
  const t = await getTranslations("product");
  return (
    <Notice tone="info" className="mt-4">
      <p>{t("levelOnly", { level })}</p>
      <ButtonLink href="/levels" size="filter" className="mt-2">{t("toLevels")}</ButtonLink>
    </Notice>
  );
}

/** Under the thumb on a phone, in the flow from 1024 px on. */
function ActionBar({ price, children }: { price: React.ReactNode; children: React.ReactNode }) {
  return (
    <div className="fixed inset-x-0 bottom-[calc(57px+env(safe-area-inset-bottom))] z-10 flex items-center gap-4 border-t border-border bg-card px-4 py-3 lg:static lg:mt-5 lg:border-0 lg:bg-transparent lg:p-0">
      <span className="lg:hidden">{price}</span>
      {children}
    </div>
  );
}
