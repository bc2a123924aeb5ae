import { z } from "zod";

import { answer, shopperHandler } from "@/lib/api";
import { findFirstSku } from "@/lib/catalog/queries";
import { currentTime } from "@/lib/clock";
import { redeem } from "@/lib/orders/lanes";
import { refuse } from "@/lib/refusal";
import { requestKey } from "@/lib/request-key";
import { apiMessage } from "@/lib/sentence";

const SpendInput = z.strictObject({ productId: z.int().min(1), quantity: z.int().min(1).max(9_999) });

/** POST /api/points/spend {productId, quantity}: redeems a product for its points price, as an order. */
export const spend = shopperHandler("POST", SpendInput, async ({ person, input, key, locale }) => {
  const skuId = await findFirstSku(input.productId, currentTime());
  if (skuId === null) return refuse("not_found");
  const done = await redeem({
    userId: person.id, lines: [{ skuId, quantity: input.quantity }], addressMayFollow: true, request: requestKey(key, "spend", input),
  });
  if (!done.ok) return done;
  const { pointsAvailable, productName, orderId, status, cashDueCents } = done.value;
  return answer({ message: apiMessage(locale, "redeemed"), points: pointsAvailable, product: productName, order_id: orderId, status, cash_due: cashDueCents / 100 });
});
