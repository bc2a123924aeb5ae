import type { getTranslations } from "next-intl/server";
import type { TimelineStep } from "@/components/order-timeline";
import type { OrderStatus } from "@/db/schema/orders";
import type { OrderPage } from "@/lib/orders/queries";

type OrderWords = Awaited<ReturnType<typeof getTranslations<"orders">>>;
type StepKey = "placed" | "paid" | "shipped" | "completed";

/** The steps of this order's way: those without cash skip the payment, those without a parcel the shipping. */
export function timelineOf(order: OrderPage, t: OrderWords): TimelineStep[] {
  const reachedAt = new Map<OrderStatus, Date>(order.events.map(({ toStatus, createdAt }) => [toStatus, createdAt]));
  const way: StepKey[] = ["placed", ...(order.cashDueCents > 0 ? ["paid" as const] : []), ...(order.delivery === "shipped" ? ["shipped" as const] : []), "completed"];
  const at = (step: StepKey): Date | null => (step === "placed" ? order.createdAt : (reachedAt.get(step) ?? null));

  if (order.status === "cancelled" || order.status === "refunded") {
    const done = way.filter((step) => at(step) !== null);
    return [
      ...done.map((step): TimelineStep => ({ key: step, label: t(`steps.${step}.done`), at: at(step), state: "done" })),
      { key: order.status, label: t(`status.${order.status}`), at: reachedAt.get(order.status) ?? null, state: "ended" },
    ];
  }
  const current = way.find((step) => at(step) === null);
  return way.map((step): TimelineStep => {
    const state = at(step) ? "done" : step === current ? "current" : "coming";
    const isOnline = step === "completed" && state === "current" && order.delivery === "virtual";
    return { key: step, label: isOnline ? t("steps.completed.waitingOnline") : t(`steps.${step}.${state === "current" ? "waiting" : state}`), at: at(step), state };
  });
}
