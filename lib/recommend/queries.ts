import "server-only";

import type { RowDataPacket } from "mysql2";
import { and, desc, eq, inArray } from "drizzle-orm";

import type { Db } from "@/db/client";
import { readRows, statement, type Statement } from "@/db/packet";
import { categories, products } from "@/db/schema";
import type { Standing } from "@/lib/catalog/audience";
import { personal, type Personal, type ProductCard } from "@/lib/catalog/listing/card";
import { listProductCards } from "@/lib/catalog/listing/queries";
import type { UserId } from "@/lib/ctx";

import { rank, type Taste } from "./rank";

const DAY_MS = 86_400_000;
const RECENT_DAYS = 90;
/** Lines of a person's orders that are looked at: the newest. */
const OWN_LINES = 500;
/** The newest so many SKUs that they redeemed say what they like. */
const SEEDS = 10;
/** People who redeemed the same lately, for each SKU and together; and how much of what they redeemed. */
const PEERS_PER_SEED = 50;
const PEERS = 100;
const LINES_PER_PEER = 10;
/** Products of each kind that are looked at. */
const CANDIDATES = 60;
/** Over so many of the newest lines popularity is counted. */
const POPULAR_LINES = 10_000;

/** Who asks: a guest has no id and no balance. */
export type Asker = { userId: UserId | null; standing: Standing; balance: number | null; pointsPerYuan: number };

/**
 * What a person may like next: on sale, in stock, open to them, and not what they hold already. Who redeemed the same redeemed it too, it is of a category
 * that they redeem from, it is popular, it can be paid for now. A newcomer gets what is popular, and a new shop what is new.
 */
export async function listRecommended(db: Db, { userId, standing, balance, pointsPerYuan }: Asker, limit: number, now: Date): Promise<Personal<ProductCard>[]> {
  const since = new Date(now.getTime() - RECENT_DAYS * DAY_MS);
  const [own, popular] = await Promise.all([userId === null ? NOTHING : readOwn(userId), getPopular(since)]);
  const [together, inCategories, newest] = await Promise.all([readTogether(userId, own.skuIds, since), listInCategories(db, [...own.categories.keys()]), listNewest(db)]);
  const candidates = new Set([...together.keys(), ...inCategories, ...[...popular.keys()].slice(0, CANDIDATES), ...newest]);
  const cards = await listProductCards(db, [...candidates].filter((id) => !own.productIds.has(id)), standing, now);
  const taste: Taste = { together, popular, categories: own.categories };
  return rank(cards.map((card) => personal(card, standing, pointsPerYuan)), taste, balance).slice(0, limit);
}

type Own = { /** All that they hold. */ productIds: ReadonlySet<number>; /** The SKUs they redeemed last. */ skuIds: readonly number[]; categories: ReadonlyMap<string, number> };

const NOTHING: Own = { productIds: new Set(), skuIds: [], categories: new Map() };

/** What a person redeemed and holds: not cancelled, not wholly refunded. */
async function readOwn(userId: UserId): Promise<Own> {
  const rows = await readRows(statement(
    `SELECT i.product_id, i.sku_id, c.slug FROM order_items i FORCE INDEX (order_items_buyer_idx)
     STRAIGHT_JOIN orders o ON o.id = i.order_id AND o.status <> 'cancelled'
     STRAIGHT_JOIN products p ON p.id = i.product_id LEFT JOIN categories c ON c.id = p.category_id
     WHERE i.user_id = ? AND i.quantity > i.quantity_refunded ORDER BY i.order_id DESC LIMIT ?`,
    [userId, OWN_LINES],
  ));
  const liked = new Map<string, number>();
  for (const { slug } of rows.slice(0, SEEDS)) if (slug !== null) liked.set(slug, (liked.get(slug) ?? 0) + 1);
  return { productIds: new Set(rows.map(({ product_id }) => product_id)), skuIds: [...new Set(rows.map(({ sku_id }) => sku_id as number))].slice(0, SEEDS), categories: liked };
}

/** What the latest people who redeemed these SKUs redeemed besides: how many of them. */
async function readTogether(userId: UserId | null, skuIds: readonly number[], since: Date): Promise<Map<number, number>> {
  if (userId === null || skuIds.length === 0) return new Map();
  return counted(await readRows(togetherWith(userId, skuIds, since)));
}

/** Every step is bounded: people for each SKU by its index, newest first, and of each of them the newest lines by theirs. */
export function togetherWith(userId: UserId, skuIds: readonly number[], since: Date): Statement {
  const peers = skuIds.map(() => "(SELECT user_id FROM order_items WHERE sku_id = ? ORDER BY order_id DESC LIMIT ?)").join(" UNION ");
  return statement(
    `SELECT i.product_id AS id, COUNT(DISTINCT i.user_id) AS times
     FROM (SELECT user_id FROM (${peers}) found WHERE user_id <> ? LIMIT ?) p
     JOIN LATERAL (SELECT user_id, product_id, order_id FROM order_items FORCE INDEX (order_items_buyer_idx) WHERE user_id = p.user_id ORDER BY order_id DESC LIMIT ?) i
     JOIN orders o ON o.id = i.order_id AND o.status <> 'cancelled' AND o.created_at >= ?
     GROUP BY i.product_id ORDER BY times DESC, i.product_id DESC LIMIT ?`,
    [...skuIds.flatMap((skuId) => [skuId, PEERS_PER_SEED]), userId, PEERS, LINES_PER_PEER, since, CANDIDATES],
  );
}

/** How often products were redeemed among the newest lines; cut first, so that a quiet shop with a long past is not read to its beginning. */
export const popularSince = (since: Date): Statement =>
  statement(
    `SELECT latest.product_id AS id, COUNT(*) AS times
     FROM (SELECT order_id, product_id FROM order_items ORDER BY order_id DESC LIMIT ?) latest
     STRAIGHT_JOIN orders o ON o.id = latest.order_id AND o.status <> 'cancelled' AND o.created_at >= ?
     GROUP BY latest.product_id ORDER BY times DESC, id DESC`,
    [POPULAR_LINES, since],
  );

const counted = (rows: readonly RowDataPacket[]): Map<number, number> => new Map(rows.map(({ id, times }) => [Number(id), Number(times)]));

/** What everybody redeems changes slowly; one reading serves all who ask within this time. */
const POPULAR_FRESH_MS = 60_000;

const shared = globalThis as { pointsMallPopular?: { readAt: number; popular: Promise<Map<number, number>> } };

function getPopular(since: Date): Promise<Map<number, number>> {
  const known = shared.pointsMallPopular;
  if (known && Math.abs(since.getTime() - known.readAt) < POPULAR_FRESH_MS) return known.popular;
  const popular = readRows(popularSince(since)).then(counted);
  shared.pointsMallPopular = { readAt: since.getTime(), popular };
  popular.catch(() => (shared.pointsMallPopular = undefined));
  return popular;
}

/** Forgets what was counted. */
export function forgetPopular(): void {
  shared.pointsMallPopular = undefined;
}

async function listInCategories(db: Db, slugs: readonly string[]): Promise<number[]> {
  if (slugs.length === 0) return [];
  const rows = await db
    .select({ id: products.id })
    .from(products)
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .where(and(eq(products.status, "active"), inArray(categories.slug, [...slugs])))
    .orderBy(desc(products.id))
    .limit(CANDIDATES);
  return rows.map(({ id }) => id);
}

async function listNewest(db: Db): Promise<number[]> {
  const rows = await db.select({ id: products.id }).from(products).where(eq(products.status, "active")).orderBy(desc(products.id)).limit(CANDIDATES);
  return rows.map(({ id }) => id);
}
