import "server-only";

import { and, eq, inArray, sql, type SQL } from "drizzle-orm";
import type { z } from "zod";

import { cartItems, pointAccounts, productGates, products, segmentMembers, skus } from "@/db/schema";
import type { Ctx, UserId } from "@/lib/ctx";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";

import { ORDER_LINES_MAX } from "../schema";

import type { AddToCartInput, CartQuantityInput } from "./schema";

/** How many of it there may be in a cart: an order's limit is asked at checkout. */
const QUANTITY_MAX = 9_999;

export type InCart = { /** Different products in the cart. */ products: number; /** Of this one. */ quantity: number };

/**
 * Puts more of a SKU into the person's own cart. What it costs and whether it is to be had is asked when the cart is looked at.
 * Refuses `not_found` for what the shop does not list to this person, `cart_full` { limit }.
 */
export async function addToCart(ctx: Ctx, { skuId, quantity }: z.infer<typeof AddToCartInput>): Promise<InCart> {
  const userId = await lockCart(ctx);
  const [offer] = await ctx.tx
    .select({ id: skus.id }).from(skus).innerJoin(products, eq(products.id, skus.productId))
    .where(and(eq(skus.id, skuId), eq(skus.kind, "shop"), eq(skus.isActive, true), eq(products.status, "active"), listedTo(userId)));
  if (!offer) throw new Refusal("not_found");
  const held = await ctx.tx.select({ skuId: cartItems.skuId, quantity: cartItems.quantity }).from(cartItems).where(eq(cartItems.userId, userId));
  const before = held.find((item) => item.skuId === skuId)?.quantity ?? 0;
  if (before === 0 && held.length >= ORDER_LINES_MAX) throw new Refusal("cart_full", { limit: ORDER_LINES_MAX });
  const after = Math.min(QUANTITY_MAX, before + quantity);
  await ctx.tx.insert(cartItems).values({ userId, skuId, quantity: after, createdAt: ctx.now }).onDuplicateKeyUpdate({ set: { quantity: sql`values(${cartItems.quantity})` } });
  return { products: held.length + (before === 0 ? 1 : 0), quantity: after };
}

/** What only a segment opens is there for its people alone, as the shop's own pages have it: a cart shows what it holds. */
const listedTo = (userId: UserId): SQL =>
  sql`(not ${products.isGated} or exists (select 1 from ${productGates} g where g.product_id = ${products.id} and (g.kind = 'level'
    or (g.kind = 'segment' and g.audience_id in (select m.segment_id from ${segmentMembers} m where m.user_id = ${userId})))))`;

/** Changes how many of it there are. What is not in the cart stays out of it: refuses `not_found`. */
export async function changeQuantity(ctx: Ctx, { skuId, quantity }: z.infer<typeof CartQuantityInput>): Promise<{ quantity: number }> {
  const userId = await lockCart(ctx);
  if (quantity === 0) {
    await takeOutOfCart(ctx, userId, [skuId]);
    return { quantity };
  }
  const [header] = await ctx.tx.update(cartItems).set({ quantity }).where(and(eq(cartItems.userId, userId), eq(cartItems.skuId, skuId)));
  if (header.affectedRows !== 1) throw new Refusal("not_found");
  return { quantity };
}

/** What was ordered, or is not wanted any more, leaves the cart. */
export async function takeOutOfCart(ctx: Ctx, userId: UserId, skuIds: readonly number[]): Promise<void> {
  await ctx.tx.delete(cartItems).where(and(eq(cartItems.userId, userId), inArray(cartItems.skuId, [...skuIds])));
}

/** Two tabs at once fill one cart: the account's lock puts them in a row. */
async function lockCart(ctx: Ctx): Promise<UserId> {
  invariant(ctx.actor.kind === "shopper" || ctx.actor.kind === "staff", "a cart is a person's");
  await ctx.tx.select({ userId: pointAccounts.userId }).from(pointAccounts).where(eq(pointAccounts.userId, ctx.actor.id)).for("update");
  return ctx.actor.id;
}
