import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { readParams, startReading, type SearchParams } from "../../reading";
import { CodeList } from "./code-list";
import { Items } from "./items";
import { OrderActions } from "./order-actions";
import { PaidWith } from "./paid-with";
import { Parcels } from "./parcels";
import { PickupCard } from "./pickup-card";
import { Placed } from "./placed";
import { PaymentResult } from "./payment-result";
import { ReviewPanel } from "./review-panel";
import { timelineOf } from "./timeline";
import { OrderStatusBadge } from "@/components/order-status-badge";
import { OrderTimeline } from "@/components/order-timeline";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { requireShopper } from "@/lib/auth";
import { PUBLIC_ID } from "@/lib/id";
import { shownStatus } from "@/lib/orders/line";
import { findPayment, stateOf } from "@/lib/orders/payment-queries";
import { findOrder, type OrderPage } from "@/lib/orders/queries";

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("orders"))("one") };
}

export default async function OrderPageRoute({ params, searchParams }: Props) {
  const { id } = await params;
  const [reading, shopper, { new: isNew, paid }, t] = await Promise.all([startReading(), requireShopper(`/orders/${id}`), readParams(searchParams, "new", "paid"), getTranslations("orders")]);
  const order = /^[\w-]{22}$/.test(id) ? await findOrder(reading.db, id, shopper.id) : null;
  if (!order) notFound();
  const steps = timelineOf(order, t);
  const payment = PUBLIC_ID.test(paid) ? await findPayment(reading.db, paid, shopper.id) : null;
  const returned = payment?.orderId === order.publicId ? payment : null;
  // Whoever comes back from paying is not asked to pay before it is known whether they have.
  const isBeingFoundOut = returned !== null && stateOf(returned) === "waiting";
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader title={t("one")} back={{ href: "/orders", label: t("title") }} actions={<OrderStatusBadge status={shownStatus(order.status, order.items)} />} />
      {isNew === "1" && <Placed order={order} shopper={shopper} reading={reading} />}
      {returned && <PaymentResult payment={returned} order={order} shopper={shopper} reading={reading} />}
      <div className="grid gap-4 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] md:items-start">
        <div className="grid gap-4">
          {!isBeingFoundOut && <OrderActions order={order} reading={reading} />}
          <PickupCard order={order} reading={reading} />
          <CodeList order={order} reading={reading} />
          <Items order={order} reading={reading} />
          <ReviewPanel order={order} reading={reading} />
          <PaidWith order={order} reading={reading} />
        </div>
        <div className="grid gap-4">
          <Panel aria-labelledby="progress">
            <h2 id="progress" className="mb-3 text-body font-semibold">{t("progress")}</h2>
            <OrderTimeline steps={steps} zone={reading.policy.timeZone} />
          </Panel>
          <Parcels order={order} reading={reading} />
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

async function Delivery({ order }: { order: OrderPage }) {
  const t = await getTranslations("orders");
  const { address } = order;
  if (!address && order.items.every(({ delivery }) => delivery === "pickup")) return null;
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
