import { z } from "zod";

import { db } from "@/db/client";
import { answer, shopperHandler } from "@/lib/api";
import { listOrders } from "@/lib/orders/queries";

const HistoryInput = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  before: z.coerce.number().int().min(1).optional(),
});

/** GET /api/orders/history: a person's orders, newest first. `Link: rel="next"` leads to the page after. Amounts are yuan. */
export const history = shopperHandler("GET", HistoryInput, async ({ person, input }) => {
  const { orders, nextBefore } = await listOrders(db(), person.id, input);
  const body = orders.map((order) => ({
    id: order.publicId,
    number: order.number,
    product_id: order.items[0]?.productId,
    product: order.items[0]?.productName,
    quantity: order.items.reduce((sum, { quantity }) => sum + quantity, 0),
    total_price: order.totalCents / 100,
    points_used: order.pointsSpent,
    cash_due: order.cashDueCents / 100,
    cash_paid: order.cashPaidCents / 100,
    status: order.status,
    created_at: order.createdAt.toISOString(),
  }));
  return answer(body, nextBefore === null ? undefined : { link: `</api/orders/history?limit=${input.limit}&before=${nextBefore}>; rel="next"` });
});
