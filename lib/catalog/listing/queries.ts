import "server-only";

import { and, asc, desc, eq, gt, inArray, like, lt, lte, ne, or, sql, type SQL } from "drizzle-orm";

import type { Db } from "@/db/client";
import { readRows, statement } from "@/db/packet";
import { categories, orderItems, orders, productGates, products, skuPrices, skus } from "@/db/schema";
import { levels } from "@/db/schema/loyalty";
import { containing } from "@/lib/like";

import type { Standing } from "../audience";
import { firstPictureOf } from "../pictures/queries";
import { readSearch, type Search } from "../search";

import type { Gate, ListedProduct, NamedPrice, ProductCard, Sort } from "./card";
import { admittedOnly, firstSkuOnSale, inCategory, listedOnly, pointsFor, productOnSale, stockOnSale } from "./on-sale";

/** Who looks. `all` shows what a level opens to everybody; `admitted` and `affordable` only what this person may have. */
export type Looker =
  | { shows: "all"; segmentIds: readonly number[] }
  | { shows: "admitted"; standing: Standing }
  | { shows: "affordable"; standing: Standing; points: number; pointsPerYuan: number };

export type ProductSearch = { search?: string; category?: string; sort: Sort; looker: Looker; now: Date; after?: string; limit: number };

export const PRODUCTS_PAGE_MAX = 48;
/** Popularity is counted over the newest so many lines of orders, however many there are. */
const POPULAR_LINES = 10_000;
/** Where a price in cash alone stands among prices in points: behind them. */
const NO_POINTS_PRICE = 1_000_000_000_000;

export type Listed = { products: ListedProduct[]; total: number; nextAfter: string | null };

/**
 * Products on sale, without their stock. `after` is the cursor of the page before: what sorts it and the id, so that a change in between repeats or skips
 * nothing. A search is sorted by how well it fits where nothing else is asked.
 */
export async function searchProducts(db: Db, wanted: ProductSearch): Promise<Listed> {
  const limit = Math.min(wanted.limit, PRODUCTS_PAGE_MAX);
  const search = wanted.search === undefined ? null : readSearch(wanted.search);
  const cursor = cursorFrom(wanted.after);
  const upTo = wanted.sort === "popular" ? (cursor?.upTo ?? (await newestOrder(db))) : null;
  const filters = and(...filtersOf(wanted, search));
  const popular = upTo === null ? null : popularUpTo(db, upTo);
  const by = orderOf(wanted.sort, search, popular);
  const rows = db.select({ ...columns, sortKey: (by.key ?? sql<number>`0`).as("sort_key") }).from(products).innerJoin(skus, firstSkuOnSale(wanted.now)).leftJoin(categories, eq(categories.id, products.categoryId));
  const sorted = popular ? rows.leftJoin(popular, eq(popular.productId, products.id)) : rows;
  const [found, [count]] = await Promise.all([
    sorted.where(and(filters, cursor ? behind(by, cursor) : undefined)).orderBy(...sortedBy(by)).limit(limit + 1),
    db.select({ total: sql<number>`count(*)`.mapWith(Number) }).from(products).innerJoin(skus, firstSkuOnSale(wanted.now)).where(filters),
  ]);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    products: await withAudiences(db, shown.map(({ sortKey: _, ...row }) => row)),
    total: count?.total ?? 0,
    nextAfter: found.length > limit && last ? [Number(last.sortKey), last.id, ...(upTo === null ? [] : [upTo])].join(".") : null,
  };
}

/** The same with what is left of each. */
export async function listProducts(db: Db, wanted: ProductSearch): Promise<{ products: ProductCard[]; total: number; nextAfter: string | null }> {
  const listed = await searchProducts(db, wanted);
  return { ...listed, products: await withStock(db, listed.products, wanted.now) };
}

/** Cards of chosen products that are on sale and that this person may have, in the order of the ids. */
export async function listProductCards(db: Db, ids: readonly number[], standing: Standing, now: Date): Promise<ProductCard[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select(columns).from(products).innerJoin(skus, firstSkuOnSale(now)).leftJoin(categories, eq(categories.id, products.categoryId))
    .where(and(productOnSale(now), admittedOnly(standing), inArray(products.id, [...ids])));
  const listed = await withAudiences(db, rows);
  return withStock(db, ids.flatMap((id) => listed.filter((row) => row.id === id)), now);
}

/** What is left of each product now, in one statement. A product that went off sale meanwhile has nothing left. */
export async function withStock<Listed extends { id: number }>(db: Db, listed: readonly Listed[], now: Date): Promise<(Listed & { stock: number })[]> {
  if (listed.length === 0) return [];
  const rows = await db.select({ id: products.id, stock: stockOnSale(now) }).from(products).where(and(inArray(products.id, listed.map(({ id }) => id)), productOnSale(now)));
  const left = new Map(rows.map(({ id, stock }) => [id, stock]));
  return listed.map((product) => ({ ...product, stock: left.get(product.id) ?? 0 }));
}

/** The next instants at which a window opens or closes: what is listed changes then though nobody writes. */
export async function listWindowEdges(from: Date, most: number): Promise<Date[]> {
  const edges = ["products", "skus"].flatMap((table) => ["on_sale_from", "on_sale_until"].map((column) => `SELECT ${column} AS at FROM ${table}`)).join(" UNION ");
  const rows = await readRows(statement(`SELECT at FROM (${edges}) edges WHERE at > ? ORDER BY at LIMIT ?`, [from, most]));
  return rows.map(({ at }) => at as Date);
}

const columns = {
  id: products.id, slug: products.slug, name: products.name, nameEn: products.nameEn, picture: products.picture, delivery: products.delivery, isGated: products.isGated,
  categorySlug: categories.slug, skuId: skus.id, priceMode: skus.priceMode, pointsPrice: skus.pointsPrice, cashPriceCents: skus.cashPriceCents,
  discountPointsMax: skus.discountPointsMax, hasOwnPrices: skus.hasOwnPrices, cover: firstPictureOf(products.id),
};

type Row = Omit<ListedProduct, "gates" | "ownPrices"> & { hasOwnPrices: boolean };

/** Adds doors and own prices to the few that have some. */
async function withAudiences(db: Db, rows: readonly Row[]): Promise<ListedProduct[]> {
  const [gates, prices] = await Promise.all([
    listGates(db, rows.filter(({ isGated }) => isGated).map(({ id }) => id)),
    listOwnPrices(db, rows.filter(({ hasOwnPrices }) => hasOwnPrices).map(({ skuId }) => skuId)),
  ]);
  return rows.map(({ hasOwnPrices: _, ...row }) => ({ ...row, gates: gates.get(row.id) ?? [], ownPrices: prices.get(row.skuId) ?? [] }));
}

/** The doors of these products. */
export async function listGates(db: Db, productIds: readonly number[]): Promise<Map<number, Gate[]>> {
  if (productIds.length === 0) return new Map();
  const rows = await db
    .select({ owner: productGates.productId, kind: productGates.kind, audienceId: productGates.audienceId, levelRank: levels.rank, name: levels.name, nameEn: levels.nameEn })
    .from(productGates)
    .leftJoin(levels, and(eq(productGates.kind, "level"), eq(levels.id, productGates.audienceId)))
    .where(inArray(productGates.productId, [...productIds]))
    .orderBy(asc(productGates.kind), asc(productGates.audienceId));
  return grouped(rows);
}

/** The own prices of these SKUs. */
export async function listOwnPrices(db: Db, skuIds: readonly number[]): Promise<Map<number, NamedPrice[]>> {
  if (skuIds.length === 0) return new Map();
  const rows = await db
    .select({
      owner: skuPrices.skuId, kind: skuPrices.kind, audienceId: skuPrices.audienceId, levelRank: levels.rank, name: levels.name, nameEn: levels.nameEn,
      pointsPrice: skuPrices.pointsPrice, cashPriceCents: skuPrices.cashPriceCents,
    })
    .from(skuPrices)
    .leftJoin(levels, and(eq(skuPrices.kind, "level"), eq(levels.id, skuPrices.audienceId)))
    .where(inArray(skuPrices.skuId, [...skuIds]))
    .orderBy(asc(skuPrices.kind), asc(skuPrices.audienceId));
  return grouped(rows);
}

/** Rows by whose they are. A segment has no name here. */
function grouped<Owned extends { owner: number; name: string | null; nameEn: string | null }>(rows: readonly Owned[]) {
  const groups = new Map<number, (Omit<Owned, "name" | "nameEn"> & { name: string; nameEn: string })[]>();
  for (const row of rows) groups.set(row.owner, [...(groups.get(row.owner) ?? []), { ...row, name: row.name ?? "", nameEn: row.nameEn ?? "" }]);
  return groups;
}

function filtersOf({ search: typed, category, looker, now }: ProductSearch, search: Search | null): (SQL | undefined)[] {
  return [
    productOnSale(now),
    typed?.trim() ? (search ? found(search) : sql`false`) : undefined,
    category ? inCategory(category) : undefined,
    looker.shows === "all" ? listedOnly(looker.segmentIds) : admittedOnly(looker.standing),
    looker.shows === "affordable" ? and(gt(skus.pointsPrice, 0), lte(pointsFor(looker.standing, looker.pointsPerYuan), looker.points), gt(stockOnSale(now), 0)) : undefined,
  ];
}

const inNames = (text: string): SQL => or(like(products.name, containing(text)), like(products.nameEn, containing(text)))!;
const anywhere = (text: string): SQL => or(inNames(text), like(products.description, containing(text)), like(products.descriptionEn, containing(text)))!;

/** All words: the long ones in names and descriptions, narrowed down by the index; those too short for it in the names. */
const found = ({ fulltext, long, short }: Search): SQL =>
  and(
    fulltext === null ? undefined : sql`match(${products.name}, ${products.nameEn}, ${products.description}, ${products.descriptionEn}) against (${fulltext} in boolean mode)`,
    ...long.map(anywhere), ...short.map(inNames),
  )!;

/**
 * How well a product fits: its name begins with what was typed, holds it, holds all words, or only its description does. It hangs on the product alone,
 * unlike the index's own score, so that other products' changes move nothing between two pages.
 */
function fitOf({ text, long, short }: Search): SQL<number> {
  const begins = containing(text).slice(1);
  return sql<number>`case when ${or(like(products.name, begins), like(products.nameEn, begins))} then 3 when ${inNames(text)} then 2 when ${and(...[...long, ...short].map(inNames))} then 1 else 0 end`;
}

type Popular = ReturnType<typeof popularUpTo>;
/** By a number, then by id; by id alone where there is no such number. */
type Order = { key: SQL<number> | null; descending: boolean; newestFirst: boolean };

function orderOf(sort: Sort, search: Search | null, popular: Popular | null): Order {
  if (sort === "points") return { key: sql<number>`if(${skus.pointsPrice} = 0, ${NO_POINTS_PRICE}, ${skus.pointsPrice})`, descending: false, newestFirst: false };
  if (popular) return { key: sql<number>`coalesce(${popular.times}, 0)`, descending: true, newestFirst: false };
  if (sort === "newest") return { key: null, descending: false, newestFirst: true };
  return { key: search && fitOf(search), descending: true, newestFirst: false };
}

/** How often each product was ordered among the newest lines up to an order: the same for all pages of one list. */
function popularUpTo(db: Db, orderId: number) {
  const latest = db.select({ orderId: orderItems.orderId, productId: orderItems.productId }).from(orderItems).where(lte(orderItems.orderId, orderId)).orderBy(desc(orderItems.orderId)).limit(POPULAR_LINES).as("latest");
  return db
    .select({ productId: latest.productId, times: sql<number>`count(*)`.as("times") })
    .from(latest)
    .innerJoin(orders, and(eq(orders.id, latest.orderId), ne(orders.status, "cancelled")))
    .groupBy(latest.productId)
    .as("popular");
}

async function newestOrder(db: Db): Promise<number> {
  const [row] = await db.select({ id: orders.id }).from(orders).orderBy(desc(orders.id)).limit(1);
  return row?.id ?? 0;
}

type Cursor = { key: number; id: number; upTo?: number };

const CURSOR = /^(\d{1,15})\.(\d{1,15})(?:\.(\d{1,15}))?$/;

/** A cursor that somebody made up is at worst another page. */
function cursorFrom(after: string | undefined): Cursor | null {
  const [, key, id, upTo] = CURSOR.exec(after ?? "") ?? [];
  return key === undefined ? null : { key: Number(key), id: Number(id), upTo: upTo === undefined ? undefined : Number(upTo) };
}

const sortedBy = ({ key, descending, newestFirst }: Order): SQL[] =>
  [...(key ? [descending ? desc(key) : asc(key)] : []), newestFirst ? desc(products.id) : asc(products.id)];

function behind({ key, descending, newestFirst }: Order, cursor: Cursor): SQL {
  const next = newestFirst ? lt(products.id, cursor.id) : gt(products.id, cursor.id);
  return key ? or(descending ? lt(key, cursor.key) : gt(key, cursor.key), and(eq(key, cursor.key), next))! : next;
}
