import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { notFound } from "next/navigation";
import { ToTrail } from "../../audit/to-trail";
import { startStaffReading } from "../../reading";
import { HandedOver } from "./handed-over";
import { OrderActions } from "./order-actions";
import { OrderHistory } from "./order-history";
import { Address, Goods, Money, PointsDrawn, Refunds } from "./order-parts";
import { PaymentsPanel } from "./payments-panel";
import { RefundPanel } from "./refund-panel";
import { WithoutForms } from "@/components/admin/read-only";
import { PageHeader } from "@/components/page-header";
import { OrderStatusBadge } from "@/components/order-status-badge";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { PUBLIC_ID } from "@/lib/id";
import { formatInstant } from "@/lib/i18n";
import { shownStatus } from "@/lib/orders/line";
import { findOrderForStaff, type StaffOrder } from "@/lib/orders/staff-queries";

type OrderPageProps = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.order"))("title") };
}

export default async function OrderPage({ params }: OrderPageProps) {
  const { db, policy, locale, now, staff } = await startStaffReading("orders.read");
  const { id } = await params;
  const order = PUBLIC_ID.test(id) ? await findOrderForStaff(db, id) : null;
  if (!order) notFound();
  const [t, orders, words] = await Promise.all([getTranslations("admin.order"), getTranslations("admin.orders"), getTranslations("admin.words")]);
  const lead = (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-dense">
      <OrderStatusBadge status={shownStatus(order.status, order.items)} />
      {t("placedAt", { at: formatInstant(locale, order.createdAt, policy.timeZone) })}
    </span>
  );
  return (
    <>
      <PageHeader
        title={t("heading", { number: order.number })} back={{ href: "/admin/orders", label: orders("title") }} lead={lead}
        actions={<CopyButton text={order.number} label={t("copyNumber")} copiedLabel={words("copied")} />}
      />
      {staff.permissions.has("audit.read") && <ToTrail type="order" id={order.publicId} className="mb-3" />}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="grid min-w-0 gap-4 max-lg:order-2">
          <Goods order={order} />
          <Money order={order} />
          {order.draws.length > 0 && <PointsDrawn order={order} now={now} zone={policy.timeZone} />}
          <PaymentsPanel payments={order.payments} zone={policy.timeZone} />
          {order.refunds.length > 0 && <Refunds order={order} zone={policy.timeZone} />}
          <OrderHistory order={order} zone={policy.timeZone} />
        </div>
        <div className="grid min-w-0 gap-4 max-lg:order-1">
          <OrderActions order={order} staff={staff} />
          <WithoutForms when={!staff.permissions.has("orders.fulfil")}><HandedOver order={order} zone={policy.timeZone} /></WithoutForms>
          <Buyer order={order} opensAccount={staff.permissions.has("people.read")} />
          {staff.permissions.has("orders.refund") && <RefundPanel order={order} />}
          {order.items.some(({ delivery }) => delivery === "shipped") && <Address order={order} seesContact={staff.permissions.has("people.contact")} />}
        </div>
      </div>
    </>
  );
}

function Buyer({ order, opensAccount }: { order: StaffOrder; opensAccount: boolean }) {
  const t = useTranslations("admin.order");
  return (
    <Card as="section" aria-labelledby="buyer-title">
      <h2 id="buyer-title" className="mb-2 text-section font-semibold">{t("buyer")}</h2>
      {opensAccount ? <Link href={`/admin/users/${order.userId}`} className="inline-flex min-h-6 min-w-6 items-center font-medium text-primary hover:underline">{order.username}</Link> : <p className="font-medium">{order.username}</p>}
      <p className="text-caption text-muted">{order.emailMasked}</p>
    </Card>
  );
}
