import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { Reading } from "../reading";
import { inLanguage } from "../views";
import { OrderStatusBadge } from "@/components/order-status-badge";
import { Price } from "@/components/price";
import { ProductPicture } from "@/components/product-picture";
import { formatInstant, formatTime } from "@/lib/i18n";
import { shownStatus } from "@/lib/orders/line";
import type { OrderCard } from "@/lib/orders/queries";

/** An order in a list: what it was, where it is, what it cost. */
export async function OrderRow({ order, reading: { locale, policy, now } }: { order: OrderCard; reading: Reading }) {
  const t = await getTranslations("orders");
  const item = order.items[0];
  return (
    <Link href={`/orders/${order.publicId}`} className="group block rounded-hero border border-border bg-card p-4 transition-colors hover:border-input">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-caption text-muted">
        <span className="min-w-0 truncate"><span className="font-mono">{order.number}</span> · <time dateTime={order.createdAt.toISOString()}>{formatInstant(locale, order.createdAt, policy.timeZone)}</time></span>
        <OrderStatusBadge status={shownStatus(order.status, order.items)} />
      </div>
      {item && (
        <div className="mt-3 flex items-center gap-3">
          <ProductPicture picture={item.picture} cover={item.cover} className="size-16! shrink-0 rounded-control" />
          <div className="min-w-0 grow">
            <h2 className="line-clamp-2 text-body font-medium group-hover:text-primary">{inLanguage(locale, item.productName, item.productNameEn)}</h2>
            <p className="text-caption text-muted tabular-nums">{[inLanguage(locale, item.skuName, item.skuNameEn), t("quantity", { quantity: item.quantity })].filter(Boolean).join(" · ")}</p>
            {order.items.length > 1 && <p className="text-caption text-muted">{t("more", { all: order.items.length })}</p>}
          </div>
          <Price points={order.pointsSpent} cashCents={order.cashDueCents} className="shrink-0 flex-col items-end!" />
        </div>
      )}
      {order.status === "pending" && order.payBy && order.payBy > now && (
        <p className="mt-3 rounded-control bg-warning-soft px-3 py-2 text-caption font-medium text-warning">{t("payBefore", { time: formatTime(locale, order.payBy, policy.timeZone) })}</p>
      )}
    </Link>
  );
}
