import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { inLanguage } from "../../(shop)/views";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import { Moment } from "@/components/admin/moment";
import { OrderStatusBadge } from "@/components/order-status-badge";
import { formatCash, formatPoints } from "@/lib/i18n";
import { shownStatus } from "@/lib/orders/line";
import type { OrderItem } from "@/lib/orders/queries";
import type { StaffOrderCard } from "@/lib/orders/staff-queries";

type OrderTableProps = { orders: readonly StaffOrderCard[]; now: Date; zone: string; list: ListFace };

export function OrderTable({ orders, now, zone, list }: OrderTableProps) {
  const [t, delivered] = [useTranslations("admin.orders"), useTranslations("adminFulfilment.delivery")];
  const locale = useLocale();
  const columns: Column<StaffOrderCard>[] = [
    { key: "number", label: t("columns.number"), phone: "title", cell: (order) => <OrderNumber order={order} /> },
    { key: "buyer", label: t("columns.buyer"), phone: "line", cell: (order) => <Buyer order={order} /> },
    { key: "items", label: t("columns.items"), phone: "line", cell: ({ items }) => <Items items={items} /> },
    { key: "delivery", label: t("columns.delivery"), phone: "pair", cell: ({ items }) => [...new Set(items.map(({ delivery }) => delivered(delivery)))].join(" · ") },
    { key: "points", label: t("columns.points"), phone: "pair", end: true, cell: ({ pointsSpent }) => <b className="font-semibold">{formatPoints(locale, pointsSpent)}</b> },
    { key: "cash", label: t("columns.cash"), phone: "pair", end: true, cell: ({ cashDueCents }) => (cashDueCents > 0 ? formatCash(locale, cashDueCents) : "—") },
    { key: "status", label: t("columns.status"), phone: "corner", cell: ({ status, items }) => <OrderStatusBadge status={shownStatus(status, items)} /> },
    {
      key: "createdAt", label: t("columns.createdAt"), phone: "pair",
      cell: ({ createdAt }) => <span className="text-muted"><Moment at={createdAt} now={now} zone={zone} /></span>,
    },
  ];
  return <DataTable caption={t("caption")} columns={columns} rows={orders} keyOf={({ id }) => id} list={list} nameOf={({ number }) => number} />;
}

function OrderNumber({ order }: { order: StaffOrderCard }) {
  return <RowLink href={hrefWith(`/admin/orders/${order.publicId}`)} className="inline-block font-mono text-caption font-medium! text-primary">{order.number}</RowLink>;
}

/** The buyer's own page is a second target in the row: it lies above the row's. */
function Buyer({ order }: { order: StaffOrderCard }) {
  return (
    <span className="block min-w-0 max-sm:flex max-sm:flex-wrap max-sm:items-baseline max-sm:gap-x-2">
      <Link href={`/admin/users/${order.userId}`} prefetch={false} className="relative z-10 inline-block min-h-6 min-w-6 font-semibold hover:underline">{order.username}</Link>
      <span className="block truncate text-caption text-muted">{order.emailMasked}</span>
    </span>
  );
}

function Items({ items }: { items: readonly OrderItem[] }) {
  const locale = useLocale();
  return (
    <ul>
      {items.map((item, index) => (
        <li key={index} className="text-pretty">
          {inLanguage(locale, item.productName, item.productNameEn)}
          {" ×"}{item.quantity}
        </li>
      ))}
    </ul>
  );
}
