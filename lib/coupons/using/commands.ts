import "server-only";

import type { RowDataPacket } from "mysql2";

import { sendPacket, statement, updateRows, type Statement } from "@/db/packet";
import type { Ctx } from "@/lib/ctx";

import type { HeldCoupon } from "../usable";

const marks = (values: readonly unknown[]): string => values.map(() => "?").join(",");

/** Reads what these coupons do; to use one it is locked, after the accounts and before any stock. */
export const readCoupons = (publicIds: readonly string[], { lock }: { lock: boolean }): Statement =>
  statement(
    `SELECT c.id, c.public_id AS publicId, c.user_id AS userId, c.status, c.usable_from AS usableFrom, c.expires_at AS expiresAt, t.kind, t.unit, t.amount, t.percent,
       t.amount_max AS amountMax, t.min_spend AS minSpend, t.gift_sku_id AS giftSkuId, t.scope, t.scope_ids AS scopeIds
     FROM coupons c FORCE INDEX (coupons_public_key) STRAIGHT_JOIN coupon_templates t ON t.id = c.template_id
     WHERE c.public_id IN (${marks(publicIds)}) ORDER BY c.id${lock ? " FOR UPDATE OF c" : ""}`,
    publicIds,
  );

export const couponsFrom = (rows: readonly RowDataPacket[]): Map<string, HeldCoupon> => new Map(rows.map((row) => [row.publicId as string, row as unknown as HeldCoupon]));

/** The gifts that these coupons bring. What a coupon does never changes, so it is read before anything is locked. */
export async function giftsOf(read: (statements: readonly Statement[]) => Promise<RowDataPacket[][]>, publicIds: readonly string[]): Promise<number[]> {
  const [rows = []] = await read([
    statement(`SELECT DISTINCT t.gift_sku_id AS skuId FROM coupons c JOIN coupon_templates t ON t.id = c.template_id WHERE c.public_id IN (${marks(publicIds)}) AND t.kind = 'gift'`, publicIds),
  ]);
  return rows.map((row) => row.skuId as number);
}

/** Each coupon is used for its order. They are locked, and were usable. */
export const markUsed = (uses: readonly { couponId: number; orderId: string }[], now: Date): Statement =>
  updateRows("coupons", ["id", "status", "order_public_id", "used_at"], uses.map(({ couponId, orderId }) => [couponId, "used", orderId, now]));

/** The coupon of an order that came to nothing can be used again, until it expires as it always would. */
export async function returnCoupon(ctx: Ctx, orderId: string): Promise<void> {
  await sendPacket(ctx.tx, [statement("UPDATE coupons SET status = 'active', order_public_id = NULL, used_at = NULL WHERE order_public_id = ? AND status = 'used'", [orderId])]);
}
