import { eq } from "drizzle-orm";
import type { z } from "zod";

import { db } from "@/db/client";
import { categories, products, segments, skus } from "@/db/schema";
import { claimCoupon } from "@/lib/coupons/claiming/commands";
import { saveTemplate } from "@/lib/coupons/commands";
import { TemplateInput } from "@/lib/coupons/schema";
import type { Actor, UserId } from "@/lib/ctx";
import { refreshSegmentsJob } from "@/lib/jobs/refresh-segments";
import { perform } from "@/lib/perform";
import { saveSegment } from "@/lib/segments/commands";

type Seeded = Omit<z.input<typeof TemplateInput>, "requestId" | "status" | "position">;
const JOB_MS = 30_000;

/** Coupons of every kind, one of them in Lin's wallet, and the people who come back for more. */
export async function seedCoupons(merchant: Actor, lin: UserId, at: Date): Promise<void> {
  const { id: segmentId } = await perform(merchant, (ctx) => saveSegment(ctx, { requestId: "seed", name: "回头客", nameEn: "Regulars", definition: { ordersMin: 2 }, isActive: true }), at);
  const saved: number[] = [];
  for (const [position, template] of (await templatesOf(segmentId)).entries()) {
    const input = TemplateInput.parse({ ...template, requestId: `seed-coupon-${position}`, status: "active", position });
    saved.push((await perform(merchant, (ctx) => saveTemplate(ctx, input), at)).id);
  }
  await perform({ kind: "shopper", id: lin }, (ctx) => claimCoupon(ctx, { templateId: saved[0]! }));
}

/** Who is a regular shows when everybody has ordered: written down at the end. */
export async function seedMembers(now: Date): Promise<void> {
  const [stale] = await db().select({ id: segments.id }).from(segments).limit(1);
  if (stale) await refreshSegmentsJob.run(now, Date.now() + JOB_MS);
}

async function templatesOf(segmentId: number): Promise<Seeded[]> {
  const [home, gift] = await Promise.all([findCategory("home"), findGift()]);
  return [
    { name: "满 100 减 20", nameEn: "¥20 off ¥100", kind: "amount", amount: 2_000, minSpend: 10_000, isClaimable: true, claimLimit: 1, issuedMax: 500, validDays: 30 },
    { name: "家居 8.8 折", nameEn: "12% off home goods", kind: "percent", percent: 12, amountMax: 3_000, ...home, isClaimable: true, issuedMax: 200, validDays: 14 },
    { name: "免邮券", nameEn: "Free delivery", kind: "free_delivery", isClaimable: true, claimLimit: 2, validDays: 30 },
    { name: "500 积分券", nameEn: "500 points off", kind: "amount", unit: "points", amount: 500, minSpend: 2_000, isClaimable: true, issuedMax: 100, segmentId, validDays: 30 },
    ...(gift === null ? [] : [{ name: "随单赠品", nameEn: "A gift with your order", kind: "gift" as const, giftSkuId: gift, minSpend: 5_000, isClaimable: false, issuedMax: 50, validDays: 60 }]),
  ];
}

async function findCategory(slug: string): Promise<Pick<Seeded, "scope" | "scopeIds">> {
  const [category] = await db().select({ id: categories.id }).from(categories).where(eq(categories.slug, slug));
  return category ? { scope: "categories", scopeIds: [category.id] } : {};
}

/** Something small that costs points. */
async function findGift(): Promise<number | null> {
  const [sku] = await db().select({ id: skus.id }).from(skus).innerJoin(products, eq(products.id, skus.productId)).where(eq(products.slug, "dotted-notebook")).limit(1);
  return sku?.id ?? null;
}
