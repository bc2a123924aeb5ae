import { z } from "zod";

import { answer, shopperHandler } from "@/lib/api";
import { findFirstSku } from "@/lib/catalog/queries";
import { currentTime } from "@/lib/clock";
import { redeem } from "@/lib/orders/lanes";
import { refuse } from "@/lib/refusal";
import { requestKey } from "@/lib/request-key";
import { apiMessage } from "@/lib/sentence";

const CreateInput = z.strictObject({
  productId: z.int().min(1),
  quantity: z.int().min(1).max(9_999),
  usePoints: z.int().min(0).max(1_000_000_000_000).default(0),
});

/** POST /api/orders/create {productId, quantity, usePoints}: an order of cash, points, or both, as its price allows. Amounts are yuan. */
export const create = shopperHandler("POST", CreateInput, async ({ person, input, key, locale }) => {
  const skuId = await findFirstSku(input.productId, currentTime());
  if (skuId === null) return refuse("not_found");
  const done = await redeem({
    userId: person.id, lines: [{ skuId, quantity: input.quantity }], pointsToUse: input.usePoints, addressMayFollow: true, request: requestKey(key, "create", input),
  });
  if (!done.ok) return done;
  const { orderId, status, points, totalCents, cashDueCents, pointsAvailable } = done.value;
  return answer({
    message: apiMessage(locale, "orderCreated"), total_price: totalCents / 100, points_used: points, cash_paid: cashDueCents / 100,
    order_id: orderId, status, points: pointsAvailable,
  });
});
