import "server-only";

import { and, desc, eq, gt, inArray, like, lte, ne, or, sql, type SQL } from "drizzle-orm";

import type { Db } from "@/db/client";
import { flashSales, orderItems, orders, products, skus, skuStock, stockMoves } from "@/db/schema";
import { beyond, idsInParts } from "@/lib/keyset";
import { containing } from "@/lib/like";

import { FLASH_PHASES, type FlashPhase, type FlashResult, type FlashTimes } from "./sale";

export const STAFF_SALES_PAGE_MAX = 100;

export type StaffFlashRow = FlashTimes & FlashResult & {
  id: number;
  name: string;
  nameEn: string;
  productId: number;
  productName: string;
  productNameEn: string;
  skuName: string;
  skuNameEn: string;
  pointsPrice: number;
  cashPriceCents: number;
  limitPerUser: number;
};

export type FlashCounts = Record<FlashPhase, number>;
export type StaffFlashSearch = { search?: string; phase?: FlashPhase };

const rows = (db: Db) =>
  db
    .select({
      id: flashSales.id, name: flashSales.name, nameEn: flashSales.nameEn, productId: products.id, productName: products.name, productNameEn: products.nameEn, skuName: skus.name, skuNameEn: skus.nameEn,
      pointsPrice: skus.pointsPrice, cashPriceCents: skus.cashPriceCents, limitPerUser: skus.limitPerUser, startsAt: flashSales.startsAt, endsAt: flashSales.endsAt, status: flashSales.status,
      pieces: flashSales.pieces, left: skuStock.stock, skuId: flashSales.skuId, shopSkuId: flashSales.shopSkuId, slug: products.slug,
    })
    .from(flashSales)
    .innerJoin(skus, eq(skus.id, flashSales.skuId))
    .innerJoin(skuStock, eq(skuStock.skuId, flashSales.skuId))
    .innerJoin(products, eq(products.id, skus.productId));

const lastFirst = [desc(flashSales.startsAt), desc(flashSales.id)] as const;

/** The sale that begins last first. `counts` are of all, whatever is searched. */
export async function listFlashForStaff(db: Db, search: StaffFlashSearch, part: { limit: number; offset: number }, now: Date): Promise<{ sales: StaffFlashRow[]; total: number; counts: FlashCounts }> {
  const [found, total, counts] = await Promise.all([
    rows(db).where(wantedOf(search, now)).orderBy(...lastFirst).limit(Math.min(part.limit, STAFF_SALES_PAGE_MAX)).offset(part.offset),
    countFlash(db, search, now),
    countByPhase(db, now),
  ]);
  return { sales: await withResults(db, found), total, counts };
}

/** The ids of all sales that match, in the list's order, some at a time. */
export const allFlashIds = (db: Db, search: StaffFlashSearch, now: Date, part?: number): AsyncGenerator<number[]> =>
  idsInParts((mark, limit) =>
    db.select({ id: flashSales.id, value: flashSales.startsAt }).from(flashSales).innerJoin(skus, eq(skus.id, flashSales.skuId)).innerJoin(products, eq(products.id, skus.productId))
      .where(and(wantedOf(search, now), beyond(flashSales.startsAt, flashSales.id, mark, true))).orderBy(...lastFirst).limit(limit), part);

/** These sales as the list shows them, and in its order. */
export async function readFlashForStaff(db: Db, ids: readonly number[]): Promise<StaffFlashRow[]> {
  if (ids.length === 0) return [];
  return withResults(db, await rows(db).where(inArray(flashSales.id, [...ids])).orderBy(...lastFirst));
}

const countAll = sql<number>`count(*)`.mapWith(Number);

export async function countFlash(db: Db, search: StaffFlashSearch, now: Date): Promise<number> {
  const [row] = await db.select({ total: countAll }).from(flashSales).innerJoin(skus, eq(skus.id, flashSales.skuId)).innerJoin(products, eq(products.id, skus.productId)).where(wantedOf(search, now));
  return row?.total ?? 0;
}

const wantedOf = ({ search, phase }: StaffFlashSearch, now: Date): SQL | undefined => and(matching(search?.trim() ?? ""), phase && inPhase(phase, now));

const matching = (text: string): SQL | undefined =>
  text === "" ? undefined : or(...[flashSales.name, flashSales.nameEn, products.name, products.nameEn].map((column) => like(column, containing(text))));

function inPhase(phase: FlashPhase, now: Date): SQL | undefined {
  if (phase === "over") return or(eq(flashSales.status, "closed"), lte(flashSales.endsAt, now));
  const isComing = and(eq(flashSales.status, "scheduled"), gt(flashSales.endsAt, now));
  return and(isComing, phase === "soon" ? gt(flashSales.startsAt, now) : lte(flashSales.startsAt, now));
}

async function countByPhase(db: Db, now: Date): Promise<FlashCounts> {
  const totals = await Promise.all(FLASH_PHASES.map((phase) => db.select({ total: countAll }).from(flashSales).where(inPhase(phase, now))));
  return Object.fromEntries(FLASH_PHASES.map((phase, index) => [phase, totals[index]![0]?.total ?? 0])) as FlashCounts;
}

type Shelf = { id: number; skuId: number; pieces: number; left: number };

async function withResults<Row extends Shelf>(db: Db, found: readonly Row[]): Promise<(Row & FlashResult)[]> {
  const results = await resultsOf(db, found);
  return found.map((row) => ({ ...row, ...results.get(row.id)! }));
}

async function resultsOf(db: Db, sales: readonly Shelf[]): Promise<Map<number, FlashResult>> {
  if (sales.length === 0) return new Map();
  const ids = sales.map(({ skuId }) => skuId);
  const [moved, waiting] = await Promise.all([
    db.select({ skuId: stockMoves.skuId, pieces: sql<number>`sum(${stockMoves.quantity})`.mapWith(Number) }).from(stockMoves)
      .where(and(inArray(stockMoves.skuId, ids), eq(stockMoves.reason, "flash"))).groupBy(stockMoves.skuId),
    db.select({ skuId: orderItems.skuId, pieces: sql<number>`sum(${orderItems.quantity})`.mapWith(Number) }).from(orderItems)
      .innerJoin(orders, and(eq(orders.id, orderItems.orderId), eq(orders.status, "pending"))).where(inArray(orderItems.skuId, ids)).groupBy(orderItems.skuId),
  ]);
  const of = (found: readonly { skuId: number; pieces: number }[], skuId: number): number => found.find((row) => row.skuId === skuId)?.pieces ?? 0;
  return new Map(sales.map(({ id, skuId, pieces, left }) => [id, { pieces, left, returned: pieces - of(moved, skuId), waiting: of(waiting, skuId) }]));
}

export type StaffFlashSale = StaffFlashRow & {
  slug: string;
  skuId: number;
  shopSkuId: number;
  /** What the shop's own shelf holds. */
  shopStock: number;
  /** Orders that stand, the people who made them, and what they paid. */
  orders: number;
  people: number;
  points: number;
  cents: number;
};

export async function findFlashForStaff(db: Db, id: number): Promise<StaffFlashSale | null> {
  const [row] = await rows(db).where(eq(flashSales.id, id)).limit(1);
  if (!row) return null;
  const [results, [shop], [sums]] = await Promise.all([
    resultsOf(db, [row]),
    db.select({ stock: skuStock.stock }).from(skuStock).where(eq(skuStock.skuId, row.shopSkuId)),
    db
      .select({
        orders: countAll, people: sql<number>`count(distinct ${orderItems.userId})`.mapWith(Number), points: sql<number>`coalesce(sum(${orderItems.points}), 0)`.mapWith(Number),
        cents: sql<number>`coalesce(sum(if(${orders.status} = 'pending', 0, ${orderItems.cashDueCents})), 0)`.mapWith(Number),
      })
      .from(orderItems).innerJoin(orders, and(eq(orders.id, orderItems.orderId), ne(orders.status, "cancelled"))).where(eq(orderItems.skuId, row.skuId)),
  ]);
  return { ...row, ...results.get(id)!, shopStock: shop?.stock ?? 0, ...(sums ?? { orders: 0, people: 0, points: 0, cents: 0 }) };
}

