import { useLocale, useTranslations } from "next-intl";
import { inLanguage } from "../../../(shop)/views";
import { cancelOrderForm, completeOrderForm, shipOrderForm } from "../actions";
import { CommandForm } from "@/components/admin/command-form";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { Staff } from "@/lib/auth";
import { publicId } from "@/lib/id";
import { isReceivable, owedOf, owesParcels } from "@/lib/orders/line";
import { NEXT_STATUSES } from "@/lib/orders/status";
import type { StaffOrder } from "@/lib/orders/staff-queries";

/** What staff can do with the order now; nothing where nothing is to be done. */
export function OrderActions({ order, staff }: { order: StaffOrder; staff: Staff }) {
  const [fulfils, refunds] = [staff.permissions.has("orders.fulfil"), staff.permissions.has("orders.refund")];
  const t = useTranslations("admin.order");
  const isPaid = order.status === "paid" || order.status === "shipped";
  const owesByHand = isPaid && order.items.some((item) => item.delivery === "virtual" && owedOf(item) > 0 && !item.hasCodes);
  const toShip = order.status === "paid" && owesParcels(order.items);
  if (!(order.status === "pending" ? refunds || fulfils : fulfils)) return null;
  if (NEXT_STATUSES[order.status].every((next) => next === "refunded") || !(order.status === "pending" || toShip || owesByHand || isReceivable(order.status, order.items))) return null;
  return (
    <Card as="section" aria-labelledby="next-title" className="grid gap-4">
      <h2 id="next-title" className="-mb-1 text-section font-semibold">{t("next")}</h2>
      {order.status === "pending" && <><Notice tone="warning">{t("waitsForPayment")}</Notice>{refunds && <Cancel order={order} />}</>}
      {toShip && <Ship order={order} />}
      {owesByHand ? <Complete order={order} explanation={t("completeVirtualHint")} /> : isReceivable(order.status, order.items) && <Complete order={order} explanation={t("completeShippedHint")} />}
    </Card>
  );
}

const CARRIERS = ["sf", "zto", "yto", "sto", "yunda", "jitu", "jd", "ems", "post", "deppon"] as const;

/** Names of carriers to choose from; any other can be typed. */
export const useCarriers = (): string[] => {
  const t = useTranslations("admin.order.carriers");
  return CARRIERS.map((carrier) => t(carrier));
};

/** More pieces than this go into several parcels. */
const PIECES_MAX = 200;

/** One parcel: everything that is still to be sent, or less. */
function Ship({ order }: { order: StaffOrder }) {
  const t = useTranslations("admin.order");
  const words = useTranslations("adminFulfilment.ship");
  const common = useTranslations("common");
  const locale = useLocale();
  const open = order.items.filter((item) => item.delivery === "shipped" && owedOf(item) > 0);
  const isSplit = order.parcels.length > 0;
  const hasChoice = open.length > 1 || open.some((item) => owedOf(item) > 1);
  return (
    <div>
      {order.address === null && <Notice tone="warning" className="mb-3">{t("addressMissing")}</Notice>}
      {isSplit && <Notice tone="info" className="mb-3">{words("partly", { count: open.reduce((sum, item) => sum + owedOf(item), 0) })}</Notice>}
      <CommandForm
        key={`ship-${order.parcels.length}`} action={shipOrderForm} label={words("title")} hidden={{ requestId: publicId(), orderId: order.publicId }} submit={t("ship")} pending={common("pending")}
        fields={[
          { name: "carrier", label: t("carrier"), maxLength: 40, suggestions: useCarriers() },
          { name: "trackingNumber", label: t("trackingNumber"), maxLength: 60, autoComplete: "off" },
        ]}
      >
        {hasChoice && (
          <fieldset className="grid gap-2">
            <legend className="mb-1 text-caption font-medium">{words("contents")}</legend>
            {open.map((item) => {
              const product = [inLanguage(locale, item.productName, item.productNameEn), inLanguage(locale, item.skuName, item.skuNameEn)].filter(Boolean).join(" ");
              const count = Math.min(owedOf(item), PIECES_MAX);
              return (
                <label key={item.line} className="flex items-center justify-between gap-3 text-dense">
                  <span className="min-w-0">{words("of", { product, count: owedOf(item) })}</span>
                  <select name={`line.${item.line}`} defaultValue={count} aria-label={words("quantity", { product })} className="h-9 shrink-0 rounded-control border border-input bg-card px-2 text-dense tabular-nums">
                    {Array.from({ length: count + 1 }, (_, quantity) => <option key={quantity} value={quantity}>{quantity}</option>)}
                  </select>
                </label>
              );
            })}
          </fieldset>
        )}
      </CommandForm>
    </div>
  );
}

function Complete({ order, explanation }: { order: StaffOrder; explanation: string }) {
  const t = useTranslations("admin.order");
  const common = useTranslations("common");
  return (
    <CommandForm key="complete" action={completeOrderForm} label={t("complete")} hidden={{ requestId: publicId(), orderId: order.publicId }} submit={t("complete")} pending={common("pending")}>
      <p className="text-dense text-muted">{explanation}</p>
    </CommandForm>
  );
}

/** Behind a click of its own: it cannot be undone. */
function Cancel({ order }: { order: StaffOrder }) {
  const t = useTranslations("adminFulfilment.cancel");
  const common = useTranslations("common");
  return (
    <details>
      <summary className="inline-flex min-h-8 list-none items-center text-dense font-medium text-danger">{t("title")}</summary>
      <div className="mt-2">
        <CommandForm key="cancel" action={cancelOrderForm} label={t("title")} hidden={{ requestId: publicId(), orderId: order.publicId }} submit={t("submit")} pending={common("pending")} look="danger">
          <p className="text-dense text-muted">{t("hint")}</p>
        </CommandForm>
      </div>
    </details>
  );
}
