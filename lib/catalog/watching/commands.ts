import "server-only";

import { and, eq, sql } from "drizzle-orm";

import { sendPacket, statement } from "@/db/packet";
import { products, skus, skuStock, stockWatches } from "@/db/schema";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";

import type { Standing } from "../audience";
import { isListedFor } from "../listing/card";
import { listGates } from "../listing/queries";

import type { WatchInput } from "./schema";

/** What one person waits for at the most. */
export const WATCHES_MAX = 50;

/**
 * The person is told once when the SKU is back. Asked twice it is one wish. Refuses `not_found`, for what the shop does not show to this person too,
 * `not_sold_out`, `watches_full` { limit }.
 */
export async function watchStock(ctx: Ctx, { skuId }: WatchInput, standing: Standing): Promise<void> {
  const userId = watcher(ctx);
  const [sku] = await ctx.tx
    .select({ productId: products.id, isGated: products.isGated, stock: skuStock.stock })
    .from(skus)
    .innerJoin(products, and(eq(products.id, skus.productId), eq(products.status, "active")))
    .innerJoin(skuStock, eq(skuStock.skuId, skus.id))
    .where(and(eq(skus.id, skuId), eq(skus.isActive, true), eq(skus.kind, "shop")));
  if (!sku) throw new Refusal("not_found");
  const gates = await listGates(ctx.tx, sku.isGated ? [sku.productId] : []);
  if (!isListedFor(sku.isGated, gates.get(sku.productId) ?? [], standing)) throw new Refusal("not_found");
  if (sku.stock > 0) throw new Refusal("not_sold_out");
  await refuseTooMany(ctx, userId, skuId);
  await sendPacket(ctx.tx, [statement("INSERT INTO stock_watches (sku_id, user_id, created_at) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE sku_id = sku_id", [skuId, userId, ctx.now])]);
}

/** The account is locked, so that two wishes at once do not both find the last place. */
async function refuseTooMany(ctx: Ctx, userId: UserId, skuId: number): Promise<void> {
  await sendPacket(ctx.tx, [statement("SELECT user_id FROM point_accounts WHERE user_id = ? FOR UPDATE", [userId])]);
  const [row] = await ctx.tx
    .select({ others: sql<number>`count(*)`.mapWith(Number) })
    .from(stockWatches)
    .where(and(eq(stockWatches.userId, userId), sql`${stockWatches.skuId} <> ${skuId}`));
  if ((row?.others ?? 0) >= WATCHES_MAX) throw new Refusal("watches_full", { limit: WATCHES_MAX });
}

/** The person waits no longer; who did not wait is told nothing else. */
export async function unwatchStock(ctx: Ctx, { skuId }: WatchInput): Promise<void> {
  await ctx.tx.delete(stockWatches).where(and(eq(stockWatches.skuId, skuId), eq(stockWatches.userId, watcher(ctx))));
}

function watcher(ctx: Ctx): UserId {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "a person waits, not the clock");
  return userId;
}
