import "server-only";

import { and, asc, desc, eq, gt, inArray, like, lt, notInArray, or, sql, type SQL } from "drizzle-orm";

import { db as reader, type Db } from "@/db/client";
import { categories, orderItems, orders, products, skus, skuStock } from "@/db/schema";
import type { Delivery, PriceMode, ProductStatus } from "@/db/schema/catalog";
import type { UserId } from "@/lib/ctx";
import { Lane, sharedLane } from "@/lib/lane";
import { containing } from "@/lib/like";

export type Category = { id: number; slug: string; name: string; nameEn: string };

export const listCategories = (db: Db): Promise<Category[]> =>
  db.select({ id: categories.id, slug: categories.slug, name: categories.name, nameEn: categories.nameEn }).from(categories).orderBy(asc(categories.position), asc(categories.id));

/** A product as a listing shows it: the price of its first SKU on sale, the stock of all of them. */
export type ProductCard = {
  id: number;
  slug: string;
  name: string;
  nameEn: string;
  picture: string;
  delivery: Delivery;
  categorySlug: string | null;
  skuId: number;
  priceMode: PriceMode;
  pointsPrice: number;
  cashPriceCents: number;
  discountPointsMax: number;
  stock: number;
};

export const SORTS = ["recommended", "points", "newest"] as const;
export type Sort = (typeof SORTS)[number];

export type ProductSearch = { search?: string; category?: string; affordableWith?: number; sort: Sort; after?: string; limit: number };

export const PRODUCTS_PAGE_MAX = 48;

/** Products on sale. `after` is the cursor of the page before: what sorts it and the id, so that a change in between repeats or skips nothing. */
export async function listProducts(db: Db, search: ProductSearch): Promise<{ products: ProductCard[]; total: number; nextAfter: string | null }> {
  const limit = Math.min(search.limit, PRODUCTS_PAGE_MAX);
  const wanted = and(onSale, ...filtersOf(search));
  const [rows, [count]] = await Promise.all([
    cards(db)
      .where(and(wanted, afterCursor(search.sort, search.after)))
      .orderBy(...orderOf(search.sort))
      .limit(limit + 1),
    db
      .select({ total: sql<number>`count(*)`.mapWith(Number) })
      .from(products)
      .innerJoin(skus, firstSkuOnSale)
      .leftJoin(categories, eq(categories.id, products.categoryId))
      .where(wanted),
  ]);
  const shown = rows.slice(0, limit);
  return { products: shown, total: count?.total ?? 0, nextAfter: rows.length > limit ? cursorOf(search.sort, shown.at(-1)!) : null };
}

/** The same cards for chosen products, in the order of the ids. */
export async function listProductCards(db: Db, ids: readonly number[]): Promise<ProductCard[]> {
  if (ids.length === 0) return [];
  const rows = await cards(db).where(and(onSale, inArray(products.id, [...ids])));
  return ids.flatMap((id) => rows.filter((row) => row.id === id));
}

const onSale = eq(products.status, "active");

const firstSkuOnSale = eq(
  skus.id,
  sql`(select s.id from ${skus} s where s.product_id = ${products.id} and s.is_active order by s.position, s.id limit 1)`,
);

const stockOnSale = sql<number>`(select coalesce(sum(t.stock), 0) from ${skuStock} t join ${skus} s on s.id = t.sku_id where s.product_id = ${products.id} and s.is_active)`.mapWith(Number);

const cards = (db: Db) =>
  db
    .select({
      id: products.id, slug: products.slug, name: products.name, nameEn: products.nameEn, picture: products.picture, delivery: products.delivery,
      categorySlug: categories.slug, skuId: skus.id, priceMode: skus.priceMode, pointsPrice: skus.pointsPrice, cashPriceCents: skus.cashPriceCents,
      discountPointsMax: skus.discountPointsMax, stock: stockOnSale,
    })
    .from(products)
    .innerJoin(skus, firstSkuOnSale)
    .leftJoin(categories, eq(categories.id, products.categoryId));

function filtersOf({ search, category, affordableWith }: ProductSearch): (SQL | undefined)[] {
  const text = search?.trim();
  return [
    text ? or(like(products.name, containing(text)), like(products.nameEn, containing(text))) : undefined,
    category ? eq(categories.slug, category) : undefined,
    affordableWith === undefined ? undefined : and(gt(skus.pointsPrice, 0), sql`${skus.pointsPrice} <= ${affordableWith}`, sql`${stockOnSale} > 0`),
  ];
}

const orderOf = (sort: Sort): SQL[] => (sort === "points" ? [asc(skus.pointsPrice), asc(products.id)] : sort === "newest" ? [desc(products.id)] : [asc(products.id)]);

const cursorOf = (sort: Sort, last: ProductCard): string => (sort === "points" ? `${last.pointsPrice}.${last.id}` : String(last.id));

function afterCursor(sort: Sort, cursor: string | undefined): SQL | undefined {
  const [first, second] = /^\d{1,15}(\.\d{1,15})?$/.test(cursor ?? "") ? cursor!.split(".").map(Number) : [];
  if (first === undefined) return undefined;
  if (sort === "points") return second === undefined ? undefined : or(gt(skus.pointsPrice, first), and(eq(skus.pointsPrice, first), gt(products.id, second)));
  return sort === "newest" ? lt(products.id, first) : gt(products.id, first);
}

export type SkuOffer = {
  id: number;
  name: string;
  nameEn: string;
  priceMode: PriceMode;
  pointsPrice: number;
  cashPriceCents: number;
  discountPointsMax: number;
  limitPerOrder: number;
  limitPerUser: number;
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
  category: { slug: string; name: string; nameEn: string } | null;
  skus: SkuOffer[];
};

/** A product on sale with its SKUs on sale; null for drafts, archived ones and unknown addresses alike. */
export async function findProduct(db: Db, slug: string): Promise<ProductPage | null> {
  const [row] = await db
    .select({
      id: products.id, slug: products.slug, name: products.name, nameEn: products.nameEn, description: products.description, descriptionEn: products.descriptionEn,
      picture: products.picture, delivery: products.delivery, status: products.status,
      categorySlug: categories.slug, categoryName: categories.name, categoryNameEn: categories.nameEn,
    })
    .from(products)
    .leftJoin(categories, eq(categories.id, products.categoryId))
    .where(and(onSale, eq(products.slug, slug)))
    .limit(1);
  if (!row) return null;
  const offers = (await listSkus(db, row.id)).filter((sku) => sku.isActive);
  if (offers.length === 0) return null;
  const { categorySlug, categoryName, categoryNameEn, ...product } = row;
  return { ...product, category: categorySlug ? { slug: categorySlug, name: categoryName!, nameEn: categoryNameEn! } : null, skus: offers };
}

/** All SKUs of a product, on sale or not, in the merchant's order. */
export const listSkus = (db: Db, productId: number): Promise<SkuOffer[]> =>
  db
    .select({
      id: skus.id, name: skus.name, nameEn: skus.nameEn, priceMode: skus.priceMode, pointsPrice: skus.pointsPrice, cashPriceCents: skus.cashPriceCents,
      discountPointsMax: skus.discountPointsMax, limitPerOrder: skus.limitPerOrder, limitPerUser: skus.limitPerUser, stock: skuStock.stock, isActive: skus.isActive,
    })
    .from(skus)
    .innerJoin(skuStock, eq(skuStock.skuId, skus.id))
    .where(eq(skus.productId, productId))
    .orderBy(asc(skus.position), asc(skus.id));

/** The SKU that the article's calls mean by a product's id: its first one on sale. The reads of one tick go in one statement. */
export const findFirstSku = (productId: number): Promise<number | null> => firstSkuReads().submit(productId);

const firstSkuReads = () => sharedLane("first-skus", () => new Lane<number, number | null>(readFirstSkus, { batchMax: 512, widthMax: 2, waitingMax: 50_000 }));

async function readFirstSkus(productIds: readonly number[]): Promise<(number | null)[]> {
  const rows = await reader()
    .select({ productId: products.id, skuId: skus.id })
    .from(products)
    .innerJoin(skus, firstSkuOnSale)
    .where(and(onSale, inArray(products.id, [...new Set(productIds)])));
  const first = new Map(rows.map(({ productId, skuId }) => [productId, skuId]));
  return productIds.map((id) => first.get(id) ?? null);
}

/** Pieces of each SKU that a person holds; what was cancelled or refunded was given back. */
export async function countBought(db: Db, userId: UserId, productId: number): Promise<Record<number, number>> {
  const rows = await db
    .select({ skuId: orderItems.skuId, quantity: sql<number>`sum(${orderItems.quantity} - ${orderItems.quantityRefunded})`.mapWith(Number) })
    .from(orderItems)
    .innerJoin(orders, and(eq(orders.id, orderItems.orderId), notInArray(orders.status, ["cancelled", "refunded"])))
    .where(and(eq(orderItems.userId, userId), eq(orderItems.productId, productId)))
    .groupBy(orderItems.skuId);
  return Object.fromEntries(rows.map(({ skuId, quantity }) => [skuId, quantity]));
}
