import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import { hrefWith } from "@/components/admin/href";
import type { WorkItem } from "@/components/admin/work-queue";
import type { IconName } from "@/components/ui/icon";
import type { QueueKey, StaffQueue } from "@/lib/queue/queue";

/** Where each is done. */
const PLACES: Readonly<Record<QueueKey, { icon: IconName; href: Route; isUrgent: boolean }>> = {
  toShip: { icon: "truck", href: hrefWith("/admin/orders", { view: "to_send" }), isUrgent: true },
  short: { icon: "ticket", href: hrefWith("/admin/orders", { view: "to_send", delivery: "virtual" }), isUrgent: true },
  toPickUp: { icon: "pin", href: hrefWith("/admin/orders", { view: "to_pick_up" }), isUrgent: false },
  approvals: { icon: "shield", href: hrefWith("/admin/adjustments", { view: "waiting" }), isUrgent: true },
  alerts: { icon: "alert", href: hrefWith("/admin/risk"), isUrgent: true },
  appeals: { icon: "user", href: hrefWith("/admin/risk/appeals"), isUrgent: true },
  reviews: { icon: "star", href: hrefWith("/admin/reviews", { status: "pending" }), isUrgent: false },
  lowStock: { icon: "box", href: hrefWith("/admin/products", { stock: "low" }), isUrgent: true },
  payments: { icon: "wallet", href: hrefWith("/admin/operations/payments"), isUrgent: true },
  mail: { icon: "mail", href: hrefWith("/admin/operations/mail"), isUrgent: true },
  events: { icon: "bolt", href: hrefWith("/admin/operations/events"), isUrgent: true },
  books: { icon: "chart", href: hrefWith("/admin/books"), isUrgent: true },
  trail: { icon: "shield", href: hrefWith("/admin/audit"), isUrgent: true },
};

export async function workItems(queue: StaffQueue): Promise<WorkItem[]> {
  const t = await getTranslations("adminFrame.queue");
  return queue.map(({ key, count }) => ({ key, count, ...PLACES[key], label: t(`items.${key}`), hint: t(`hints.${key}`) }));
}
