import "server-only";

import { and, asc, eq, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { products, skus, skuStock, virtualCodes } from "@/db/schema";

export type CodePool = { skuId: number; name: string; nameEn: string; free: number; sold: number; void: number; stock: number };
export type ProductPools = { id: number; name: string; nameEn: string; pools: CodePool[] };

/** How many codes each SKU of a product has; null when there is no such product. The codes themselves are nobody's to list. */
export async function findPools(db: Db, productId: number): Promise<ProductPools | null> {
  const [product] = await db.select({ id: products.id, name: products.name, nameEn: products.nameEn }).from(products).where(eq(products.id, productId));
  if (!product) return null;
  const count = (status: "free" | "sold" | "void") => sql<number>`coalesce(sum(${virtualCodes.status} = ${status}), 0)`.mapWith(Number);
  const pools = await db
    .select({ skuId: skus.id, name: skus.name, nameEn: skus.nameEn, stock: skuStock.stock, free: count("free"), sold: count("sold"), void: count("void") })
    .from(skus).innerJoin(skuStock, eq(skuStock.skuId, skus.id)).leftJoin(virtualCodes, eq(virtualCodes.skuId, skus.id))
    .where(and(eq(skus.productId, productId), eq(skus.hasCodes, true), eq(skus.kind, "shop")))
    .groupBy(skus.id, skuStock.stock).orderBy(asc(skus.position), asc(skus.id));
  return { ...product, pools };
}
