import { useLocale, useTranslations } from "next-intl";
import { inLanguage, lotView } from "../../../(shop)/views";
import { RowLink } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import { Moment } from "@/components/admin/moment";
import { LotList } from "@/components/lot-list";
import { OrderStatusBadge } from "@/components/order-status-badge";
import { SectionHeader } from "@/components/page-header";
import { PointsAmount } from "@/components/points-amount";
import { Card } from "@/components/ui/card";
import { formatDayOf, formatPoints } from "@/lib/i18n";
import type { StaffOrderCard } from "@/lib/orders/staff-queries";
import type { Balance, WalletLot } from "@/lib/points/queries";

/** What the person has, what waits, what they owe, what they ever earned. */
export function Balances({ balance, zone }: { balance: Balance; zone: string }) {
  const t = useTranslations("admin.user");
  const locale = useLocale();
  const figures = [["available", balance.pointsAvailable], ["pending", balance.pointsPending], ["debt", balance.pointsDebt], ["earned", balance.totalPointsEarned]] as const;
  return (
    <Card as="section" aria-label={t("balances")}>
      <dl className="grid grid-cols-2 gap-4 md:grid-cols-4">
        {figures.map(([name, points]) => (
          <div key={name}>
            <dt className="text-caption text-muted">{t(`figures.${name}`)}</dt>
            <dd className="text-title font-semibold tabular-nums">{formatPoints(locale, points)}</dd>
          </div>
        ))}
      </dl>
      {balance.expiring && (
        <p className="mt-3 border-t border-border pt-3 text-caption text-muted">
          {t("expiring", { points: formatPoints(locale, balance.expiring.points), day: formatDayOf(locale, new Date(balance.expiring.expiresAt.getTime() - 1), zone) })}
        </p>
      )}
    </Card>
  );
}

export function Lots({ lots, now, zone }: { lots: readonly WalletLot[]; now: Date; zone: string }) {
  const t = useTranslations("admin.user");
  return (
    <Card as="section" aria-labelledby="lots-title">
      <h2 id="lots-title" className="text-section font-semibold">{t("lots")}</h2>
      <p className="mb-1 text-caption text-muted">{t("lotsHint")}</p>
      {lots.length === 0 ? <p className="py-3 text-dense text-muted">{t("noLots")}</p> : (
        <div className="max-h-80 overflow-y-auto" tabIndex={0} role="group" aria-labelledby="lots-title">
          <LotList lots={lots.map((lot) => lotView({ id: lot.id, points: lot.pointsRemaining, expiresAt: lot.expiresAt }, now))} zone={zone} />
        </div>
      )}
    </Card>
  );
}

type RecentOrdersProps = { orders: readonly StaffOrderCard[]; username: string; now: Date; zone: string };

export function RecentOrders({ orders, username, now, zone }: RecentOrdersProps) {
  const t = useTranslations("admin.user");
  const locale = useLocale();
  return (
    <Card as="section" aria-labelledby="orders-title">
      <SectionHeader id="orders-title" title={t("orders")} href={hrefWith("/admin/orders", { q: username })} linkLabel={t("allOrders")} />
      {orders.length === 0 && <p className="py-3 text-dense text-muted">{t("noOrders")}</p>}
      <ul className="divide-y divide-border">
        {orders.map((order) => (
          <li key={order.id} className="relative flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5 text-dense hover:bg-bg">
            <span className="min-w-0 grow">
              <RowLink href={hrefWith(`/admin/orders/${order.publicId}`)} className="inline-block font-mono text-caption font-medium! text-primary">{order.number}</RowLink>
              <span className="block text-pretty">{order.items.map((item) => `${inLanguage(locale, item.productName, item.productNameEn)} ×${item.quantity}`).join(" · ")}</span>
              <span className="text-caption text-muted"><Moment at={order.createdAt} now={now} zone={zone} /></span>
            </span>
            <PointsAmount points={order.pointsSpent} className="font-semibold" />
            <OrderStatusBadge status={order.status} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
