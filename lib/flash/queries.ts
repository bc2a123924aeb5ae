import "server-only";

import { and, asc, eq, gt, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/mysql-core";

import { db as reader, type Db } from "@/db/client";
import { flashSales, orderItems, orders, products, skus, skuStock } from "@/db/schema";
import type { Delivery, PriceMode } from "@/db/schema/catalog";
import { firstPictureOf } from "@/lib/catalog/pictures/queries";
import type { PictureFile } from "@/lib/catalog/pictures/rendition";
import { Lane, sharedLane } from "@/lib/lane";

import type { FlashTimes } from "./sale";

const DAY_MS = 86_400_000;
/** Sales are announced so long before they begin. */
export const ANNOUNCED_DAYS = 7;
const OFFERS_MAX = 60;

/** A sale as its buyers see it, with what the shop asks for the same thing. */
export type FlashOffer = FlashTimes & {
  id: number;
  skuId: number;
  shopSkuId: number;
  productId: number;
  slug: string;
  productName: string;
  productNameEn: string;
  skuName: string;
  skuNameEn: string;
  picture: string;
  /** The product's own first picture, shown instead of the illustration. */
  cover: PictureFile | null;
  delivery: Delivery;
  isGated: boolean;
  name: string;
  nameEn: string;
  pieces: number;
  stock: number;
  priceMode: PriceMode;
  pointsPrice: number;
  cashPriceCents: number;
  limitPerUser: number;
  limitPerOrder: number;
  shopPriceMode: PriceMode;
  shopPointsPrice: number;
  shopCashPriceCents: number;
};

const shopSku = alias(skus, "shop_sku");

const offers = (db: Db) =>
  db
    .select({
      id: flashSales.id, skuId: flashSales.skuId, shopSkuId: flashSales.shopSkuId, productId: skus.productId, slug: products.slug, productName: products.name, productNameEn: products.nameEn,
      skuName: skus.name, skuNameEn: skus.nameEn, picture: products.picture, cover: firstPictureOf(products.id), delivery: products.delivery, isGated: products.isGated, name: flashSales.name, nameEn: flashSales.nameEn,
      pieces: flashSales.pieces, stock: skuStock.stock, startsAt: flashSales.startsAt, endsAt: flashSales.endsAt, status: flashSales.status, priceMode: skus.priceMode,
      pointsPrice: skus.pointsPrice, cashPriceCents: skus.cashPriceCents, limitPerUser: skus.limitPerUser, limitPerOrder: skus.limitPerOrder,
      shopPriceMode: shopSku.priceMode, shopPointsPrice: shopSku.pointsPrice, shopCashPriceCents: shopSku.cashPriceCents,
    })
    .from(flashSales)
    .innerJoin(skus, eq(skus.id, flashSales.skuId))
    .innerJoin(skuStock, eq(skuStock.skuId, flashSales.skuId))
    .innerJoin(shopSku, eq(shopSku.id, flashSales.shopSkuId))
    .innerJoin(products, eq(products.id, skus.productId));

/** Not over, announced by now, and of a product that can be had. */
const isShown = (now: Date) =>
  and(
    eq(flashSales.status, "scheduled"), gt(flashSales.endsAt, now), lte(flashSales.startsAt, new Date(now.getTime() + ANNOUNCED_DAYS * DAY_MS)),
    eq(products.status, "active"), or(isNull(products.onSaleUntil), gt(products.onSaleUntil, now)),
  );

/** Those that are on, the first to end first; after them those that begin soon. */
const inTurn = (now: Date) => [sql`${flashSales.startsAt} > ${now}`, asc(sql`if(${flashSales.startsAt} > ${now}, ${flashSales.startsAt}, ${flashSales.endsAt})`), asc(flashSales.id)];

export const listFlashOffers = (db: Db, now: Date, limit = OFFERS_MAX): Promise<FlashOffer[]> =>
  offers(db).where(isShown(now)).orderBy(...inTurn(now)).limit(Math.min(limit, OFFERS_MAX));

/** The sale of a product that is on, else its next. */
export async function findFlashOffer(db: Db, productId: number, now: Date): Promise<FlashOffer | null> {
  const [offer] = await offers(db).where(and(isShown(now), eq(skus.productId, productId))).orderBy(...inTurn(now)).limit(1);
  return offer ?? null;
}

/** What those who watch a sale ask again and again. */
export type FlashState = FlashTimes & { id: number; skuId: number; stock: number; pieces: number };

const states = (db: Db) =>
  db
    .select({ id: flashSales.id, skuId: flashSales.skuId, stock: skuStock.stock, pieces: flashSales.pieces, startsAt: flashSales.startsAt, endsAt: flashSales.endsAt, status: flashSales.status })
    .from(flashSales).innerJoin(skuStock, eq(skuStock.skuId, flashSales.skuId));

/** The reads of one tick go in one statement. */
export const findFlashState = (id: number): Promise<FlashState | null> => stateReads().submit(id);

const stateReads = () => sharedLane("flash-states", () => new Lane<number, FlashState | null>(readStates, { batchMax: 512, widthMax: 2, waitingMax: 50_000 }));

async function readStates(ids: readonly number[]): Promise<(FlashState | null)[]> {
  const rows = await states(reader()).where(inArray(flashSales.id, [...new Set(ids)]));
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id) ?? null);
}

/** Sales that are on or begin within a while: what the gate guards. */
export const listGuardedSales = (db: Db, now: Date, withinMs: number): Promise<(FlashState & { limitPerUser: number })[]> =>
  db
    .select({
      id: flashSales.id, skuId: flashSales.skuId, stock: skuStock.stock, pieces: flashSales.pieces, startsAt: flashSales.startsAt, endsAt: flashSales.endsAt, status: flashSales.status,
      limitPerUser: skus.limitPerUser,
    })
    .from(flashSales)
    .innerJoin(skuStock, eq(skuStock.skuId, flashSales.skuId))
    .innerJoin(skus, eq(skus.id, flashSales.skuId))
    .where(and(eq(flashSales.status, "scheduled"), gt(flashSales.endsAt, now), lte(flashSales.startsAt, new Date(now.getTime() + withinMs))));

/** Sales whose time is over but that hold pieces or were not closed yet. */
export async function listSalesToClose(db: Db, now: Date, limit: number): Promise<{ id: number; isClosed: boolean }[]> {
  const rows = await db
    .select({ id: flashSales.id, status: flashSales.status })
    .from(flashSales)
    .innerJoin(skuStock, eq(skuStock.skuId, flashSales.skuId))
    .where(or(and(eq(flashSales.status, "scheduled"), lte(flashSales.endsAt, now)), and(eq(flashSales.status, "closed"), gt(skuStock.stock, 0))))
    .orderBy(asc(flashSales.id))
    .limit(limit);
  return rows.map(({ id, status }) => ({ id, isClosed: status === "closed" }));
}

type Taker = { skuId: number; userId: number };

/** Pieces of a sale that somebody has: what was cancelled or refunded is not theirs. The reads of one tick go in one statement. */
export const countTaken = ({ skuId, userId }: Taker): Promise<number> => takenReads().submit({ skuId, userId });

const takenReads = () => sharedLane("flash-taken", () => new Lane<Taker, number>(readTaken, { batchMax: 512, widthMax: 2, waitingMax: 50_000 }));

async function readTaken(takers: readonly Taker[]): Promise<number[]> {
  const found = await reader()
    .select({ skuId: orderItems.skuId, userId: orderItems.userId, quantity: sql<number>`sum(${orderItems.quantity} - ${orderItems.quantityRefunded})`.mapWith(Number) })
    .from(orderItems)
    .innerJoin(orders, and(eq(orders.id, orderItems.orderId), ne(orders.status, "cancelled")))
    .where(and(inArray(orderItems.skuId, [...new Set(takers.map(({ skuId }) => skuId))]), inArray(orderItems.userId, [...new Set(takers.map(({ userId }) => userId))])))
    .groupBy(orderItems.skuId, orderItems.userId);
  return takers.map(({ skuId, userId }) => found.find((row) => row.skuId === skuId && row.userId === userId)?.quantity ?? 0);
}
