import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { notFound } from "next/navigation";
import { readParams, startReading, type Reading, type SearchParams } from "../../reading";
import { inLanguage } from "../../views";
import { OrderActions } from "./order-actions";
import { PaidWith } from "./paid-with";
import { Placed } from "./placed";
import { ReviewPanel } from "./review-panel";
import { timelineOf } from "./timeline";
import { OrderStatusBadge } from "@/components/order-status-badge";
import { OrderTimeline } from "@/components/order-timeline";
import { PageHeader } from "@/components/page-header";
import { Price } from "@/components/price";
import { ProductPicture } from "@/components/product-picture";
import { Panel } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { requireShopper } from "@/lib/auth";
import { findOrder, type OrderPage } from "@/lib/orders/queries";

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("orders"))("one") };
}

export default async function OrderPageRoute({ params, searchParams }: Props) {
  const { id } = await params;
  const [reading, shopper, { new: isNew }, t] = await Promise.all([startReading(), requireShopper(`/orders/${id}`), readParams(searchParams, "new"), getTranslations("orders")]);
  const order = /^[\w-]{22}$/.test(id) ? await findOrder(reading.db, id, shopper.id) : null;
  if (!order) notFound();
  const steps = timelineOf(order, t);
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader title={t("one")} back={{ href: "/orders", label: t("title") }} actions={<OrderStatusBadge status={order.status} />} />
      {isNew === "1" && <Placed order={order} shopper={shopper} reading={reading} />}
      <div className="grid gap-4 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] md:items-start">
        <div className="grid gap-4">
          <OrderActions order={order} reading={reading} />
          <Items order={order} reading={reading} />
          <ReviewPanel order={order} reading={reading} />
          <PaidWith order={order} reading={reading} />
        </div>
        <div className="grid gap-4">
          <Panel aria-labelledby="progress">
            <h2 id="progress" className="mb-3 text-body font-semibold">{t("progress")}</h2>
            <OrderTimeline steps={steps} zone={reading.policy.timeZone} />
            <Tracking order={order} />
          </Panel>
          <Delivery order={order} />
          <p className="flex flex-wrap items-center gap-x-2 px-1 text-caption text-muted">
            {t("number")} <span className="font-mono">{order.number}</span>
            <CopyButton text={order.number} label={t("copyNumber")} copiedLabel={t("copied")} />
          </p>
        </div>
      </div>
    </div>
  );
}

async function Items({ order, reading: { locale } }: { order: OrderPage; reading: Reading }) {
  const t = await getTranslations("orders");
  return (
    <Panel aria-labelledby="items">
      <h2 id="items" className="mb-3 text-body font-semibold">{t("items")}</h2>
      <ul className="grid gap-4">
        {order.items.map((item, line) => (
          <li key={line} className="flex items-center gap-3">
            <ProductPicture picture={item.picture} eager className="size-18! shrink-0 rounded-control" />
            <div className="min-w-0 grow">
              <h3 className="text-body font-medium"><Link href={`/products/${item.productSlug}`} className="inline-flex min-h-6 items-center hover:text-primary hover:underline">{inLanguage(locale, item.productName, item.productNameEn)}</Link></h3>
              <p className="text-caption text-muted">{[inLanguage(locale, item.skuName, item.skuNameEn), t("quantity", { quantity: item.quantity })].filter(Boolean).join(" · ")}</p>
              <Price points={item.points} cashCents={item.cashDueCents} size="line" />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

async function Tracking({ order }: { order: OrderPage }) {
  if (!order.trackingNumber) return null;
  const t = await getTranslations("orders");
  return (
    <p className="flex flex-wrap items-center gap-x-2 rounded-control bg-sunken px-3 py-2 text-caption">
      <span>{order.carrier}</span>
      <span className="font-mono">{order.trackingNumber}</span>
      <CopyButton text={order.trackingNumber} label={t("copyTracking")} copiedLabel={t("copied")} />
    </p>
  );
}

async function Delivery({ order }: { order: OrderPage }) {
  const t = await getTranslations("orders");
  const { address } = order;
  return (
    <Panel aria-labelledby="delivery">
      <h2 id="delivery" className="mb-1 text-body font-semibold">{t("delivery")}</h2>
      {address ? (
        <address className="text-dense not-italic">
          <b className="font-semibold">{address.recipient}</b> <span className="tabular-nums">{address.phone}</span>
          <br />
          <span className="text-muted">{address.region} {address.street} {address.postcode}</span>
        </address>
      ) : (
        <p className="text-dense text-muted">{t("virtualDelivery")}</p>
      )}
    </Panel>
  );
}
