import type { couponTemplates } from "@/db/schema/coupons";
import { addDays, dayOf, endOfDay } from "@/lib/day";

export type Template = typeof couponTemplates.$inferSelect;

/** When a coupon can be used: from the first instant to just before the second. */
export type Validity = { usableFrom: Date; expiresAt: Date };

type ValidityTerms = Pick<Template, "validFrom" | "validUntil" | "validDays">;

/** When a coupon that is given out now can be used; null when its template's time is over. Days end with the programme's. */
export function validityOf({ validFrom, validUntil, validDays }: ValidityTerms, now: Date, zone: string): Validity | null {
  const usableFrom = validFrom && validFrom > now ? validFrom : now;
  const expiresAt = validUntil ?? endOfDay(addDays(dayOf(usableFrom, zone), validDays ?? 0), zone);
  return expiresAt > usableFrom ? { usableFrom, expiresAt } : null;
}

type ClaimTerms = Pick<Template, "status" | "isClaimable" | "claimFrom" | "claimUntil">;

/** Whether people can take one in the claim centre now. The end is not included. */
export const isClaimOpen = ({ status, isClaimable, claimFrom, claimUntil }: ClaimTerms, now: Date): boolean =>
  status === "active" && isClaimable && (claimFrom === null || claimFrom <= now) && (claimUntil === null || now < claimUntil);

/** Coupons that can still be given out; null when there is no end to them. */
export const couponsLeft = ({ issuedMax }: Pick<Template, "issuedMax">, issued: number): number | null => (issuedMax === 0 ? null : Math.max(0, issuedMax - issued));
