import "server-only";

import { env } from "./env";
import { Refusal } from "./refusal";

/** Takes an order's cash. `reference` is ours; a provider's callback repeats it. */
export interface PaymentProvider {
  readonly name: string;
  /** Where the buyer goes to pay. */
  start(payment: { reference: string; amountCents: number }): Promise<{ redirectTo: string }>;
}

/** A page of the shop that plays the bank, for trying the shop out. No money moves. */
export const testCashier: PaymentProvider = {
  name: "test",
  start: ({ reference }) => Promise.resolve({ redirectTo: `/cashier/${reference}` }),
};

/** The provider in use. Refuses `unavailable` where none is set up. */
export function paymentProvider(): PaymentProvider {
  if (env().PAYMENT_TEST_CASHIER) return testCashier;
  throw new Refusal("unavailable");
}
