import "server-only";

import { randomBytes, randomUUID } from "node:crypto";

import { eq } from "drizzle-orm";
import type { z } from "zod";

import { products, skus, skuStock, stockMoves } from "@/db/schema";
import { actorId, type Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { errnoOf } from "@/lib/log";
import { Refusal } from "@/lib/refusal";

import type { ProductInput, ProductStatusInput, SkuInput, StockInput } from "./schema";

const DUPLICATE_KEY = 1062;

/**
 * Makes a product, or changes the one of `id`. SKUs without an id are new; SKUs that are not named stay as they are.
 * Orders keep what they were sold as. Refuses `not_found`, `slug_taken`.
 */
export async function saveProduct(ctx: Ctx, input: ProductInput): Promise<{ id: number; slug: string }> {
  const saved = input.id === undefined ? await insertProduct(ctx, input) : await updateProduct(ctx, input.id, input);
  for (const [position, sku] of input.skus.entries()) {
    if (sku.id === undefined) await insertSku(ctx, saved.id, sku, position);
    else await updateSku(ctx, saved.id, sku.id, sku, position);
  }
  return saved;
}

type ProductFields = Omit<ProductInput, "requestId" | "id" | "slug" | "skus">;

const fieldsOf = ({ requestId: _requestId, id: _id, slug: _slug, skus: _skus, ...fields }: ProductInput): ProductFields & { categoryId: number | null } => ({
  ...fields, categoryId: fields.categoryId ?? null,
});

async function insertProduct(ctx: Ctx, input: ProductInput): Promise<{ id: number; slug: string }> {
  const slug = input.slug ?? slugFor(input.nameEn || input.name);
  const [row] = await ctx.tx.insert(products).values({ ...fieldsOf(input), slug, createdAt: ctx.now, updatedAt: ctx.now }).$returningId().catch(refuseDuplicateSlug);
  invariant(row, "an insert returns its id");
  await emit(ctx, { name: "product.created", subject: { type: "product", id: String(row.id) }, data: { changes: changesBetween({}, { ...fieldsOf(input), slug }) } });
  return { id: row.id, slug };
}

async function updateProduct(ctx: Ctx, id: number, input: ProductInput): Promise<{ id: number; slug: string }> {
  const [before] = await ctx.tx.select().from(products).where(eq(products.id, id)).for("update");
  if (!before) throw new Refusal("not_found");
  const fields = { ...fieldsOf(input), slug: input.slug ?? before.slug };
  await ctx.tx.update(products).set({ ...fields, updatedAt: ctx.now }).where(eq(products.id, id)).catch(refuseDuplicateSlug);
  const changes = changesBetween(before, fields);
  if (Object.keys(changes).length > 0) await emit(ctx, { name: "product.changed", subject: { type: "product", id: String(id) }, data: { changes } });
  return { id, slug: fields.slug };
}

type SkuFields = z.infer<typeof SkuInput>;

async function insertSku(ctx: Ctx, productId: number, { id: _id, initialStock, ...fields }: SkuFields, position: number): Promise<void> {
  const [row] = await ctx.tx.insert(skus).values({ ...fields, productId, position }).$returningId();
  invariant(row, "an insert returns its id");
  await ctx.tx.insert(skuStock).values({ skuId: row.id, stock: initialStock });
  if (initialStock > 0) await moveStock(ctx, row.id, initialStock, "initial", "");
}

async function updateSku(ctx: Ctx, productId: number, skuId: number, { id: _id, initialStock: _stock, ...fields }: SkuFields, position: number): Promise<void> {
  const [before] = await ctx.tx.select().from(skus).where(eq(skus.id, skuId)).for("update");
  if (before?.productId !== productId) throw new Refusal("not_found");
  const changes = changesBetween(before, { ...fields, position });
  if (Object.keys(changes).length === 0) return;
  await ctx.tx.update(skus).set({ ...fields, position }).where(eq(skus.id, skuId));
  await emit(ctx, { name: "product.changed", subject: { type: "product", id: String(productId) }, data: { changes: prefixed(`sku.${skuId}.`, changes) } });
}

/** Adds or takes pieces by hand. Refuses `not_found`, `stock_too_low` { stock } when more would be taken than there is. */
export async function adjustStock(ctx: Ctx, { skuId, change, note }: z.infer<typeof StockInput>): Promise<{ stock: number }> {
  const [row] = await ctx.tx.select({ stock: skuStock.stock }).from(skuStock).where(eq(skuStock.skuId, skuId)).for("update");
  if (!row) throw new Refusal("not_found");
  const stock = row.stock + change;
  if (stock < 0) throw new Refusal("stock_too_low", { stock: row.stock });
  await ctx.tx.update(skuStock).set({ stock }).where(eq(skuStock.skuId, skuId));
  await moveStock(ctx, skuId, change, "adjust", note);
  await emit(ctx, { name: "stock.adjusted", subject: { type: "sku", id: String(skuId) }, data: { from: row.stock, to: stock, note } });
  return { stock };
}

/** Puts a product on sale, back to draft, or away for good (its orders stay). Refuses `not_found`. */
export async function setProductStatus(ctx: Ctx, { id, status }: z.infer<typeof ProductStatusInput>): Promise<void> {
  const [before] = await ctx.tx.select({ status: products.status }).from(products).where(eq(products.id, id)).for("update");
  if (!before) throw new Refusal("not_found");
  if (before.status === status) return;
  await ctx.tx.update(products).set({ status, updatedAt: ctx.now }).where(eq(products.id, id));
  await emit(ctx, { name: "product.changed", subject: { type: "product", id: String(id) }, data: { changes: { status: [before.status, status] } } });
}

const moveStock = (ctx: Ctx, skuId: number, quantity: number, reason: "initial" | "adjust", note: string) =>
  ctx.tx.insert(stockMoves).values({ skuId, quantity, reason, sourceId: randomUUID(), actorId: actorId(ctx.actor), note, createdAt: ctx.now });

/** Readable where the name has Latin letters; always with a short random end, so that two like names do not meet. */
function slugFor(name: string): string {
  const words = name.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60);
  return [words || "product", randomBytes(3).toString("hex")].join("-").replace(/-+/g, "-");
}

function refuseDuplicateSlug(error: unknown): never {
  if (errnoOf(error) === DUPLICATE_KEY) throw new Refusal("slug_taken");
  throw error;
}

type Changes = Record<string, [unknown, unknown]>;

function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): Changes {
  return Object.fromEntries(Object.keys(after).filter((field) => before[field] !== after[field]).map((field) => [field, [before[field] ?? null, after[field]]]));
}

const prefixed = (prefix: string, changes: Changes): Changes => Object.fromEntries(Object.entries(changes).map(([field, change]) => [prefix + field, change]));
