import { addDays, dayOf, endOfDay } from "@/lib/day";
import type { Policy } from "@/lib/settings/policy";

/** When points earned now expire: at the end of the last day of their validity, in the programme's zone. */
export const expiryOf = (earnedAt: Date, policy: Pick<Policy, "timeZone" | "pointValidityDays">): Date =>
  endOfDay(addDays(dayOf(earnedAt, policy.timeZone), policy.pointValidityDays), policy.timeZone);

/** Until when points are good that come back after their own lot has expired. */
export const graceUntil = (now: Date, policy: Pick<Policy, "timeZone" | "restoreGraceDays">): Date =>
  endOfDay(addDays(dayOf(now, policy.timeZone), policy.restoreGraceDays), policy.timeZone);
