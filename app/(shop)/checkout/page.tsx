import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { CartRow } from "../cart/cart-row";
import { startReading } from "../reading";
import { checkOut } from "./actions";
import { CheckoutForm } from "./checkout-form";
import { checkoutTerms } from "./reading-terms";
import { PageHeader } from "@/components/page-header";
import { Notice } from "@/components/ui/notice";
import { requireShopper } from "@/lib/auth";
import { readCart } from "@/lib/orders/cart/queries";
import { getBalance } from "@/lib/points/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("checkout"))("title") };
}

/** What can be had of the cart, or a coupon's gift alone, with everything that is asked before it is ordered. */
export default async function CheckoutPage() {
  const [reading, shopper, t, tCart] = await Promise.all([startReading(), requireShopper("/checkout"), getTranslations("checkout"), getTranslations("cart")]);
  const [cart, balance] = await Promise.all([readCart(reading.db, shopper.id, reading.now, reading.policy), getBalance(reading.db, shopper.id, reading.now)]);
  const lines = cart.filter(({ problem }) => problem === null);
  const terms = await checkoutTerms(shopper.id, balance.pointsAvailable, reading);
  // A gift may be all there is; anything else needs something to buy.
  if (lines.length === 0 && !terms.coupons.some(({ gift, terms: { minSpend } }) => gift !== null && minSpend === 0)) redirect("/cart");
  const left = cart.length - lines.length;
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title={t("title")} back={{ href: "/cart", label: tCart("title") }} />
      {balance.status === "frozen" && <Notice tone="danger" className="mb-4">{t("frozen")}</Notice>}
      {left > 0 && <Notice tone="warning" className="mb-4">{t("leftInCart", { products: left })}</Notice>}
      {lines.length === 0 && <p className="mb-5 text-body text-muted">{t("giftAlone")}</p>}
      {lines.length > 0 && <ul className="mb-5 divide-y divide-border rounded-card border border-border bg-card px-4">
        {lines.map((line) => <li key={line.skuId}><CartRow line={line} locale={reading.locale} /></li>)}
      </ul>}
      <CheckoutForm
        action={checkOut} requestId={crypto.randomUUID()} terms={terms} isFrozen={balance.status === "frozen"}
        lines={lines.map(({ offer, quantity }) => ({ offer, quantity }))}
      />
    </div>
  );
}
