import { and, asc, eq } from "drizzle-orm";

import { db } from "@/db/client";
import { products, skus } from "@/db/schema";
import { currentTime } from "@/lib/clock";
import type { Actor } from "@/lib/ctx";
import { addDays, dayOf, startOfDay } from "@/lib/day";
import { planFlashSale } from "@/lib/flash/commands";
import { FlashPlanInput } from "@/lib/flash/schema";
import { invariant } from "@/lib/invariant";
import { perform } from "@/lib/perform";
import { getPolicy } from "@/lib/settings/queries";

const HOUR_MS = 3_600_000;

/** One sale that runs for some hours from now on, and one tomorrow evening. */
export async function seedFlash(merchant: Actor): Promise<void> {
  const now = currentTime();
  const { timeZone } = await getPolicy(db());
  const tomorrow = startOfDay(addDays(dayOf(now, timeZone), 1), timeZone).getTime();
  await plan(merchant, "thermos-500", { name: "暖冬限时", nameEn: "Warm for the winter", pieces: 12, pointsPrice: 2_690, cashPriceCents: 0, startsAt: new Date(now.getTime() - HOUR_MS), endsAt: new Date(now.getTime() + 6 * HOUR_MS) });
  await plan(merchant, "earbuds-lite", { name: "周末耳机专场", nameEn: "Weekend of sound", pieces: 10, pointsPrice: 9_900, cashPriceCents: 4_900, startsAt: new Date(tomorrow + 20 * HOUR_MS), endsAt: new Date(tomorrow + 21 * HOUR_MS) });
}

type Plan = Pick<FlashPlanInput, "name" | "nameEn" | "pieces" | "pointsPrice" | "cashPriceCents" | "startsAt" | "endsAt">;

async function plan(merchant: Actor, slug: string, terms: Plan): Promise<void> {
  const [sku] = await db()
    .select({ id: skus.id }).from(skus).innerJoin(products, eq(products.id, skus.productId))
    .where(and(eq(products.slug, slug), eq(skus.kind, "shop"))).orderBy(asc(skus.position)).limit(1);
  invariant(sku, "the demo shop has this product");
  await perform(merchant, (ctx) => planFlashSale(ctx, FlashPlanInput.parse({ requestId: `seed-${slug}`, shopSkuId: sku.id, ...terms })));
}
