import type { Delivery } from "@/db/schema/catalog";
import type { OrderStatus } from "@/db/schema/orders";

/** How far a line of an order is. */
export type Line = { line: number; delivery: Delivery; quantity: number; quantityDelivered: number; quantityRefunded: number };

/** Pieces that the buyer still means to have. */
export const keptOf = ({ quantity, quantityRefunded }: Pick<Line, "quantity" | "quantityRefunded">): number => quantity - quantityRefunded;

/** Pieces that are still to be sent or handed over. What is taken back is taken from these first. */
export const owedOf = ({ quantity, quantityDelivered, quantityRefunded }: Pick<Line, "quantity" | "quantityDelivered" | "quantityRefunded">): number =>
  Math.max(0, quantity - quantityDelivered - quantityRefunded);

const isShipped = ({ delivery }: Pick<Line, "delivery">): boolean => delivery === "shipped";

/** Whether anything of it travels, or will, in a parcel. */
export const hasParcels = (lines: readonly Line[]): boolean => lines.some((line) => isShipped(line) && keptOf(line) > 0);

export const owesParcels = (lines: readonly Line[]): boolean => lines.some((line) => isShipped(line) && owedOf(line) > 0);

export const owesAnything = (lines: readonly Line[]): boolean => lines.some((line) => owedOf(line) > 0);

/**
 * Where the order goes by itself: to `shipped` with its last parcel, to `completed` when everything is in the buyer's hands.
 * A parcel on its way is received when the buyer, staff or time says so.
 */
export function stepOf(status: OrderStatus, lines: readonly Line[]): "shipped" | "completed" | null {
  if ((status !== "paid" && status !== "shipped") || lines.every((line) => keptOf(line) === 0)) return null;
  if (status === "paid" && hasParcels(lines) && !owesParcels(lines)) return "shipped";
  return !hasParcels(lines) && !owesAnything(lines) ? "completed" : null;
}

/** Whether a person can say that they have it all: nothing is still to be sent or handed over. */
export const isReceivable = (status: OrderStatus, lines: readonly Line[]): boolean => status === "shipped" && !owesAnything(lines);

/** How people call where it is: an order that is paid may be sent in part, or wait at the counter. */
export type ShownStatus = OrderStatus | "partly_shipped" | "to_pick_up";

export function shownStatus(status: OrderStatus, lines: readonly Omit<Line, "line">[]): ShownStatus {
  if (status !== "paid") return status;
  if (lines.some((line) => line.delivery === "shipped" && line.quantityDelivered > 0)) return "partly_shipped";
  const owed = lines.filter((line) => owedOf(line) > 0);
  return owed.length > 0 && owed.every(({ delivery }) => delivery === "pickup") ? "to_pick_up" : status;
}
