import "server-only";

import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";

import { db as reader, type Db } from "@/db/client";
import { categories, orderItems, orders, products, skus, skuStock } from "@/db/schema";
import type { Delivery, PriceMode, ProductStatus } from "@/db/schema/catalog";
import type { UserId } from "@/lib/ctx";
import { Lane, sharedLane } from "@/lib/lane";

import type { Standing } from "./audience";
import { isListedFor, type Gate, type NamedPrice } from "./listing/card";
import { firstSku } from "./listing/on-sale";
import { listGates, listOwnPrices } from "./listing/queries";

export type Category = { id: number; slug: string; name: string; nameEn: string; /** The category that it is in; null at the top. */ parentId: number | null };

/** All categories, in the merchant's order. */
export const listCategories = (db: Db): Promise<Category[]> =>
  db
    .select({ id: categories.id, slug: categories.slug, name: categories.name, nameEn: categories.nameEn, parentId: categories.parentId })
    .from(categories)
    .orderBy(asc(categories.position), asc(categories.id));

export type SkuOffer = {
  id: number;
  name: string;
  nameEn: string;
  priceMode: PriceMode;
  pointsPrice: number;
  cashPriceCents: number;
  discountPointsMax: number;
  discountPointsMin: number;
  discountShareMax: number;
  discountPointsPerYuan: number | null;
  limitPerOrder: number;
  limitPerUser: number;
  limitPerDay: number;
  onSaleFrom: Date | null;
  onSaleUntil: Date | null;
  hasOwnPrices: boolean;
  stock: number;
  isActive: boolean;
};

export type ProductPage = {
  id: number;
  slug: string;
  name: string;
  nameEn: string;
  description: string;
  descriptionEn: string;
  picture: string;
  delivery: Delivery;
  status: ProductStatus;
  onSaleFrom: Date | null;
  onSaleUntil: Date | null;
  isGated: boolean;
  gates: readonly Gate[];
  category: { slug: string; name: string; nameEn: string } | null;
  skus: (SkuOffer & { ownPrices: readonly NamedPrice[] })[];
};

/**
 * A product with its SKUs on sale, before, in and after its window: the page says when. Null for drafts, archived ones, unknown addresses, and what only a
 * segment may know of that this person is not in.
 */
export async function findProduct(db: Db, slug: string, standing: Standing): Promise<ProductPage | null> {
  const [row] = await db
    .select({
      id: products.id, slug: products.slug, name: products.name, nameEn: products.nameEn, description: products.description, descriptionEn: products.descriptionEn,
      picture: products.picture, delivery: products.delivery, status: products.status, onSaleFrom: products.onSaleFrom, onSaleUntil: products.onSaleUntil, isGated: products.isGated,
      categorySlug: categories.slug, categoryName: categories.name, categoryNameEn: categories.nameEn,
    })
    .from(products)
    .leftJoin(categories, eq(categories.id, products.categoryId))
    .where(and(eq(products.status, "active"), eq(products.slug, slug)))
    .limit(1);
  if (!row) return null;
  const [all, gates] = await Promise.all([listSkus(db, row.id), listGates(db, row.isGated ? [row.id] : [])]);
  const offers = all.filter(({ isActive }) => isActive);
  const doors = gates.get(row.id) ?? [];
  if (offers.length === 0 || !isListedFor(row.isGated, doors, standing)) return null;
  const prices = await listOwnPrices(db, offers.filter(({ hasOwnPrices }) => hasOwnPrices).map(({ id }) => id));
  const { categorySlug, categoryName, categoryNameEn, ...product } = row;
  return {
    ...product, gates: doors, category: categorySlug ? { slug: categorySlug, name: categoryName!, nameEn: categoryNameEn! } : null,
    skus: offers.map((sku) => ({ ...sku, ownPrices: prices.get(sku.id) ?? [] })),
  };
}

/** All SKUs of a product that the shop lists, on sale or not, in the merchant's order. The offer of a flash sale is none of them. */
export const listSkus = (db: Db, productId: number): Promise<SkuOffer[]> =>
  db
    .select({
      id: skus.id, name: skus.name, nameEn: skus.nameEn, priceMode: skus.priceMode, pointsPrice: skus.pointsPrice, cashPriceCents: skus.cashPriceCents,
      discountPointsMax: skus.discountPointsMax, discountPointsMin: skus.discountPointsMin, discountShareMax: skus.discountShareMax,
      discountPointsPerYuan: skus.discountPointsPerYuan, limitPerOrder: skus.limitPerOrder, limitPerUser: skus.limitPerUser, limitPerDay: skus.limitPerDay,
      onSaleFrom: skus.onSaleFrom, onSaleUntil: skus.onSaleUntil, hasOwnPrices: skus.hasOwnPrices, stock: skuStock.stock, isActive: skus.isActive,
    })
    .from(skus)
    .innerJoin(skuStock, eq(skuStock.skuId, skus.id))
    .where(and(eq(skus.productId, productId), eq(skus.kind, "shop")))
    .orderBy(asc(skus.position), asc(skus.id));

/**
 * The SKU that the article's calls mean by a product's id: the one that a listing shows, or, while none can be had, the one whose checkout says why.
 * The reads of one tick go in one statement.
 */
export const findFirstSku = (productId: number, now: Date): Promise<number | null> => firstSkuReads().submit({ productId, now });

type FirstSkuRead = { productId: number; now: Date };

const firstSkuReads = () => sharedLane("first-skus", () => new Lane<FirstSkuRead, number | null>(readFirstSkus, { batchMax: 512, widthMax: 2, waitingMax: 50_000 }));

async function readFirstSkus(reads: readonly FirstSkuRead[]): Promise<(number | null)[]> {
  const rows = await reader()
    .select({ productId: products.id, skuId: firstSku(reads[0]!.now) })
    .from(products)
    .where(and(eq(products.status, "active"), inArray(products.id, [...new Set(reads.map(({ productId }) => productId))])));
  const first = new Map(rows.map(({ productId, skuId }) => [productId, skuId]));
  return reads.map(({ productId }) => first.get(productId) ?? null);
}

export type Bought = { bought: number; boughtToday: number };

/** Pieces of each SKU that a person holds, and took since the day began; what was cancelled or refunded was given back, and a gift is no purchase. */
export async function countBought(db: Db, userId: UserId, skuIds: readonly number[], dayBegan: Date): Promise<Map<number, Bought>> {
  if (skuIds.length === 0) return new Map();
  const held = sql`${orderItems.quantity} - ${orderItems.quantityRefunded}`;
  const rows = await db
    .select({ skuId: orderItems.skuId, bought: sql<number>`sum(${held})`.mapWith(Number), boughtToday: sql<number>`sum(if(${orders.createdAt} >= ${dayBegan}, ${held}, 0))`.mapWith(Number) })
    .from(orderItems)
    .innerJoin(orders, and(eq(orders.id, orderItems.orderId), ne(orders.status, "cancelled")))
    .where(and(eq(orderItems.userId, userId), inArray(orderItems.skuId, [...skuIds]), eq(orderItems.isGift, false)))
    .groupBy(orderItems.skuId);
  return new Map(rows.map(({ skuId, ...bought }) => [skuId, bought]));
}
