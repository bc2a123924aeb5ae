import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { Celebration } from "@/components/celebration";
import type { Shopper } from "@/lib/auth";
import { listOrders, type OrderPage } from "@/lib/orders/queries";

/** Right after a redemption: the ticket is stamped; confetti only for the first one ever. */
export async function Placed({ order, shopper, reading }: { order: OrderPage; shopper: Shopper; reading: Reading }) {
  const [t, { counts }] = await Promise.all([getTranslations("orders"), listOrders(reading.db, shopper.id, { limit: 1 })]);
  const isFirst = Object.values(counts).reduce((sum, count) => sum + count, 0) === 1;
  const isPaid = order.status !== "pending" && order.status !== "cancelled" && order.status !== "refunded";
  return (
    <div role="status" className="mb-4 flex items-center gap-4 rounded-hero border border-dashed border-primary bg-primary-soft p-4">
      <svg width="56" height="56" viewBox="0 0 56 56" aria-hidden="true" className="stamp shrink-0 text-primary">
        <g fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round" transform="rotate(-10 28 28)">
          <circle cx="28" cy="28" r="24" />
          <circle cx="28" cy="28" r="19" strokeDasharray="1 5" />
          <path d={isPaid ? "m19 29 6 6 12-13" : "M28 18v11l7 5"} strokeWidth="3.5" />
        </g>
      </svg>
      <div>
        <p className="text-section font-semibold">{isPaid ? t("placedTitle") : t("waitingTitle")}</p>
        <p className="text-dense text-muted">{isPaid ? t(hintOf(order)) : t("waitingHint")}</p>
      </div>
      {isFirst && isPaid && <Celebration />}
    </div>
  );
}

function hintOf({ delivery, codes }: OrderPage): "placedShipped" | "placedPickup" | "placedCoupon" | "placedCode" | "placedVirtual" {
  if (delivery === "shipped") return "placedShipped";
  if (delivery === "pickup") return "placedPickup";
  if (delivery === "coupon") return "placedCoupon";
  return codes.length > 0 ? "placedCode" : "placedVirtual";
}
