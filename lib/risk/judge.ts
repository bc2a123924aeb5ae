import type { RiskRule } from "@/db/schema/control";
import type { RiskPolicy } from "@/lib/settings/risk";

/** What a rule found about somebody: the case it names, and numbers that show it. Never anything about other people. */
export type Finding = { rule: RiskRule; subject: string; evidence: Record<string, string | number> };

/**
 * So many accounts were signed in on one device; with them count those who have goods sent where one of them does. An address alone is never a
 * reason, for families share one, and where a device stands on the network is none at all.
 */
export function judgeDevice({ deviceKey, accounts, byAddress }: { deviceKey: string; accounts: number; byAddress: number }, { sharedDevice }: RiskPolicy): Finding | null {
  if (accounts < 2 || accounts + byAddress < sharedDevice.accounts) return null;
  return { rule: "shared_device", subject: deviceKey, evidence: { accounts, ...(byAddress > 0 ? { byAddress } : {}), limit: sharedDevice.accounts } };
}

/** So large a share of somebody's paid orders was taken back whole. The case is the month: it is looked at once in it. */
export function judgeRefunds({ month, orders, takenBack }: { month: string; orders: number; takenBack: number }, { refundRatio }: RiskPolicy): Finding | null {
  if (orders < refundRatio.ordersMin || takenBack * 100 < refundRatio.percent * orders) return null;
  return { rule: "refund_ratio", subject: month, evidence: { orders, takenBack, percent: Math.floor((takenBack * 100) / orders), limit: refundRatio.percent } };
}

/** So many orders in the first hours of an account. */
export function judgeBurst({ orders }: { orders: number }, { newAccountBurst }: RiskPolicy): Finding | null {
  if (orders < newAccountBurst.orders) return null;
  return { rule: "new_account_burst", subject: "first-hours", evidence: { orders, hours: newAccountBurst.hours, limit: newAccountBurst.orders } };
}

/** So many codes that were no coupon's within an hour of the clock. */
export function judgeGuessing({ hourStartsAt, times }: { hourStartsAt: Date; times: number }, { couponGuessing }: RiskPolicy): Finding | null {
  if (times < couponGuessing.times) return null;
  return { rule: "coupon_guessing", subject: hourStartsAt.toISOString(), evidence: { times, limit: couponGuessing.times, hour: hourStartsAt.toISOString() } };
}

const HOUR_MS = 3_600_000;
/** The hour of the clock in which something is counted. */
export const hourOf = (at: Date): Date => new Date(at.getTime() - (at.getTime() % HOUR_MS));

const SETTING_OF = {
  velocity: "velocity", shared_device: "sharedDevice", refund_ratio: "refundRatio", new_account_burst: "newAccountBurst", coupon_guessing: "couponGuessing",
} as const satisfies Record<RiskRule, keyof RiskPolicy>;

/** What the shop set for a rule. */
export const modeOf = (rule: RiskRule, policy: RiskPolicy): RiskPolicy[keyof RiskPolicy]["mode"] => policy[SETTING_OF[rule]].mode;
