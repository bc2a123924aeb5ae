import { z } from "zod";

import { answer, shopperHandler } from "@/lib/api";
import { skuOfFlash } from "@/lib/flash-watch";
import { redeem } from "@/lib/orders/lanes";
import { refuse } from "@/lib/refusal";
import { requestKey } from "@/lib/request-key";
import { apiMessage } from "@/lib/sentence";

const FlashInput = z.strictObject({ saleId: z.int().min(1), quantity: z.int().min(1).max(99).default(1) });

/** POST /api/flash/redeem {saleId, quantity?}: redeems a piece of a flash sale. Without an address: the merchant asks for it. */
export const redeemFlash = shopperHandler("POST", FlashInput, async ({ person, input, key, locale }) => {
  const skuId = await skuOfFlash(input.saleId);
  if (skuId === null) return refuse("not_found");
  const done = await redeem({
    userId: person.id, lines: [{ skuId, quantity: input.quantity }], addressMayFollow: true, request: requestKey(key, "flash", input),
  });
  if (!done.ok) return done;
  const { pointsAvailable, productName, orderId, status, cashDueCents } = done.value;
  return answer({ message: apiMessage(locale, "redeemed"), points: pointsAvailable, product: productName, order_id: orderId, status, cash_due: cashDueCents / 100 });
});
