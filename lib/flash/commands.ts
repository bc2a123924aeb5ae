import "server-only";

import { and, eq, gt, ne } from "drizzle-orm";
import type { z } from "zod";

import { affectedRows, insertRows, sendPacket, statement } from "@/db/packet";
import { flashSales, products, skus, skuStock } from "@/db/schema";
import { changesBetween } from "@/lib/catalog/changes";
import { actorId, type Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { publicId } from "@/lib/id";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";

import { overlaps, phaseOf } from "./sale";
import type { FlashChangeInput, FlashCloseInput, FlashPlanInput } from "./schema";

type SaleRow = typeof flashSales.$inferSelect;
type Terms = Omit<FlashPlanInput, "requestId" | "shopSkuId">;

/**
 * Plans a sale: an offer of its own for so many pieces of a SKU of the shop, which leave the shop's shelf at once.
 * Refuses `not_found`, `sale_ended` when its end is past, `flash_overlaps`, `stock_too_low` { stock }.
 */
export async function planFlashSale(ctx: Ctx, { requestId: _requestId, shopSkuId, ...terms }: FlashPlanInput): Promise<{ id: number }> {
  const shop = await lockShopSku(ctx, shopSkuId);
  await refuseOverlap(ctx, shop.productId, terms);
  const { pieces } = terms;
  const [sku] = await ctx.tx.insert(skus).values({
    productId: shop.productId, name: shop.name, nameEn: shop.nameEn, hasCodes: shop.hasCodes, couponTemplateId: shop.couponTemplateId, position: shop.position, kind: "flash", ...offerOf(terms),
  }).$returningId();
  invariant(sku, "an insert returns its id");
  await ctx.tx.insert(skuStock).values({ skuId: sku.id, stock: 0 });
  const [sale] = await ctx.tx.insert(flashSales).values({ ...saleOf(terms), skuId: sku.id, shopSkuId, createdAt: ctx.now }).$returningId();
  invariant(sale, "an insert returns its id");
  await movePieces(ctx, { id: sale.id, from: shopSkuId, to: sku.id, pieces, hasCodes: shop.hasCodes });
  await emit(ctx, { name: "flash.planned", subject: { type: "flash", id: String(sale.id) }, data: { changes: changesBetween({}, { shopSkuId, ...terms }) } });
  return { id: sale.id };
}

/**
 * Changes a sale: before it begins all but its SKU, afterwards its name and its end.
 * Refuses `not_found`, `sale_ended` when it is over or its new end is past, `flash_has_begun`, `flash_overlaps`, `stock_too_low` { stock }.
 */
export async function changeFlashSale(ctx: Ctx, { requestId: _requestId, id, ...terms }: FlashChangeInput): Promise<void> {
  const { sale, offer } = await lockSale(ctx, id);
  const phase = phaseOf(sale, ctx.now);
  if (phase === "over") throw new Refusal("sale_ended");
  const before: Terms = { ...sale, pointsPrice: offer.pointsPrice, cashPriceCents: offer.cashPriceCents, limitPerUser: offer.limitPerUser };
  const changes = changesBetween(before, terms);
  if (phase === "on" && Object.keys(changes).some((field) => !["name", "nameEn", "endsAt"].includes(field))) throw new Refusal("flash_has_begun");
  if (Object.keys(changes).length === 0) return;
  await refuseOverlap(ctx, offer.productId, terms, id);
  // The offer's row before its stock, in the order in which redemptions reach them.
  await ctx.tx.update(skus).set(offerOf(terms)).where(eq(skus.id, sale.skuId));
  await ctx.tx.update(flashSales).set(saleOf(terms)).where(eq(flashSales.id, id));
  const more = terms.pieces - sale.pieces;
  const way = more > 0 ? { from: sale.shopSkuId, to: sale.skuId } : { from: sale.skuId, to: sale.shopSkuId };
  if (more !== 0) await movePieces(ctx, { id, ...way, pieces: Math.abs(more), hasCodes: offer.hasCodes });
  await emit(ctx, { name: "flash.changed", subject: { type: "flash", id: String(id) }, data: { changes } });
}

/**
 * Ends a sale, before its time or after it, and gives back what is left. Pieces that come back later, from orders that were not paid,
 * are for `returnFlashPieces`. A sale that is closed stays as it is. Refuses `not_found`.
 */
export async function closeFlashSale(ctx: Ctx, { id }: Pick<z.infer<typeof FlashCloseInput>, "id">): Promise<{ returned: number }> {
  const { sale, offer } = await lockSale(ctx, id);
  if (sale.status === "closed") return { returned: 0 };
  const phase = phaseOf(sale, ctx.now);
  // One that never began keeps its times, so that its page still says when it would have been.
  const endsAt = phase === "on" && sale.startsAt < ctx.now ? ctx.now : sale.endsAt;
  await ctx.tx.update(skus).set({ isActive: false, onSaleUntil: endsAt }).where(eq(skus.id, sale.skuId));
  await ctx.tx.update(flashSales).set({ status: "closed", endsAt }).where(eq(flashSales.id, id));
  const returned = await giveBack(ctx, sale, offer.hasCodes);
  await emit(ctx, { name: "flash.closed", subject: { type: "flash", id: String(id) }, data: { isEarly: phase !== "over", returned } });
  return { returned };
}

/** Gives back what has come back to a closed sale since. Run again, it finds nothing. */
export async function returnFlashPieces(ctx: Ctx, id: number): Promise<{ returned: number }> {
  const { sale, offer } = await lockSale(ctx, id);
  const returned = sale.status === "closed" ? await giveBack(ctx, sale, offer.hasCodes) : 0;
  if (returned > 0) await emit(ctx, { name: "flash.returned", subject: { type: "flash", id: String(id) }, data: { returned } });
  return { returned };
}

type ShopSku = Pick<typeof skus.$inferSelect, "productId" | "name" | "nameEn" | "hasCodes" | "couponTemplateId" | "position">;

/** The SKU whose pieces are sold. Its product's row makes the plans of one product wait for each other. */
async function lockShopSku(ctx: Ctx, skuId: number): Promise<ShopSku> {
  const [found] = await ctx.tx.select({ productId: skus.productId }).from(skus).where(eq(skus.id, skuId));
  if (!found) throw new Refusal("not_found");
  await ctx.tx.select({ id: products.id }).from(products).where(eq(products.id, found.productId)).for("update");
  const [sku] = await ctx.tx.select().from(skus).where(and(eq(skus.id, skuId), eq(skus.kind, "shop")));
  if (!sku) throw new Refusal("not_found");
  return sku;
}

type OfferRow = typeof skus.$inferSelect;

async function lockSale(ctx: Ctx, id: number): Promise<{ sale: SaleRow; offer: OfferRow }> {
  const [found] = await ctx.tx.select({ productId: skus.productId }).from(flashSales).innerJoin(skus, eq(skus.id, flashSales.skuId)).where(eq(flashSales.id, id));
  if (!found) throw new Refusal("not_found");
  await ctx.tx.select({ id: products.id }).from(products).where(eq(products.id, found.productId)).for("update");
  const [row] = await ctx.tx.select().from(flashSales).innerJoin(skus, eq(skus.id, flashSales.skuId)).where(eq(flashSales.id, id));
  return { sale: row!.flash_sales, offer: row!.skus };
}

/** One sale of a product at a time: its page shows one. */
async function refuseOverlap(ctx: Ctx, productId: number, terms: Pick<Terms, "startsAt" | "endsAt">, id = 0): Promise<void> {
  if (terms.endsAt <= ctx.now) throw new Refusal("sale_ended");
  const others = await ctx.tx
    .select({ startsAt: flashSales.startsAt, endsAt: flashSales.endsAt })
    .from(flashSales).innerJoin(skus, eq(skus.id, flashSales.skuId))
    .where(and(eq(skus.productId, productId), eq(flashSales.status, "scheduled"), gt(flashSales.endsAt, ctx.now), ne(flashSales.id, id)));
  if (others.some((other) => overlaps(other, terms))) throw new Refusal("flash_overlaps");
}

const saleOf = ({ name, nameEn, pieces, startsAt, endsAt }: Terms) => ({ name, nameEn, pieces, startsAt, endsAt });

const LIMIT_PER_ORDER = 99;

const offerOf = ({ pointsPrice, cashPriceCents, limitPerUser, startsAt, endsAt }: Terms) => ({
  priceMode: cashPriceCents > 0 ? ("points_cash" as const) : ("points" as const), pointsPrice, cashPriceCents,
  limitPerUser, limitPerOrder: limitPerUser > 0 ? limitPerUser : LIMIT_PER_ORDER, onSaleFrom: startsAt, onSaleUntil: endsAt,
});

async function giveBack(ctx: Ctx, sale: SaleRow, hasCodes: boolean): Promise<number> {
  const left = (await lockStock(ctx, [sale.skuId, sale.shopSkuId])).get(sale.skuId) ?? 0;
  if (left > 0) await movePieces(ctx, { id: sale.id, from: sale.skuId, to: sale.shopSkuId, pieces: left, hasCodes });
  return left;
}

type Movement = { id: number; from: number; to: number; pieces: number; hasCodes: boolean };

/** Takes pieces from one shelf and puts them on the other, with their codes. Refuses `stock_too_low` { stock }. */
async function movePieces(ctx: Ctx, { id, from, to, pieces, hasCodes }: Movement): Promise<void> {
  const stock = (await lockStock(ctx, [from, to])).get(from) ?? 0;
  if (stock < pieces) throw new Refusal("stock_too_low", { stock });
  const source = `${id}~${publicId()}`;
  const [taken, , , codes] = await sendPacket(ctx.tx, [
    statement("UPDATE sku_stock SET stock = stock - ? WHERE sku_id = ?", [pieces, from]),
    statement("UPDATE sku_stock SET stock = stock + ? WHERE sku_id = ?", [pieces, to]),
    insertRows("stock_moves", ["sku_id", "quantity", "reason", "source_id", "actor_id", "created_at"],
      [[from, -pieces, "flash", source, actorId(ctx.actor), ctx.now], [to, pieces, "flash", source, actorId(ctx.actor), ctx.now]]),
    ...(hasCodes ? [statement("UPDATE virtual_codes SET sku_id = ? WHERE sku_id = ? AND status = 'free' ORDER BY id LIMIT ?", [to, from, pieces])] : []),
  ]);
  invariant(affectedRows(taken) === 1, "the stock is locked");
  invariant(!hasCodes || affectedRows(codes) === pieces, "each piece of a SKU with codes has its code");
}

/** Locks these shelves in the order of their SKUs. */
async function lockStock(ctx: Ctx, skuIds: readonly number[]): Promise<Map<number, number>> {
  const ids = [...skuIds].sort((a, b) => a - b);
  const [rows = []] = await sendPacket(ctx.tx, [statement("SELECT sku_id, stock FROM sku_stock FORCE INDEX (PRIMARY) WHERE sku_id IN (?,?) ORDER BY sku_id FOR UPDATE", ids)]);
  return new Map(rows.map((row) => [row.sku_id as number, row.stock as number]));
}
