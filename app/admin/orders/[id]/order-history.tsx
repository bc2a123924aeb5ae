import { useTranslations } from "next-intl";
import { OrderTimeline, type TimelineStep } from "@/components/order-timeline";
import { Card } from "@/components/ui/card";
import { NEXT_STATUSES } from "@/lib/orders/status";
import type { StaffOrder, StaffOrderStep } from "@/lib/orders/staff-queries";

type OrderHistoryProps = { order: StaffOrder; zone: string };

/** Every step with who took it. */
export function OrderHistory({ order, zone }: OrderHistoryProps) {
  const t = useTranslations("admin.order");
  const last = order.events.length - 1;
  const isOpen = NEXT_STATUSES[order.status].some((next) => next !== "refunded");
  const steps = order.events.map((event, index): TimelineStep => ({
    key: `${index}`,
    label: event.fromStatus === null && event.toStatus === "paid" ? t("steps.placed") : t(`steps.${event.toStatus}`),
    at: event.createdAt,
    state: event.toStatus === "cancelled" || event.toStatus === "refunded" ? "ended" : index === last && isOpen ? "current" : "done",
    note: noteOf(event, order, t),
  }));
  return (
    <Card as="section" aria-labelledby="history-title">
      <h2 id="history-title" className="mb-3 text-section font-semibold">{t("history")}</h2>
      <OrderTimeline steps={steps} zone={zone} />
    </Card>
  );
}

type OrderWords = ReturnType<typeof useTranslations<"admin.order">>;

function noteOf(event: StaffOrderStep, order: StaffOrder, t: OrderWords): string {
  const who = event.actorName === null ? t("bySystem") : t("by", { name: event.actorName });
  return [who, detailOf(event, order, t)].filter(Boolean).join(" · ");
}

/** What it was shipped with, or why it was cancelled. */
function detailOf({ toStatus, note }: StaffOrderStep, order: StaffOrder, t: OrderWords): string {
  if (toStatus === "shipped" && order.carrier) return `${order.carrier} ${order.trackingNumber ?? ""}`;
  if (note === "unpaid") return t("unpaid");
  if (note === "staff") return t("byStaff");
  return note === "buyer" ? t("byBuyer") : note;
}
