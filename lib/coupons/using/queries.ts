import "server-only";

import { and, asc, eq, gt, lte } from "drizzle-orm";

import type { Db } from "@/db/client";
import { coupons, couponTemplates } from "@/db/schema";
import type { UserId } from "@/lib/ctx";

import type { CouponTerms } from "../discount";

/** A coupon that a person can use now. */
export type UsableCoupon = { publicId: string; name: string; nameEn: string; expiresAt: Date; terms: CouponTerms };

/** More than anybody picks from; those that expire soonest. */
const USABLE_MAX = 50;

export async function listUsable(db: Db, userId: UserId, now: Date): Promise<UsableCoupon[]> {
  const rows = await db
    .select({
      publicId: coupons.publicId, name: couponTemplates.name, nameEn: couponTemplates.nameEn, expiresAt: coupons.expiresAt,
      terms: {
        kind: couponTemplates.kind, unit: couponTemplates.unit, amount: couponTemplates.amount, percent: couponTemplates.percent, amountMax: couponTemplates.amountMax,
        minSpend: couponTemplates.minSpend, giftSkuId: couponTemplates.giftSkuId, scope: couponTemplates.scope, scopeIds: couponTemplates.scopeIds,
      },
    })
    .from(coupons).innerJoin(couponTemplates, eq(couponTemplates.id, coupons.templateId))
    .where(and(eq(coupons.userId, userId), eq(coupons.status, "active"), gt(coupons.expiresAt, now), lte(coupons.usableFrom, now)))
    .orderBy(asc(coupons.expiresAt), asc(coupons.id))
    .limit(USABLE_MAX);
  return rows;
}
