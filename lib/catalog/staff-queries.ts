import "server-only";

import { and, asc, desc, eq, gt, gte, inArray, like, lte, notInArray, or, sql, type SQL } from "drizzle-orm";

import type { Db } from "@/db/client";
import { categories, orderItems, orders, products, refunds, skus, skuStock, stockMoves, users } from "@/db/schema";
import { PRODUCT_STATUSES, type Delivery, type ProductStatus, type StockReason } from "@/db/schema/catalog";
import { beyond, idsInParts } from "@/lib/keyset";
import { containing } from "@/lib/like";
import type { ListSort } from "@/lib/list-address";

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
  delivery: Delivery;
  categoryName: string | null;
  categoryNameEn: string | null;
  updatedAt: Date;
  /** Pieces in orders of the last 30 days that were not cancelled. */
  redeemedLast30Days: number;
};

export type ProductCounts = Record<ProductStatus, number>;
export type StaffProductSearch = { search?: string; status?: ProductStatus; stock?: "low" | "out"; categoryId?: number; delivery?: Delivery; /** Only these. */ ids?: readonly number[] };
export type ProductSort = ListSort<"updated" | "name" | "stock">;
/** Which of those that match, and in what order. */
export type ProductPart = { sort?: ProductSort; limit: number; offset?: number };

const LAST_CHANGED_FIRST: ProductSort = { by: "updated", down: true };
/** What "recent" and "low" mean. */
export type ShelfFacts = { now: Date; lowStockMax: number };

/** One page of products, the one changed last first unless sorted. `counts` are of the whole shop, whatever is searched. */
export async function listProductsForStaff(
  db: Db, search: StaffProductSearch, part: ProductPart, facts: ShelfFacts,
): Promise<{ products: StaffProductRow[]; total: number; counts: ProductCounts }> {
  const [ids, total, counts] = await Promise.all([
    listProductIds(db, search, { ...part, limit: Math.min(part.limit, STAFF_PRODUCTS_PAGE_MAX) }, facts.lowStockMax), countMatching(db, search, facts.lowStockMax), countProducts(db),
  ]);
  return { products: await readProductsForStaff(db, ids, facts), total, counts };
}

const sortColumns = {
  updated: products.updatedAt, name: products.name,
  stock: sql`(select coalesce(sum(t.stock), 0) from ${skus} s join ${skuStock} t on t.sku_id = s.id where s.product_id = ${products}.id and s.kind = 'shop' and s.is_active)`.mapWith(Number),
} as const;

/** The ids of the products of one page, in the list's order. */
export async function listProductIds(db: Db, search: StaffProductSearch, { sort = LAST_CHANGED_FIRST, limit, offset = 0 }: ProductPart, lowStockMax: number): Promise<number[]> {
  const way = sort.down ? desc : asc;
  const rows = await selectIds(db, search, lowStockMax).orderBy(way(sortColumns[sort.by]), way(products.id)).limit(limit).offset(offset);
  return rows.map(({ id }) => id);
}

/** The ids of all products that match, in the list's order, some at a time. */
export function allProductIds(db: Db, search: StaffProductSearch, sort: ProductSort = LAST_CHANGED_FIRST, lowStockMax: number, part?: number): AsyncGenerator<number[]> {
  const [way, value] = [sort.down ? desc : asc, sortColumns[sort.by]];
  return idsInParts((mark, limit) =>
    db.select({ id: products.id, value }).from(products).where(and(...filtersOf(search, lowStockMax), beyond(value, products.id, mark, sort.down))).orderBy(way(value), way(products.id)).limit(limit), part);
}

/** The next of the products that match, by id: for work that goes through all of them. */
export async function nextProductIds(db: Db, search: StaffProductSearch, { after, upTo }: { after: number; upTo: number }, limit: number, lowStockMax: number): Promise<number[]> {
  const rows = await selectIds(db, search, lowStockMax, [gt(products.id, after), lte(products.id, upTo)]).orderBy(asc(products.id)).limit(limit);
  return rows.map(({ id }) => id);
}

const selectIds = (db: Db, search: StaffProductSearch, lowStockMax: number, more: readonly SQL[] = []) =>
  db.select({ id: products.id }).from(products).where(and(...filtersOf(search, lowStockMax), ...more));

export async function countMatching(db: Db, search: StaffProductSearch, lowStockMax: number): Promise<number> {
  const [found] = await db.select({ total: countAll }).from(products).where(and(...filtersOf(search, lowStockMax)));
  return found?.total ?? 0;
}

/** These products as the list shows them, in the order of their ids as given. */
export async function readProductsForStaff(db: Db, ids: readonly number[], facts: ShelfFacts): Promise<StaffProductRow[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      id: products.id, slug: products.slug, name: products.name, nameEn: products.nameEn, picture: products.picture, cover: firstPictureOf(products.id), status: products.status,
      delivery: products.delivery, categoryName: categories.name, categoryNameEn: categories.nameEn, updatedAt: products.updatedAt,
    })
    .from(products)
    .leftJoin(categories, eq(categories.id, products.categoryId))
    .where(inArray(products.id, [...ids]));
  const places = new Map(ids.map((id, place) => [id, place]));
  rows.sort((a, b) => places.get(a.id)! - places.get(b.id)!);
  return withShelves(db, rows, facts);
}

const countAll = sql<number>`count(*)`.mapWith(Number);

function filtersOf({ search, status, stock, categoryId, delivery, ids }: StaffProductSearch, lowStockMax: number): (SQL | undefined)[] {
  return [
    matching(search?.trim() ?? ""),
    status ? eq(products.status, status) : undefined,
    stock === "low" ? isLow(lowStockMax) : stock === "out" ? isOut : undefined,
    categoryId === undefined ? undefined : eq(products.categoryId, categoryId),
    delivery ? eq(products.delivery, delivery) : undefined,
    ids ? inArray(products.id, [...ids]) : undefined,
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

/** On sale, and nobody can have any of it. */
const isOut = and(
  eq(products.status, "active"),
  sql`not exists (select 1 from ${skus} s join ${skuStock} t on t.sku_id = s.id where s.product_id = ${products.id} and s.kind = 'shop' and s.is_active and t.stock > 0)`,
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
