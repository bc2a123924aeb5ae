import type { OrderStatus } from "@/db/schema/orders";

/** Where an order may go from where it is. Nothing leaves `cancelled` or `refunded`; an order is refunded when all its pieces were taken back. */
export const NEXT_STATUSES = {
  pending: ["paid", "cancelled"],
  paid: ["shipped", "completed", "refunded"],
  shipped: ["completed", "refunded"],
  completed: ["refunded"],
  cancelled: [],
  refunded: [],
} as const satisfies Record<OrderStatus, readonly OrderStatus[]>;

export const canBecome = (from: OrderStatus, to: OrderStatus): boolean => (NEXT_STATUSES[from] as readonly OrderStatus[]).includes(to);

/** An order without cash is paid with its points; one with cash waits for it. */
export const statusAtFirst = (cashDueCents: number): "pending" | "paid" => (cashDueCents > 0 ? "pending" : "paid");

/** The number people read and say: the day of the order and its place in the shop's history. It is derived, never stored. */
export const orderNumber = (order: { id: number; createdAt: Date }): string =>
  `P${order.createdAt.toISOString().slice(2, 10).replaceAll("-", "")}${String(order.id).padStart(4, "0")}`;

/** The order's id inside a number that somebody typed; null when it is not one. */
export function idInOrderNumber(text: string): number | null {
  const match = /^P\d{6}(\d{4,15})$/i.exec(text.trim());
  return match ? Number(match[1]) : null;
}
