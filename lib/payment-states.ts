import "server-only";

import { env, missingOf } from "./env";
import { noticeAddress } from "./payment-provider";
import { PAYMENT_METHODS, type PaymentMethod } from "./settings/policy";

/** What makes paying easier and is not set: a way works without it. */
export type PaymentExtra = "wechatInside" | "wechatOnPhone";

/** A way to pay as the settings show it. What its variables hold is nobody's to read. */
export type PaymentState = {
  name: PaymentMethod;
  /** Variables that are not set, by name; a way that lacks any takes no payment. */
  missing: readonly string[];
  lacks: readonly PaymentExtra[];
  /** Whether money moves. */
  mode: "test" | "live";
  /** Where the provider sends its notices; null where nobody does. */
  callback: string | null;
};

/** Every way to pay, whether it can be used or not. */
export function listPaymentStates(): PaymentState[] {
  const { NEXTAUTH_URL } = env();
  return PAYMENT_METHODS.map((name) => ({ name, missing: missingFor(name), lacks: name === "wechat" ? wechatLacks() : [], mode: modeOf(name), callback: name === "test" ? null : noticeAddress(NEXTAUTH_URL, name) }));
}

function missingFor(name: PaymentMethod): string[] {
  const given = env();
  if (name === "test") return given.PAYMENT_TEST_CASHIER ? [] : ["PAYMENT_TEST_CASHIER"];
  return missingOf(name, given);
}

function wechatLacks(): PaymentExtra[] {
  const { WECHAT_APP_SECRET, WECHAT_PAY_H5 } = env();
  return [...(WECHAT_APP_SECRET ? [] : ["wechatInside" as const]), ...(WECHAT_PAY_H5 ? [] : ["wechatOnPhone" as const])];
}

/** Stripe says it in its key; the others are a sandbox where they are asked at another address. */
function modeOf(name: PaymentMethod): PaymentState["mode"] {
  const { STRIPE_SECRET_KEY, STRIPE_API_URL, WECHAT_PAY_API_URL, ALIPAY_GATEWAY } = env();
  const isTest = { test: true, stripe: Boolean(STRIPE_API_URL) || /^(sk|rk)_test_/.test(STRIPE_SECRET_KEY ?? ""), wechat: Boolean(WECHAT_PAY_API_URL), alipay: Boolean(ALIPAY_GATEWAY) };
  return isTest[name] ? "test" : "live";
}
