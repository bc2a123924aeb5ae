import "server-only";

import { and, desc, eq, gt, inArray, notInArray, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { orderItems, orders, products, skus, skuStock } from "@/db/schema";
import { listProductCards, type ProductCard } from "@/lib/catalog/queries";
import type { UserId } from "@/lib/ctx";

const RECENT_ITEMS = 10;
const POPULAR_DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * What a person may like next: on sale and in stock, not what they already hold, first the categories of their latest orders,
 * then what others redeem most. A newcomer gets what is popular, and a new shop what is new.
 */
export async function listRecommended(db: Db, userId: UserId | null, limit: number, now: Date): Promise<ProductCard[]> {
  const mine = userId === null ? [] : await recentItems(db, userId);
  const owned = mine.map(({ productId }) => productId);
  const favourites = [...new Set(mine.flatMap(({ categoryId }) => (categoryId === null ? [] : [categoryId])))];
  const rows = await db
    .select({ id: products.id })
    .from(products)
    .innerJoin(skus, eq(skus.productId, products.id))
    .leftJoin(orderItems, eq(orderItems.skuId, skus.id))
    .leftJoin(orders, and(eq(orders.id, orderItems.orderId), notInArray(orders.status, ["cancelled", "refunded"]), gt(orders.createdAt, new Date(now.getTime() - POPULAR_DAYS * DAY_MS))))
    .where(and(eq(products.status, "active"), inStock, owned.length > 0 ? notInArray(products.id, owned) : undefined))
    .groupBy(products.id)
    .orderBy(...byCloseness(favourites), desc(sql`count(${orders.id})`), desc(products.id))
    .limit(limit);
  return listProductCards(db, rows.map(({ id }) => id));
}

const inStock = inArray(
  products.id,
  sql`(select ${skus.productId} from ${skus} join ${skuStock} on ${skuStock.skuId} = ${skus.id} where ${skus.isActive} and ${skuStock.stock} > 0)`,
);

/** Products of a category that the person redeems from come first. */
const byCloseness = (favourites: readonly number[]) => (favourites.length === 0 ? [] : [desc(sql`max(${inArray(products.categoryId, [...favourites])})`)]);

const recentItems = (db: Db, userId: UserId) =>
  db
    .select({ productId: orderItems.productId, categoryId: products.categoryId })
    .from(orderItems)
    .innerJoin(orders, and(eq(orders.id, orderItems.orderId), notInArray(orders.status, ["cancelled", "refunded"])))
    .innerJoin(products, eq(products.id, orderItems.productId))
    .where(eq(orderItems.userId, userId))
    .orderBy(desc(orderItems.orderId))
    .limit(RECENT_ITEMS);
