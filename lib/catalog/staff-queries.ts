import "server-only";

import { and, asc, desc, eq, gte, inArray, like, notInArray, or, sql, type SQL } from "drizzle-orm";

import type { Db } from "@/db/client";
import { categories, orderItems, orders, products, refunds, skus, skuStock, stockMoves, users } from "@/db/schema";
import { PRODUCT_STATUSES, type Delivery, type ProductStatus, type StockReason } from "@/db/schema/catalog";
import { containing } from "@/lib/like";

import { listGatesForStaff, listSkusForStaff, type StaffGate, type StaffSku } from "./offers/queries";
import { firstPictureOf } from "./pictures/queries";
import type { PictureFile } from "./pictures/rendition";
import { shelfOf, type Shelf } from "./shelf";

const DAY_MS = 86_400_000;
const RECENT_DAYS = 30;
export const STAFF_PRODUCTS_PAGE_MAX = 100;

export type StaffProductRow = Shelf & {
  id: number;
  slug: string;
  name: string;
  nameEn: string;
  picture: string;
  /** Its own first picture, shown instead of the illustration. */
  cover: PictureFile | null;
  status: ProductStatus;
  categoryName: string | null;
  categoryNameEn: string | null;
  updatedAt: Date;
  /** Pieces in orders of the last 30 days that were not cancelled. */
  redeemedLast30Days: number;
};

export type ProductCounts = Record<ProductStatus, number>;
export type StaffProductSearch = { search?: string; status?: ProductStatus; lowStockOnly?: boolean; categoryId?: number; page: number; pageSize: number };
/** What "recent" and "low" mean. */
export type ShelfFacts = { now: Date; lowStockMax: number };

/** All products, the one changed last first. `counts` are of the whole shop, whatever is searched. */
export async function listProductsForStaff(
  db: Db, search: StaffProductSearch, facts: ShelfFacts,
): Promise<{ products: StaffProductRow[]; total: number; counts: ProductCounts }> {
  const pageSize = Math.min(search.pageSize, STAFF_PRODUCTS_PAGE_MAX);
  const wanted = and(...filtersOf(search, facts.lowStockMax));
  const [rows, [found], counts] = await Promise.all([
    db
      .select({
        id: products.id, slug: products.slug, name: products.name, nameEn: products.nameEn, picture: products.picture, cover: firstPictureOf(products.id), status: products.status,
        categoryName: categories.name, categoryNameEn: categories.nameEn, updatedAt: products.updatedAt,
      })
      .from(products)
      .leftJoin(categories, eq(categories.id, products.categoryId))
      .where(wanted)
      .orderBy(desc(products.updatedAt), desc(products.id))
      .limit(pageSize)
      .offset((search.page - 1) * pageSize),
    db.select({ total: countAll }).from(products).where(wanted),
    countProducts(db),
  ]);
  return { products: await withShelves(db, rows, facts), total: found?.total ?? 0, counts };
}

const countAll = sql<number>`count(*)`.mapWith(Number);

function filtersOf({ search, status, lowStockOnly, categoryId }: StaffProductSearch, lowStockMax: number): (SQL | undefined)[] {
  return [
    matching(search?.trim() ?? ""),
    status ? eq(products.status, status) : undefined,
    lowStockOnly ? isLow(lowStockMax) : undefined,
    categoryId === undefined ? undefined : eq(products.categoryId, categoryId),
  ];
}

/** An address is plain ASCII: MySQL refuses to compare it with any other text. */
function matching(text: string): SQL | undefined {
  if (text === "") return undefined;
  const inSlug = /^[\x20-\x7e]*$/.test(text) ? like(products.slug, containing(text)) : undefined;
  return or(like(products.name, containing(text)), like(products.nameEn, containing(text)), inSlug);
}

/** On sale, and a SKU on sale is at or under its own limit, or the shop's. */
const isLow = (lowStockMax: number): SQL | undefined =>
  and(
    eq(products.status, "active"),
    sql`exists (select 1 from ${skus} s join ${skuStock} t on t.sku_id = s.id where s.product_id = ${products.id} and s.kind = 'shop' and s.is_active and t.stock <= coalesce(s.low_stock, ${lowStockMax}))`,
  );

export async function countLowStock(db: Db, lowStockMax: number): Promise<number> {
  const [row] = await db.select({ total: countAll }).from(products).where(isLow(lowStockMax));
  return row?.total ?? 0;
}

async function countProducts(db: Db): Promise<ProductCounts> {
  const rows = await db.select({ status: products.status, total: countAll }).from(products).groupBy(products.status);
  return Object.fromEntries(PRODUCT_STATUSES.map((status) => [status, rows.find((row) => row.status === status)?.total ?? 0])) as ProductCounts;
}

type ProductRow = Omit<StaffProductRow, keyof Shelf | "redeemedLast30Days">;

async function withShelves(db: Db, rows: readonly ProductRow[], { now, lowStockMax }: ShelfFacts): Promise<StaffProductRow[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [offers, redeemed] = await Promise.all([
    db
      .select({
        productId: skus.productId, priceMode: skus.priceMode, pointsPrice: skus.pointsPrice, cashPriceCents: skus.cashPriceCents, isActive: skus.isActive, stock: skuStock.stock,
        lowStock: skus.lowStock,
      })
      .from(skus)
      .innerJoin(skuStock, eq(skuStock.skuId, skus.id))
      .where(and(inArray(skus.productId, ids), eq(skus.kind, "shop")))
      .orderBy(asc(skus.productId), asc(skus.position), asc(skus.id)),
    countRedeemed(db, ids, new Date(now.getTime() - RECENT_DAYS * DAY_MS)),
  ]);
  return rows.map((row) => ({
    ...row,
    ...shelfOf(offers.filter(({ productId }) => productId === row.id), lowStockMax),
    redeemedLast30Days: redeemed.get(row.id) ?? 0,
  }));
}

async function countRedeemed(db: Db, productIds: readonly number[], since: Date): Promise<Map<number, number>> {
  const rows = await db
    .select({ productId: orderItems.productId, quantity: sql<number>`sum(${orderItems.quantity} - ${orderItems.quantityRefunded})`.mapWith(Number) })
    .from(orderItems)
    .innerJoin(orders, eq(orders.id, orderItems.orderId))
    .where(and(inArray(orderItems.productId, [...productIds]), gte(orders.createdAt, since), notInArray(orders.status, ["cancelled", "refunded"])))
    .groupBy(orderItems.productId);
  return new Map(rows.map(({ productId, quantity }) => [productId, quantity]));
}

export type StaffProduct = {
  id: number;
  slug: string;
  name: string;
  nameEn: string;
  description: string;
  descriptionEn: string;
  categoryId: number | null;
  picture: string;
  delivery: Delivery;
  status: ProductStatus;
  onSaleFrom: Date | null;
  onSaleUntil: Date | null;
  updatedAt: Date;
  gates: StaffGate[];
  skus: StaffSku[];
};

/** A product in whatever status, with whom it is for and all of its SKUs. */
export async function findProductForStaff(db: Db, id: number): Promise<StaffProduct | null> {
  const [row] = await db
    .select({
      id: products.id, slug: products.slug, name: products.name, nameEn: products.nameEn, description: products.description, descriptionEn: products.descriptionEn,
      categoryId: products.categoryId, picture: products.picture, delivery: products.delivery, status: products.status, onSaleFrom: products.onSaleFrom, onSaleUntil: products.onSaleUntil, updatedAt: products.updatedAt,
    })
    .from(products)
    .where(eq(products.id, id))
    .limit(1);
  if (!row) return null;
  const [gates, offers] = await Promise.all([listGatesForStaff(db, id), listSkusForStaff(db, id)]);
  return { ...row, gates, skus: offers };
}

export type StockMove = {
  id: number;
  skuId: number;
  skuName: string;
  skuNameEn: string;
  quantity: number;
  reason: StockReason;
  note: string;
  /** Who moved it; null for what happened by itself. */
  actorName: string | null;
  /** The order that took or gave back the pieces. */
  orderId: string | null;
  createdAt: Date;
};

export const STOCK_MOVES_MAX = 100;

/** Why a product's stock changed, the latest change first. */
export async function listStockMoves(db: Db, productId: number, limit: number): Promise<StockMove[]> {
  return db
    .select({
      id: stockMoves.id, skuId: stockMoves.skuId, skuName: skus.name, skuNameEn: skus.nameEn, quantity: stockMoves.quantity, reason: stockMoves.reason,
      note: stockMoves.note, actorName: users.username, createdAt: stockMoves.createdAt,
      orderId: sql<string | null>`coalesce(${orders.publicId}, (select o.public_id from ${refunds} r join ${orders} o on o.id = r.order_id where ${stockMoves.reason} = 'refund' and r.public_id = ${stockMoves.sourceId}))`,
    })
    .from(stockMoves)
    .innerJoin(skus, eq(skus.id, stockMoves.skuId))
    .leftJoin(users, eq(users.id, stockMoves.actorId))
    .leftJoin(orders, and(inArray(stockMoves.reason, ["order", "release"]), eq(orders.publicId, stockMoves.sourceId)))
    .where(and(eq(skus.productId, productId), eq(skus.kind, "shop")))
    .orderBy(desc(stockMoves.id))
    .limit(Math.min(limit, STOCK_MOVES_MAX));
}
