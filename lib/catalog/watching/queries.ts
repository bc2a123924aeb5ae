import "server-only";

import { and, desc, eq, gt, isNull, lte, or } from "drizzle-orm";

import type { Db } from "@/db/client";
import { products, skus, stockWatches } from "@/db/schema";
import type { UserId } from "@/lib/ctx";

/** The SKUs of a product whose return this person waits for. */
export async function listWatched(db: Db, userId: UserId, productId: number): Promise<Set<number>> {
  const rows = await db
    .select({ skuId: stockWatches.skuId })
    .from(stockWatches)
    .innerJoin(skus, eq(skus.id, stockWatches.skuId))
    .where(and(eq(stockWatches.userId, userId), eq(skus.productId, productId)));
  return new Set(rows.map(({ skuId }) => skuId));
}

export type Watch = { skuId: number; productName: string; productNameEn: string; skuName: string; skuNameEn: string; /** Null while the shop does not show the product. */ slug: string | null; createdAt: Date };

/** What this person waits for, the latest first. */
export async function listWatches(db: Db, userId: UserId, now: Date): Promise<Watch[]> {
  const isShown = and(eq(products.status, "active"), or(isNull(products.onSaleFrom), lte(products.onSaleFrom, now)), or(isNull(products.onSaleUntil), gt(products.onSaleUntil, now)));
  const rows = await db
    .select({ skuId: stockWatches.skuId, productName: products.name, productNameEn: products.nameEn, skuName: skus.name, skuNameEn: skus.nameEn, slug: products.slug, isShown: isShown!, createdAt: stockWatches.createdAt })
    .from(stockWatches)
    .innerJoin(skus, eq(skus.id, stockWatches.skuId))
    .innerJoin(products, eq(products.id, skus.productId))
    .where(eq(stockWatches.userId, userId))
    .orderBy(desc(stockWatches.createdAt), desc(stockWatches.skuId));
  return rows.map(({ isShown: shown, slug, ...watch }) => ({ ...watch, slug: shown ? slug : null }));
}
