import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { Reading } from "../../reading";
import { inLanguage } from "../../views";
import { Price } from "@/components/price";
import { ProductPicture } from "@/components/product-picture";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/card";
import type { OrderItem, OrderPage } from "@/lib/orders/queries";

/** What was bought, and how far each piece of it is. */
export async function Items({ order, reading: { locale } }: { order: OrderPage; reading: Reading }) {
  const t = await getTranslations("orders");
  return (
    <Panel aria-labelledby="items">
      <h2 id="items" className="mb-3 text-body font-semibold">{t("items")}</h2>
      <ul className="grid gap-4">
        {order.items.map((item) => (
          <li key={item.line} className="flex items-center gap-3">
            <ProductPicture picture={item.picture} cover={item.cover} eager className="size-18! shrink-0 rounded-control" />
            <div className="min-w-0 grow">
              <h3 className="text-body font-medium"><Link href={`/products/${item.productSlug}`} className="inline-flex min-h-6 items-center hover:text-primary hover:underline">{inLanguage(locale, item.productName, item.productNameEn)}</Link></h3>
              <p className="text-caption text-muted">{[inLanguage(locale, item.skuName, item.skuNameEn), t("quantity", { quantity: item.quantity })].filter(Boolean).join(" · ")}</p>
              {item.isGift ? <Badge tone="points">{t("gift")}</Badge> : <Price points={item.points} cashCents={item.cashDueCents} size="line" />}
              <Progress item={item} order={order} />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

async function Progress({ item, order }: { item: OrderItem; order: OrderPage }) {
  const t = await getTranslations("orders.lines");
  const words = progressWord(item, order.items.length);
  const count = item.quantityRefunded;
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-caption text-muted empty:hidden">
      {words && <span>{t(words, { done: item.quantityDelivered, all: item.quantity })}</span>}
      {count > 0 && <span>{t("refunded", { count })}</span>}
      {item.delivery === "coupon" && item.quantityDelivered > 0 && <Link href="/coupons" className="inline-flex min-h-6 items-center font-medium text-primary hover:underline">{t("toCoupons")}</Link>}
    </p>
  );
}

/** Of an order of one thing that was sent whole the progress says it all. */
function progressWord({ delivery, quantity, quantityDelivered }: OrderItem, lines: number): "sent" | "handed" | "pickedUp" | null {
  if (quantityDelivered === 0 || (lines === 1 && quantityDelivered >= quantity)) return null;
  return delivery === "shipped" ? "sent" : delivery === "pickup" ? "pickedUp" : "handed";
}
