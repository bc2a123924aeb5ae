import { useTranslations } from "next-intl";
import { Badge, type Progress, type Tone } from "./ui/badge";

export type OrderStatusView = "pending" | "paid" | "shipped" | "completed" | "cancelled" | "refunded" | "partly_shipped" | "to_pick_up";

const looks: Record<OrderStatusView, { tone: Tone; progress: Progress }> = {
  pending: { tone: "warning", progress: "waiting" },
  paid: { tone: "info", progress: "waiting" },
  shipped: { tone: "info", progress: "underway" },
  partly_shipped: { tone: "info", progress: "underway" },
  to_pick_up: { tone: "warning", progress: "underway" },
  completed: { tone: "success", progress: "done" },
  cancelled: { tone: "neutral", progress: "ended" },
  refunded: { tone: "neutral", progress: "ended" },
};

export function OrderStatusBadge({ status }: { status: OrderStatusView }) {
  const t = useTranslations("orders");
  return <Badge {...looks[status]}>{t(`status.${status}`)}</Badge>;
}
