import "server-only";

import type { RowDataPacket } from "mysql2";

import { idInRow, insertRows, keepFirstId, statement, type Statement } from "@/db/packet";
import type { UserId } from "@/lib/ctx";
import { eventRows } from "@/lib/events/commands";
import { knownReplies, type KeyOwner, type KnownReplies } from "@/lib/request-key";

import { deliveryOf, type Offer } from "../checkout";
import { statusAtFirst } from "../status";

import type { OfferNames, Redemption, RedeemReply } from "./commands";

const marks = (values: readonly unknown[]): string => values.map(() => "?").join(",");

export const placeOf = (userId: number, skuId: number): string => `${userId} ${skuId}`;

export const readOffers = (skuIds: readonly number[]): Statement =>
  statement(
    `SELECT s.id AS skuId, s.product_id AS productId, p.status AS productStatus, s.is_active AS isActive, p.delivery, s.limit_per_order AS limitPerOrder,
       s.limit_per_user AS limitPerUser, s.limit_per_day AS limitPerDay, s.price_mode AS priceMode, s.points_price AS pointsPrice, s.cash_price_cents AS cashPriceCents,
       s.discount_points_max AS discountPointsMax, s.discount_points_min AS discountPointsMin, s.discount_share_max AS discountShareMax,
       s.discount_points_per_yuan AS discountPointsPerYuan, p.on_sale_from AS productFrom, p.on_sale_until AS productUntil, s.on_sale_from AS onSaleFrom,
       s.on_sale_until AS onSaleUntil, p.is_gated AS isGated, s.has_own_prices AS hasOwnPrices,
       p.name AS productName, p.name_en AS productNameEn, s.name AS skuName, s.name_en AS skuNameEn, p.picture,
       c1.id AS category1, c1.parent_id AS category2, c2.parent_id AS category3
     FROM skus s JOIN products p ON p.id = s.product_id LEFT JOIN categories c1 ON c1.id = p.category_id LEFT JOIN categories c2 ON c2.id = c1.parent_id
     WHERE s.id IN (${marks(skuIds)})`,
    skuIds,
  );

/** An offer with what the order keeps of its names, and whether some people have another price or none at all. */
export type FoundOffer = Offer & OfferNames & { isGated: boolean; hasOwnPrices: boolean };

export const offersFrom = (rows: readonly RowDataPacket[]): Map<number, FoundOffer> =>
  new Map(rows.map(({ category1, category2, category3, ...row }) => [row.skuId, {
    ...row, isActive: row.isActive === 1, isGated: row.isGated === 1, hasOwnPrices: row.hasOwnPrices === 1,
    categoryIds: [category1, category2, category3].filter((id) => id !== null),
  } as unknown as FoundOffer]));

/** Orders that these requests have made already. Under the lock of the buyers' accounts the answer stays true. */
export const readRepeats = (requests: readonly KeyOwner[]): Statement =>
  statement(
    `SELECT o.user_id AS userId, o.request_id AS requestId, o.body_digest AS bodyDigest, o.public_id AS orderId, o.points_spent AS points, o.total_cents AS totalCents,
       o.cash_due_cents AS cashDueCents, o.points_left AS pointsAvailable, i.product_name AS productName,
       (SELECT CAST(SUM(n.quantity) AS SIGNED) FROM order_items n WHERE n.order_id = o.id) AS quantity
     FROM orders o FORCE INDEX (orders_request_key) STRAIGHT_JOIN order_items i ON i.order_id = o.id AND i.line = 1
     WHERE (o.user_id, o.request_id) IN (${requests.map(() => "(?,?)").join(",")})`,
    requests.flatMap(({ userId, request }) => [userId, request.key]),
  );

/** The reply that each of those orders was made with. */
export const repeatsFrom = (rows: readonly RowDataPacket[]): KnownReplies =>
  knownReplies(rows.map(({ userId, requestId, bodyDigest, ...reply }) => ({
    userId, key: requestId, bodyDigest, reply: { ...reply, status: statusAtFirst(reply.cashDueCents) } as RedeemReply,
  })));

/** What these people already hold of SKUs with a limit, and took since the day began; a cancelled order gives its pieces back, and so does a refund. */
export const readBought = (people: readonly UserId[], skuIds: readonly number[], dayBegan: Date): Statement =>
  statement(
    `SELECT i.user_id AS userId, i.sku_id AS skuId, SUM(i.quantity - i.quantity_refunded) AS quantity,
       SUM(IF(o.created_at >= ?, i.quantity - i.quantity_refunded, 0)) AS today
     FROM skus s STRAIGHT_JOIN order_items i FORCE INDEX (order_items_buyer_idx) ON i.sku_id = s.id AND i.user_id IN (${marks(people)})
     STRAIGHT_JOIN orders o ON o.id = i.order_id AND o.status <> 'cancelled'
     WHERE s.id IN (${marks(skuIds)}) AND (s.limit_per_user > 0 OR s.limit_per_day > 0) AND NOT i.is_gift GROUP BY i.user_id, i.sku_id`,
    [dayBegan, ...people, ...skuIds],
  );

export type Bought = { bought: number; boughtToday: number };

export const boughtFrom = (rows: readonly RowDataPacket[]): Map<string, Bought> =>
  new Map(rows.map((row) => [placeOf(row.userId, row.skuId), { bought: Number(row.quantity), boughtToday: Number(row.today) }]));

export const readStock = (skuIds: readonly number[], { lock }: { lock: boolean }): Statement =>
  statement(`SELECT sku_id, stock FROM sku_stock FORCE INDEX (PRIMARY) WHERE sku_id IN (${marks(skuIds)}) ORDER BY sku_id${lock ? " FOR UPDATE" : ""}`, skuIds);

export const stockFrom = (rows: readonly RowDataPacket[]): Map<number, number> => new Map(rows.map((row) => [row.sku_id, row.stock]));

/**
 * Takes the pieces, where there are as many: the last statement, so that the row every buyer waits for is locked for the commit alone.
 * Affects fewer rows than it names when another process took them first.
 */
export function takeStock(granted: readonly Redemption[]): { statement: Statement; skus: number } {
  const taken = new Map<number, number>();
  for (const { skuId, quantity } of granted.flatMap(({ quote }) => quote.lines)) taken.set(skuId, (taken.get(skuId) ?? 0) + quantity);
  const rows = [...taken].sort(([a], [b]) => a - b);
  return {
    skus: rows.length,
    statement: statement(
      `UPDATE (VALUES ${rows.map(() => "ROW(?,?)").join(",")}) v (sku_id, taken) STRAIGHT_JOIN sku_stock t ON t.sku_id = v.sku_id
       SET t.stock = t.stock - v.taken WHERE t.stock >= v.taken`,
      rows.flat(),
    ),
  };
}

/** All rows of the granted redemptions but those of the book, the coupons and the stock: orders, items, moves and events. */
export function writesFor(granted: readonly Redemption[], now: Date): Statement[] {
  return [insertOrders(granted, now), keepFirstId("order"), insertItems(granted), insertMoves(granted, now), insertEvents(granted, now)];
}

const insertOrders = (granted: readonly Redemption[], now: Date): Statement =>
  insertRows(
    "orders",
    ["public_id", "user_id", "request_id", "body_digest", "status", "points_spent", "points_left", "total_cents", "discount_cents", "coupon_id", "coupon_cents", "coupon_points",
      "delivery_cents", "cash_due_cents", "delivery", "address", "pickup", "pay_by", "created_at"],
    granted.map(({ publicId, userId, request, quote, offers, couponId, address, pickup, payBy, reply }) => [
      publicId, userId, request.key, request.bodyDigest, reply.status, quote.points, reply.pointsAvailable, quote.totalCents, quote.discountCents, couponId, quote.couponCents, quote.couponPoints,
      quote.deliveryCents, quote.cashDueCents, deliveryOf(offers.map(({ delivery }) => delivery)), address ? JSON.stringify(address) : null, pickup ? JSON.stringify(pickup) : null, payBy, now,
    ]),
  );

const insertItems = (granted: readonly Redemption[]): Statement =>
  insertRows(
    "order_items",
    ["order_id", "line", "user_id", "sku_id", "product_id", "product_name", "product_name_en", "sku_name", "sku_name_en", "picture", "delivery", "quantity", "unit_cents", "points",
      "cash_due_cents", "discount_cents", "coupon_cents", "coupon_points", "is_gift"],
    granted.flatMap(({ userId, offers, quote }, index) =>
      quote.lines.map((line, place) => {
        const offer = offers[place]!;
        return [
          idInRow("order", index), place + 1, userId, offer.skuId, offer.productId, offer.productName, offer.productNameEn, offer.skuName, offer.skuNameEn, offer.picture, offer.delivery,
          line.quantity, line.unitCents, line.points, line.cashDueCents, line.discountCents, line.couponCents, line.couponPoints, line.isGift,
        ];
      })),
  );

/** One move for each SKU of an order: a gift may be more of what was bought. */
function insertMoves(granted: readonly Redemption[], now: Date): Statement {
  const moves = granted.flatMap(({ publicId, quote }) => {
    const taken = new Map<number, number>();
    for (const { skuId, quantity } of quote.lines) taken.set(skuId, (taken.get(skuId) ?? 0) + quantity);
    return [...taken].map(([skuId, quantity]) => [skuId, -quantity, "order", publicId, now]);
  });
  return insertRows("stock_moves", ["sku_id", "quantity", "reason", "source_id", "created_at"], moves);
}

const insertEvents = (granted: readonly Redemption[], now: Date): Statement =>
  eventRows(granted.map(({ publicId, userId, quote, offers, reply }) => ({
    by: userId,
    fact: {
      name: "order.redeemed",
      subject: { type: "order", id: publicId },
      data: { points: quote.points, cashDueCents: quote.cashDueCents, delivers: reply.status === "paid" && offers.some(({ delivery }) => delivery !== "shipped") },
    },
  })), now);
