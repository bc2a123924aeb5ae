import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { lotView, refundViews } from "../../views";
import { LotList } from "@/components/lot-list";
import { RefundList } from "@/components/refund-list";
import { PointsAmount } from "@/components/points-amount";
import { Panel } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { formatCash, formatPoints } from "@/lib/i18n";
import type { OrderPage } from "@/lib/orders/queries";

/** Points with the very lots they came from, cash, and what came back. */
export async function PaidWith({ order, reading: { locale, policy, now } }: { order: OrderPage; reading: Reading }) {
  const t = await getTranslations("orders");
  return (
    <Panel aria-labelledby="paid-with">
      <h2 id="paid-with" className="mb-3 text-body font-semibold">{t("paidWith")}</h2>
      <dl className="grid gap-2 text-dense tabular-nums">
        <Line label={t("points")}><PointsAmount points={order.pointsSpent} className="font-semibold text-points" /></Line>
        {order.discountCents > 0 && <Line label={t("discount")}>{formatCash(locale, -order.discountCents).replace("-", "−")}</Line>}
        {order.couponPoints > 0 && <Line label={t("couponPoints")}>{formatPoints(locale, order.couponPoints)}</Line>}
        {order.couponCents > 0 && <Line label={t("coupon")}>{formatCash(locale, -order.couponCents).replace("-", "−")}</Line>}
        {order.deliveryCents > 0 && <Line label={t("deliveryFee")}>{formatCash(locale, order.deliveryCents)}</Line>}
        {order.cashDueCents > 0 && (
          <Line label={t("cash")}>
            {formatCash(locale, order.cashDueCents)} <span className="text-muted">{order.cashPaidCents > 0 ? t("cashPaid") : order.status === "cancelled" ? t("cashVoid") : t("cashOpen")}</span>
          </Line>
        )}
      </dl>
      {order.draws.length > 0 && (
        <div className="mt-3 rounded-control bg-sunken px-3.5 pt-2.5">
          <h3 className="text-caption font-medium text-muted">{t("fromLots")}</h3>
          <LotList lots={order.draws.map((draw) => lotView(draw, now))} zone={policy.timeZone} />
        </div>
      )}
      {order.refunds.length > 0 && (
        <div className="mt-3 border-t border-border pt-2.5">
          <h3 className="text-body font-semibold">{t("refunds.title")}</h3>
          <RefundList refunds={refundViews(order, locale)} zone={policy.timeZone} />
        </div>
      )}
      {order.latePayments.map(({ amountCents, cashStatus }, index) => (
        <Notice key={index} tone="info" className="mt-3">{t("refunds.late", { amount: formatCash(locale, amountCents) })} {t(`refunds.${cashStatus}`)}</Notice>
      ))}
      {order.restoredPoints > 0 && <Notice tone="success" className="mt-3">{t("restored", { points: formatPoints(locale, order.restoredPoints) })}</Notice>}
    </Panel>
  );
}

function Line({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd className="text-end">{children}</dd>
    </div>
  );
}
