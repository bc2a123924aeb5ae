import "server-only";

import { log } from "./log";
import { deliverOrder } from "./orders/delivering/commands";
import { perform } from "./perform";

/** Hands over codes and coupons before the buyer sees the order. Whatever becomes of this, the order's event does it too. */
export async function deliverAtOnce(orderId: string): Promise<void> {
  try {
    await perform({ kind: "system", name: "deliver at once" }, (ctx) => deliverOrder(ctx, orderId));
  } catch (error) {
    log.warn({ err: error, orderId }, "an order waits for the next round to be handed over");
  }
}
