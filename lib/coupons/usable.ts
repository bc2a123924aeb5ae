import type { CouponStatus } from "@/db/schema/coupons";
import type { UserId } from "@/lib/ctx";

import type { CouponTerms } from "./discount";

/** A coupon that somebody wants to use, with what it does. */
export type HeldCoupon = CouponTerms & { id: number; publicId: string; userId: UserId | null; status: CouponStatus; usableFrom: Date; expiresAt: Date };

/** Whether this person can use it now. Until the instant at which it expires, and not at it. */
export const isUsable = (coupon: HeldCoupon, userId: UserId, now: Date): boolean =>
  coupon.userId === userId && coupon.status === "active" && coupon.usableFrom <= now && now < coupon.expiresAt;
