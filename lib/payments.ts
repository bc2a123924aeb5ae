import "server-only";

import { alipay } from "./alipay";
import { env } from "./env";
import { CURRENCY, type PaymentProvider } from "./payment-provider";
import { Refusal } from "./refusal";
import type { Policy } from "./settings/policy";
import { stripePay } from "./stripe-pay";
import { wechatPay } from "./wechat-pay";

/** A page of the shop that plays the bank, for trying the shop out. No money moves. */
export const testCashier: PaymentProvider = {
  name: "test",
  keyFor: () => "",
  start: ({ reference }) => Promise.resolve({ way: { redirectTo: `/cashier/${reference}` }, key: null }),
  resume: () => Promise.resolve(null),
  // No money came, so none goes back.
  refund: () => Promise.resolve(),
  // Nobody speaks for it but its own page.
  read: () => Promise.reject(new Refusal("callback_forged")),
  find: ({ amountCents }) => Promise.resolve({ status: "unknown", amountCents, currency: CURRENCY }),
  close: () => Promise.resolve(),
  reply: () => ({ status: 404, type: "text/plain", body: "" }),
};

const isOn: Record<string, () => boolean> = {
  wechat: () => Boolean(env().WECHAT_PAY_API_V3_KEY),
  alipay: () => Boolean(env().ALIPAY_PRIVATE_KEY),
  stripe: () => Boolean(env().STRIPE_SECRET_KEY),
  test: () => env().PAYMENT_TEST_CASHIER,
};

/** All that the process has the keys of. One that is switched off is among them: what it has taken it still speaks of, and gives back. */
export const paymentProviders = (): PaymentProvider[] => [wechatPay, alipay, stripePay, testCashier].filter(({ name }) => isOn[name]!());

/** All that take payments now, in the order in which the buyer sees them. */
export const providersThatTake = ({ paymentsOff }: Pick<Policy, "paymentsOff">): PaymentProvider[] => paymentProviders().filter(({ name }) => !paymentsOff.some((off) => off === name));

/** The provider that took a payment. Refuses `unavailable` for one that the shop does not know, or whose keys it does not have any more. */
export function providerNamed(name: string): PaymentProvider {
  // The cashier's refunds move no money: they end even where it takes nothing any more.
  const provider = name === testCashier.name ? testCashier : paymentProviders().find((each) => each.name === name);
  if (!provider) throw new Refusal("unavailable");
  return provider;
}

/** The one that the buyer chose, or the first. Refuses `unavailable` where none takes payments. */
export function paymentProvider(policy: Pick<Policy, "paymentsOff">, name?: string): PaymentProvider {
  const on = providersThatTake(policy);
  const provider = name === undefined ? on[0] : on.find((each) => each.name === name);
  if (!provider) throw new Refusal("unavailable");
  return provider;
}
