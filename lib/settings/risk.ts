import { z } from "zod";

import { RISK_MODES } from "@/db/schema/control";

import { whole } from "./expiry";

const mode = z.enum(RISK_MODES);

/** What each risk rule watches for and does: off, a note for staff, earnings held, or the account frozen. */
export const RiskPolicy = z.strictObject({
  /** More points by rules within a programme day; what was paid for with money does not count. */
  velocity: z.strictObject({ mode, pointsPerDay: whole(1, 1_000_000) }),
  /** So many accounts on one device. An address alone is never a reason: families and towns share one. */
  sharedDevice: z.strictObject({ mode, accounts: whole(2, 100) }),
  /** So large a share of orders that were taken back, of at least so many orders. */
  refundRatio: z.strictObject({ mode, percent: whole(1, 100), ordersMin: whole(2, 1_000) }),
  /** So many orders within the first hours of an account. */
  newAccountBurst: z.strictObject({ mode, hours: whole(1, 720), orders: whole(2, 1_000) }),
  /** So many wrong coupon codes within an hour. */
  couponGuessing: z.strictObject({ mode, times: whole(3, 1_000) }),
});
export type RiskPolicy = z.infer<typeof RiskPolicy>;

export const DEFAULT_RISK: RiskPolicy = {
  velocity: { mode: "freeze", pointsPerDay: 1000 },
  sharedDevice: { mode: "observe", accounts: 4 },
  refundRatio: { mode: "observe", percent: 60, ordersMin: 5 },
  newAccountBurst: { mode: "observe", hours: 24, orders: 5 },
  couponGuessing: { mode: "hold", times: 20 },
};
