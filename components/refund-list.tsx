import { useLocale, useTranslations } from "next-intl";
import { formatCash, formatInstant } from "@/lib/i18n";

export type RefundView = {
  refundId: string;
  product: string;
  quantity: number;
  points: number;
  cashCents: number;
  /** How far the cash is; null when there is none. */
  cashStatus: "due" | "sent" | "failed" | null;
  pointsClawedBack: number;
  reason: string;
  createdAt: Date;
};

/** What was taken back of an order: what returned, how far its cash is, and what the order had earned and gave back. */
export function RefundList({ refunds, zone }: { refunds: readonly RefundView[]; zone: string }) {
  const t = useTranslations("orders.refunds");
  const locale = useLocale();
  return (
    <ul className="divide-y divide-border">
      {refunds.map((refund) => (
        <li key={refund.refundId} className="grid gap-0.5 py-2.5 text-dense">
          <span className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="font-medium">{t("line", { product: refund.product, quantity: refund.quantity })}</span>
            <time dateTime={refund.createdAt.toISOString()} className="text-caption text-muted tabular-nums">{formatInstant(locale, refund.createdAt, zone)}</time>
          </span>
          {refund.points > 0 && <span className="tabular-nums">{t("points", { points: refund.points })}</span>}
          {refund.cashStatus && <span className="tabular-nums">{t("cash", { amount: formatCash(locale, refund.cashCents) })} <span className="text-muted">{t(refund.cashStatus)}</span></span>}
          {refund.pointsClawedBack > 0 && <span className="text-caption text-muted tabular-nums">{t("clawedBack", { points: refund.pointsClawedBack })}</span>}
          <span className="text-caption text-muted">{refund.reason}</span>
        </li>
      ))}
    </ul>
  );
}
