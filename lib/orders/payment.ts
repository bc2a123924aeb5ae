import "server-only";

import type { z } from "zod";

import type { UserId } from "@/lib/ctx";
import { env } from "@/lib/env";
import { paymentProvider, testCashier } from "@/lib/payments";
import { perform } from "@/lib/perform";
import { allow, Refusal, type Decision } from "@/lib/refusal";
import { once, requestKey } from "@/lib/request-key";

import { openPayment, settlePayment, type Settlement } from "./commands";
import type { PayInput, TestPaymentInput } from "./schema";

/** Opens an attempt to pay and asks the provider where the buyer goes. Refuses `not_found`, `order_not_payable`, `unavailable`. */
export async function startPayment(shopper: { id: UserId }, input: z.infer<typeof PayInput>): Promise<Decision<{ redirectTo: string }>> {
  const provider = paymentProvider();
  const { requestId, ...body } = input;
  const attempt = await perform({ kind: "shopper", id: shopper.id }, (ctx) =>
    once(ctx, requestKey(requestId, "pay", body), () => openPayment(ctx, input, provider.name)));
  return allow(await provider.start(attempt));
}

/** What the buyer pressed at the test cashier. Refuses `unavailable` where it is not allowed. */
export async function settleTestPayment(shopper: { id: UserId }, { reference, result }: z.infer<typeof TestPaymentInput>): Promise<Decision<Settlement>> {
  if (!env().PAYMENT_TEST_CASHIER) throw new Refusal("unavailable");
  return allow(await perform({ kind: "shopper", id: shopper.id }, (ctx) => settlePayment(ctx, testCashier.name, reference, result)));
}
