import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { inLanguage } from "../views";
import { startReading } from "../reading";
import { setQuantity } from "./actions";
import { CartQuantity } from "./cart-quantity";
import { CartRow } from "./cart-row";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { requireShopper } from "@/lib/auth";
import { readCart, type CartLine } from "@/lib/orders/cart/queries";
import { sentenceFor } from "@/lib/sentence";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cart"))("title") };
}

/** What the shopper means to redeem together; what cannot be had any more says why and stays until it is taken out. */
export default async function CartPage() {
  const [reading, shopper, t] = await Promise.all([startReading(), requireShopper("/cart"), getTranslations("cart")]);
  const { db, now, policy, locale } = reading;
  const cart = await readCart(db, shopper.id, now, policy);
  const ready = cart.filter(({ problem }) => problem === null).length;
  const nameOf = (line: CartLine): string => inLanguage(locale, line.productName, line.productNameEn);
  return (
    <div className="mx-auto max-w-2xl pb-20 lg:pb-0">
      <PageHeader title={t("title")} lead={cart.length > 0 ? t("count", { products: cart.length }) : undefined} />
      {cart.length === 0 ? (
        <EmptyState title={t("empty")} action={<ButtonLink href="/shop" look="primary">{t("toShop")}</ButtonLink>}>{t("emptyHint")}</EmptyState>
      ) : (
        <>
          <ul className="divide-y divide-border rounded-card border border-border bg-card px-4">
            {cart.map((line) => (
              <li key={line.skuId}>
                <CartRow line={line} locale={locale} problem={line.problem ? sentenceFor(locale, line.problem.code, line.problem.detail) : undefined}>
                  <CartQuantity
                    action={setQuantity} skuId={line.skuId} quantity={line.quantity} max={Math.max(1, line.quantityMax)}
                    words={{ label: t("quantityOf", { product: nameOf(line) }), fewer: t("fewerOf", { product: nameOf(line) }), oneMore: t("moreOf", { product: nameOf(line) }), remove: t("remove") }}
                  />
                </CartRow>
              </li>
            ))}
          </ul>
          <div className="fixed inset-x-0 bottom-[calc(57px+env(safe-area-inset-bottom))] z-10 border-t border-border bg-card px-4 py-3 lg:static lg:mt-5 lg:border-0 lg:bg-transparent lg:p-0">
            {ready > 0
              ? <ButtonLink href="/checkout" look="points" size="cta" wide>{t("checkOut", { products: ready })}</ButtonLink>
              : <p className="text-center text-dense text-muted">{t("nothingReady")}</p>}
          </div>
        </>
      )}
    </div>
  );
}
