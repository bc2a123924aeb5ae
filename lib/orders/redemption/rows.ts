import "server-only";

import type { RowDataPacket } from "mysql2";

import { idInRow, insertRows, keepFirstId, statement, type Statement } from "@/db/packet";
import type { UserId } from "@/lib/ctx";
import { eventRows } from "@/lib/events/commands";
import { knownReplies, type KeyOwner, type KnownReplies } from "@/lib/request-key";

import type { Offer } from "../checkout";
import { statusAtFirst } from "../status";

import type { OfferNames, Redemption, RedeemReply } from "./commands";

const marks = (values: readonly unknown[]): string => values.map(() => "?").join(",");

export const placeOf = (userId: number, skuId: number): string => `${userId} ${skuId}`;

export const readOffers = (skuIds: readonly number[]): Statement =>
  statement(
    `SELECT s.id AS skuId, s.product_id AS productId, p.status AS productStatus, s.is_active AS isActive, p.delivery, s.limit_per_order AS limitPerOrder,
       s.limit_per_user AS limitPerUser, s.price_mode AS priceMode, s.points_price AS pointsPrice, s.cash_price_cents AS cashPriceCents,
       s.discount_points_max AS discountPointsMax, p.name AS productName, p.name_en AS productNameEn, s.name AS skuName, s.name_en AS skuNameEn, p.picture
     FROM skus s JOIN products p ON p.id = s.product_id WHERE s.id IN (${marks(skuIds)})`,
    skuIds,
  );

export const offersFrom = (rows: readonly RowDataPacket[]): Map<number, Offer & OfferNames> =>
  new Map(rows.map((row) => [row.skuId, { ...row, isActive: row.isActive === 1 } as Offer & OfferNames]));

/** Orders that these requests have made already. Under the lock of the buyers' accounts the answer stays true. */
export const readRepeats = (requests: readonly KeyOwner[]): Statement =>
  statement(
    `SELECT o.user_id AS userId, o.request_id AS requestId, o.body_digest AS bodyDigest, o.public_id AS orderId, o.points_spent AS points, o.total_cents AS totalCents,
       o.cash_due_cents AS cashDueCents, o.points_left AS pointsAvailable, i.quantity, i.product_name AS productName
     FROM orders o FORCE INDEX (orders_request_key) STRAIGHT_JOIN order_items i ON i.order_id = o.id AND i.line = 1
     WHERE (o.user_id, o.request_id) IN (${requests.map(() => "(?,?)").join(",")})`,
    requests.flatMap(({ userId, request }) => [userId, request.key]),
  );

/** The reply that each of those orders was made with. */
export const repeatsFrom = (rows: readonly RowDataPacket[]): KnownReplies =>
  knownReplies(rows.map(({ userId, requestId, bodyDigest, ...reply }) => ({
    userId, key: requestId, bodyDigest, reply: { ...reply, status: statusAtFirst(reply.cashDueCents) } as RedeemReply,
  })));

/** What these people already hold of SKUs with a limit; a cancelled order gives its pieces back, and so does a refund. */
export const readBought = (people: readonly UserId[], skuIds: readonly number[]): Statement =>
  statement(
    `SELECT i.user_id AS userId, i.sku_id AS skuId, SUM(i.quantity - i.quantity_refunded) AS quantity
     FROM skus s STRAIGHT_JOIN order_items i FORCE INDEX (order_items_buyer_idx) ON i.sku_id = s.id AND i.user_id IN (${marks(people)})
     STRAIGHT_JOIN orders o ON o.id = i.order_id AND o.status <> 'cancelled'
     WHERE s.id IN (${marks(skuIds)}) AND s.limit_per_user > 0 GROUP BY i.user_id, i.sku_id`,
    [...people, ...skuIds],
  );

export const boughtFrom = (rows: readonly RowDataPacket[]): Map<string, number> =>
  new Map(rows.map((row) => [placeOf(row.userId, row.skuId), Number(row.quantity)]));

export const readStock = (skuIds: readonly number[], { lock }: { lock: boolean }): Statement =>
  statement(`SELECT sku_id, stock FROM sku_stock FORCE INDEX (PRIMARY) WHERE sku_id IN (${marks(skuIds)}) ORDER BY sku_id${lock ? " FOR UPDATE" : ""}`, skuIds);

export const stockFrom = (rows: readonly RowDataPacket[]): Map<number, number> => new Map(rows.map((row) => [row.sku_id, row.stock]));

/**
 * Takes the pieces, where there are as many: the last statement, so that the row every buyer waits for is locked for the commit alone.
 * Affects fewer rows than it names when another process took them first.
 */
export function takeStock(granted: readonly Redemption[]): { statement: Statement; skus: number } {
  const taken = new Map<number, number>();
  for (const { offer, quantity } of granted) taken.set(offer.skuId, (taken.get(offer.skuId) ?? 0) + quantity);
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

/** All rows of the granted redemptions but those of the book and the stock: orders, items, moves and events. */
export function writesFor(granted: readonly Redemption[], now: Date): Statement[] {
  return [
    insertRows(
      "orders",
      ["public_id", "user_id", "request_id", "body_digest", "status", "points_spent", "points_left", "total_cents", "discount_cents", "cash_due_cents", "delivery", "address", "pay_by", "created_at"],
      granted.map(({ publicId, userId, request, quote, offer, address, payBy, reply }) => [
        publicId, userId, request.key, request.bodyDigest, reply.status, quote.points, reply.pointsAvailable, quote.totalCents, quote.discountCents, quote.cashDueCents, offer.delivery,
        address ? JSON.stringify(address) : null, payBy, now,
      ]),
    ),
    keepFirstId("order"),
    insertRows(
      "order_items",
      ["order_id", "line", "user_id", "sku_id", "product_id", "product_name", "product_name_en", "sku_name", "sku_name_en", "picture", "quantity", "unit_cents", "points", "cash_due_cents"],
      granted.map(({ userId, offer, quantity, quote }, index) => [
        idInRow("order", index), 1, userId, offer.skuId, offer.productId, offer.productName, offer.productNameEn, offer.skuName, offer.skuNameEn,
        offer.picture, quantity, offer.cashPriceCents, quote.points, quote.cashDueCents,
      ]),
    ),
    insertRows("stock_moves", ["sku_id", "quantity", "reason", "source_id", "created_at"],
      granted.map(({ offer, quantity, publicId }) => [offer.skuId, -quantity, "order", publicId, now])),
    eventRows(granted.map(({ publicId, userId, quote }) => ({
      by: userId,
      fact: { name: "order.redeemed", subject: { type: "order", id: publicId }, data: { points: quote.points, cashDueCents: quote.cashDueCents } },
    })), now),
  ];
}
