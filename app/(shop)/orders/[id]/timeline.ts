import type { getTranslations } from "next-intl/server";
import type { TimelineStep } from "@/components/order-timeline";
import type { OrderStatus } from "@/db/schema/orders";
import { keptOf } from "@/lib/orders/line";
import type { OrderPage } from "@/lib/orders/queries";

type OrderWords = Awaited<ReturnType<typeof getTranslations<"orders">>>;
type StepKey = "placed" | "paid" | "partly" | "shipped" | "ready" | "pickedUp" | "completed";
type Step = { key: StepKey; at: Date | null };

/**
 * The steps of this order's way: those without cash skip the payment, those without a parcel the shipping, and only what is picked up
 * waits at the counter. What only may happen (a first parcel of several) shows when it has.
 */
export function timelineOf(order: OrderPage, t: OrderWords): TimelineStep[] {
  const reachedAt = new Map<OrderStatus, Date>(order.events.map(({ toStatus, createdAt }) => [toStatus, createdAt]));
  const way = wayOf(order, reachedAt);
  if (order.status === "cancelled" || order.status === "refunded") {
    const done = way.filter(({ at }) => at !== null);
    return [
      ...done.map(({ key, at }): TimelineStep => ({ key, label: labelOf(key, "done", order, t), at, state: "done" })),
      { key: order.status, label: t(`status.${order.status}`), at: reachedAt.get(order.status) ?? null, state: "ended" },
    ];
  }
  const current = way.find(({ at }) => at === null)?.key;
  return way.map(({ key, at }): TimelineStep => {
    const state = at ? "done" : key === current ? "current" : "coming";
    return { key, label: labelOf(key, state, order, t), at, state };
  });
}

function wayOf(order: OrderPage, reachedAt: ReadonlyMap<OrderStatus, Date>): Step[] {
  const has = (delivery: "shipped" | "pickup"): boolean => order.items.some((item) => item.delivery === delivery && (keptOf(item) > 0 || order.status === "refunded"));
  const shippedAt = reachedAt.get("shipped") ?? null;
  const [first] = order.parcels;
  const isPartly = first !== undefined && (shippedAt === null || first.createdAt < shippedAt);
  const steps: Step[] = [{ key: "placed", at: order.createdAt }];
  if (order.cashDueCents > 0) steps.push({ key: "paid", at: reachedAt.get("paid") ?? null });
  if (isPartly) steps.push({ key: "partly", at: first.createdAt });
  if (has("shipped")) steps.push({ key: "shipped", at: shippedAt });
  if (has("pickup")) {
    if (!order.pickupCode?.verifiedAt) steps.push({ key: "ready", at: null });
    else steps.push({ key: "pickedUp", at: order.pickupCode.verifiedAt });
  }
  return [...steps.filter(({ at }) => at !== null).sort((a, b) => a.at!.getTime() - b.at!.getTime()), ...steps.filter(({ at }) => at === null), { key: "completed", at: reachedAt.get("completed") ?? null }];
}

function labelOf(key: StepKey, state: "done" | "current" | "coming", order: OrderPage, t: OrderWords): string {
  if (key === "partly") return t("steps.partly.done");
  if (key === "ready" && state === "current" && order.pickupCode) return t("steps.ready.done");
  if (key === "completed" && state === "current" && order.delivery === "virtual") return t(order.codes.length > 0 ? "steps.completed.waitingCodes" : "steps.completed.waitingOnline");
  return t(`steps.${key}.${state === "current" ? "waiting" : state}`);
}
