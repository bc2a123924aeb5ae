import { useLocale, useTranslations } from "next-intl";
import { inLanguage } from "../../../(shop)/views";
import { refundItemForm } from "../actions";
import { CommandForm } from "@/components/admin/command-form";
import { Card } from "@/components/ui/card";
import { formatCash } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import type { OrderItem } from "@/lib/orders/queries";
import { decideRefund, REFUNDABLE } from "@/lib/orders/refund";
import type { StaffOrder } from "@/lib/orders/staff-queries";

/** More pieces than this are taken back in portions. */
const PIECES_SHOWN_MAX = 50;

/** Takes back pieces of what was sold, line by line; what each choice returns is said in it. */
export function RefundPanel({ order }: { order: StaffOrder }) {
  const t = useTranslations("admin.order.refund");
  const open = order.items.filter(({ quantity, quantityRefunded }) => quantity > quantityRefunded);
  if (!REFUNDABLE.includes(order.status) || open.length === 0) return null;
  return (
    <Card as="section" aria-labelledby="refund-title">
      <h2 id="refund-title" className="mb-1 text-section font-semibold">{t("title")}</h2>
      <p className="mb-3 text-caption text-pretty text-muted">{t("explanation")}</p>
      <ul className="grid gap-5">
        {open.map((item) => <li key={`${item.line}-${item.quantityRefunded}`}><RefundLine order={order} item={item} /></li>)}
      </ul>
    </Card>
  );
}

function RefundLine({ order, item }: { order: StaffOrder; item: OrderItem }) {
  const t = useTranslations("admin.order.refund");
  const common = useTranslations("common");
  const locale = useLocale();
  const name = inLanguage(locale, item.productName, item.productNameEn);
  const left = Math.min(item.quantity - item.quantityRefunded, PIECES_SHOWN_MAX);
  return (
    <CommandForm
      action={refundItemForm} label={`${t("title")}: ${name}`} hidden={{ requestId: publicId(), orderId: order.publicId, line: item.line }} submit={t("submit")} pending={common("pending")} look="secondary"
      fields={[{ name: "reason", label: t("reason"), maxLength: 200, autoComplete: "off" }]}
    >
      <label className="grid gap-1 text-dense">
        <span className="font-medium">{name}</span>
        <select name="quantity" defaultValue="1" className="h-10 rounded-control border border-input bg-card px-2.5 text-dense">
          {Array.from({ length: left }, (_, index) => <RefundOption key={index} order={order} item={item} quantity={index + 1} />)}
        </select>
      </label>
      <label className="flex min-h-6 items-center gap-2 text-dense">
        <input type="checkbox" name="restock" className="size-6 shrink-0 accent-primary" />
        {t("restock")}
      </label>
    </CommandForm>
  );
}

function RefundOption({ order, item, quantity }: { order: StaffOrder; item: OrderItem; quantity: number }) {
  const t = useTranslations("admin.order.refund");
  const words = useTranslations("orders.refunds");
  const locale = useLocale();
  const plan = decideRefund(order.status, item, quantity);
  if (!plan.ok) return null;
  const { points, cashCents } = plan.value;
  const worth = [points > 0 ? words("points", { points }) : "", cashCents > 0 ? words("cash", { amount: formatCash(locale, cashCents) }) : ""].filter(Boolean).join(" · ");
  return <option value={quantity}>{t("option", { quantity, worth })}</option>;
}
