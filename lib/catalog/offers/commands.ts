import "server-only";

import { randomUUID } from "node:crypto";

import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";

import { couponTemplates, flashSales, orderItems, orders, skus, skuStock, stockMoves } from "@/db/schema";
import type { Delivery } from "@/db/schema/catalog";
import { actorId, type Ctx } from "@/lib/ctx";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";

import { saveOwnPrices } from "../audiences/commands";
import { changesBetween, prefixed, type Changes } from "../changes";
import type { SkuInput } from "../schema";
import { unsellable } from "../sellable";

type SkuFields = z.infer<typeof SkuInput>;
type SkuRow = typeof skus.$inferSelect;

/** The SKUs that the shop lists: the offer of a flash sale is planned elsewhere and not changed here. */
export const lockSkus = (ctx: Ctx, productId: number): Promise<SkuRow[]> =>
  ctx.tx.select().from(skus).where(and(eq(skus.productId, productId), eq(skus.kind, "shop"))).orderBy(asc(skus.id)).for("update");

/**
 * Saves the SKUs of a product in their order; those without an id are new. `known` are the locked ones that it has.
 * Refuses `not_found` for a SKU that is none of them, `stock_of_codes` when one with stock is to be counted another way.
 */
export async function saveSkus(ctx: Ctx, productId: number, wanted: readonly SkuFields[], known: readonly SkuRow[]): Promise<{ ids: number[]; changes: Changes }> {
  const ids: number[] = [];
  const changes: Changes = {};
  for (const [position, { id, initialStock, prices, ...offer }] of wanted.entries()) {
    const fields = { ...offer, position, hasOwnPrices: prices.length > 0 };
    const before = id === undefined ? null : (known.find((sku) => sku.id === id) ?? null);
    if (id !== undefined && !before) throw new Refusal("not_found");
    const skuId = before ? await updateSku(ctx, before, fields) : await insertSku(ctx, productId, fields, initialStock);
    Object.assign(changes, prefixed(`sku.${skuId}.`, { ...changesBetween(before ?? {}, fields), ...(await saveOwnPrices(ctx, skuId, prices)) }));
    ids.push(skuId);
  }
  return { ids, changes };
}

type StoredFields = Omit<SkuFields, "id" | "initialStock" | "prices"> & { position: number; hasOwnPrices: boolean };

async function insertSku(ctx: Ctx, productId: number, fields: StoredFields, initialStock: number): Promise<number> {
  const [row] = await ctx.tx.insert(skus).values({ ...fields, productId }).$returningId();
  invariant(row, "an insert returns its id");
  await ctx.tx.insert(skuStock).values({ skuId: row.id, stock: initialStock });
  if (initialStock > 0) await moveStock(ctx, row.id, initialStock, "initial", "");
  return row.id;
}

async function updateSku(ctx: Ctx, before: SkuRow, fields: StoredFields): Promise<number> {
  if (before.hasCodes !== fields.hasCodes) await refuseStock(ctx, before.id, fields.position);
  if (Object.keys(changesBetween(before, fields)).length > 0) await ctx.tx.update(skus).set(fields).where(eq(skus.id, before.id));
  return before.id;
}

/**
 * Pieces that were counted, or sold, by hand have no code, and codes that were would be handed over by hand.
 * A flash sale of the SKU is counted as the SKU was when it was planned, and gives its pieces back.
 */
async function refuseStock(ctx: Ctx, skuId: number, position: number): Promise<void> {
  const lent = (await ctx.tx.select({ skuId: flashSales.skuId }).from(flashSales).where(eq(flashSales.shopSkuId, skuId))).map((sale) => sale.skuId);
  const ids = [skuId, ...lent].sort((a, b) => a - b);
  const shelves = await ctx.tx.select({ stock: skuStock.stock }).from(skuStock).where(inArray(skuStock.skuId, ids)).orderBy(asc(skuStock.skuId)).for("update");
  const [promised] = await ctx.tx
    .select({ orderId: orderItems.orderId }).from(orderItems).innerJoin(orders, eq(orders.id, orderItems.orderId))
    .where(and(inArray(orderItems.skuId, ids), inArray(orders.status, ["pending", "paid", "shipped"]), sql`${orderItems.quantityDelivered} + ${orderItems.quantityRefunded} < ${orderItems.quantity}`)).limit(1);
  if (shelves.some(({ stock }) => stock > 0) || promised) throw new Refusal("stock_of_codes", { about: "switch", field: `skus.${position}.hasCodes` });
}

/** Refuses `not_sellable` { reason, field } when a product on sale could be had by nobody. `ids` are its SKUs in the editor's order. */
export async function refuseUnsellable(ctx: Ctx, productId: number, delivery: Delivery, ids: readonly number[]): Promise<void> {
  const rows = await ctx.tx
    .select({ id: skus.id, isActive: skus.isActive, couponTemplateId: skus.couponTemplateId, templateStatus: couponTemplates.status })
    .from(skus)
    .leftJoin(couponTemplates, eq(couponTemplates.id, skus.couponTemplateId))
    .where(and(eq(skus.productId, productId), eq(skus.kind, "shop")))
    .orderBy(asc(skus.position), asc(skus.id));
  const fault = unsellable(delivery, rows.map(({ templateStatus, ...sku }) => ({ ...sku, templateIsActive: templateStatus === "active" })));
  if (!fault) return;
  const index = Math.max(0, ids.indexOf(fault.skuId ?? NaN));
  throw new Refusal("not_sellable", { reason: fault.reason, field: `skus.${index}.${fault.skuId === null ? "isActive" : "couponTemplateId"}` });
}

/** Refuses `not_found` { field } when a SKU names a coupon that is not there. */
export async function refuseUnknownTemplates(ctx: Ctx, wanted: readonly SkuFields[]): Promise<void> {
  const named = wanted.flatMap(({ couponTemplateId }) => (couponTemplateId === null ? [] : [couponTemplateId]));
  if (named.length === 0) return;
  const known = await ctx.tx.select({ id: couponTemplates.id }).from(couponTemplates).where(inArray(couponTemplates.id, named));
  const index = wanted.findIndex(({ couponTemplateId }) => couponTemplateId !== null && !known.some(({ id }) => id === couponTemplateId));
  if (index >= 0) throw new Refusal("not_found", { field: `skus.${index}.couponTemplateId` });
}

export const moveStock = (ctx: Ctx, skuId: number, quantity: number, reason: "initial" | "adjust", note: string) =>
  ctx.tx.insert(stockMoves).values({ skuId, quantity, reason, sourceId: randomUUID(), actorId: actorId(ctx.actor), note, createdAt: ctx.now });
