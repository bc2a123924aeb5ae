import "server-only";

import { env } from "./env";
import { Refusal } from "./refusal";

/** Takes an order's cash. `reference` is ours; a provider's callback repeats it. */
export interface PaymentProvider {
  readonly name: string;
  /** Where the buyer goes to pay. */
  start(payment: { reference: string; amountCents: number }): Promise<{ redirectTo: string }>;
  /** Gives cash of a payment back. `refundId` is the key of this refund: asked again, it pays once. Throws when the provider does not take it. */
  refund(refund: { reference: string; refundId: string; amountCents: number }): Promise<void>;
}

/** A page of the shop that plays the bank, for trying the shop out. No money moves. */
export const testCashier: PaymentProvider = {
  name: "test",
  start: ({ reference }) => Promise.resolve({ redirectTo: `/cashier/${reference}` }),
  // No money came, so none goes back.
  refund: () => Promise.resolve(),
};

/** The provider that took a payment, whichever takes payments now. Refuses `unavailable` for one that the shop does not know any more. */
export function providerNamed(name: string): PaymentProvider {
  if (name === testCashier.name) return testCashier;
  throw new Refusal("unavailable");
}

/** The provider in use. Refuses `unavailable` where none is set up. */
export function paymentProvider(): PaymentProvider {
  if (env().PAYMENT_TEST_CASHIER) return testCashier;
  throw new Refusal("unavailable");
}
