import "server-only";

import { randomBytes } from "node:crypto";

import { eq } from "drizzle-orm";
import type { z } from "zod";

import { products, skus, skuStock } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { errnoOf } from "@/lib/log";
import { Refusal } from "@/lib/refusal";

import { refuseUnknownAudiences, saveGates } from "./audiences/commands";
import { changesBetween, slugFor } from "./changes";
import { lockSkus, moveStock, refuseUnknownTemplates, refuseUnsellable, saveSkus } from "./offers/commands";
import type { ProductInput, ProductStatusInput, StockInput } from "./schema";

const DUPLICATE_KEY = 1062;
const NO_PARENT_ROW = 1452;

/** `version` is what the next change of it has seen. */
export type SavedProduct = { id: number; slug: string; version: string };

/**
 * Makes a product, or changes the one of `id`. SKUs without an id are new; SKUs that are not named stay as they are.
 * Orders keep what they were sold as. Refuses `not_found`, `slug_taken`, `changed_meanwhile` when somebody saved since `version` was read,
 * `not_sellable` { reason, field } when it would be on sale and nobody could have it, `stock_of_codes`.
 */
export async function saveProduct(ctx: Ctx, input: ProductInput): Promise<SavedProduct> {
  const before = input.id === undefined ? null : await lockProduct(ctx, input.id);
  if (before && input.version && before.updatedAt.getTime() !== input.version.getTime()) throw new Refusal("changed_meanwhile");
  const known = before ? await lockSkus(ctx, before.id) : [];
  await refuseUnknownAudiences(ctx, audiencesIn(input));
  await refuseUnknownTemplates(ctx, input.skus);

  const fields = { ...fieldsOf(input), slug: input.slug ?? before?.slug ?? slugFor(input.nameEn || input.name, randomBytes(3).toString("hex"), "product") };
  const id = before ? await updateProduct(ctx, before, fields) : await insertProduct(ctx, fields);
  const gates = await saveGates(ctx, id, input.gates);
  const offers = await saveSkus(ctx, id, input.skus, known);
  if (fields.status === "active") await refuseUnsellable(ctx, id, fields.delivery, offers.ids);

  const changes = { ...changesBetween(before ?? {}, fields), ...gates, ...offers.changes };
  if (before && Object.keys(changes).length === 0) return { id, slug: fields.slug, version: before.updatedAt.toISOString() };
  const updatedAt = before ? after(before.updatedAt, ctx.now) : ctx.now;
  if (before) await ctx.tx.update(products).set({ updatedAt }).where(eq(products.id, id));
  await emit(ctx, { name: before ? "product.changed" : "product.created", subject: { type: "product", id: String(id) }, data: { changes } });
  return { id, slug: fields.slug, version: updatedAt.toISOString() };
}

type ProductRow = typeof products.$inferSelect;

async function lockProduct(ctx: Ctx, id: number): Promise<ProductRow> {
  const [row] = await ctx.tx.select().from(products).where(eq(products.id, id)).for("update");
  if (!row) throw new Refusal("not_found");
  return row;
}

/** Everyone whom the input names, with the field that names them. */
const audiencesIn = ({ gates, skus: offers }: ProductInput) => [
  ...gates.map((audience) => ({ field: "gates", audience })),
  ...offers.flatMap(({ prices }, sku) => prices.map((audience, price) => ({ field: `skus.${sku}.prices.${price}.audienceId`, audience }))),
];

type ProductFields = Omit<ProductInput, "requestId" | "id" | "version" | "slug" | "gates" | "skus" | "categoryId"> & { slug: string; categoryId: number | null; isGated: boolean };

function fieldsOf({ requestId: _requestId, id: _id, version: _version, slug: _slug, gates, skus: _skus, ...fields }: ProductInput): Omit<ProductFields, "slug"> {
  return { ...fields, categoryId: fields.categoryId ?? null, isGated: gates.length > 0 };
}

async function insertProduct(ctx: Ctx, fields: ProductFields): Promise<number> {
  const [row] = await ctx.tx.insert(products).values({ ...fields, createdAt: ctx.now, updatedAt: ctx.now }).$returningId().catch(refuseKeys);
  invariant(row, "an insert returns its id");
  return row.id;
}

async function updateProduct(ctx: Ctx, before: ProductRow, fields: ProductFields): Promise<number> {
  if (Object.keys(changesBetween(before, fields)).length > 0) await ctx.tx.update(products).set(fields).where(eq(products.id, before.id)).catch(refuseKeys);
  return before.id;
}

/** Two changes within a millisecond are still two. */
const after = (last: Date, now: Date): Date => new Date(Math.max(now.getTime(), last.getTime() + 1));

function refuseKeys(error: unknown): never {
  if (errnoOf(error) === DUPLICATE_KEY) throw new Refusal("slug_taken", { field: "slug" });
  if (errnoOf(error) === NO_PARENT_ROW) throw new Refusal("not_found", { field: "categoryId" });
  throw error;
}

/** Adds or takes pieces by hand. Refuses `not_found`, `stock_too_low` { stock } when more would be taken than there is, `stock_of_codes`. */
export async function adjustStock(ctx: Ctx, { skuId, change, note }: z.infer<typeof StockInput>): Promise<{ stock: number }> {
  const [sku] = await ctx.tx.select({ kind: skus.kind, hasCodes: skus.hasCodes }).from(skus).where(eq(skus.id, skuId)).for("share");
  if (sku?.kind !== "shop") throw new Refusal("not_found");
  if (sku.hasCodes) throw new Refusal("stock_of_codes", { about: "adjust" });
  const [row] = await ctx.tx.select({ stock: skuStock.stock }).from(skuStock).where(eq(skuStock.skuId, skuId)).for("update");
  invariant(row, "a SKU has its stock");
  const stock = row.stock + change;
  if (stock < 0) throw new Refusal("stock_too_low", { stock: row.stock });
  await ctx.tx.update(skuStock).set({ stock }).where(eq(skuStock.skuId, skuId));
  await moveStock(ctx, skuId, change, "adjust", note);
  await emit(ctx, { name: "stock.adjusted", subject: { type: "sku", id: String(skuId) }, data: { from: row.stock, to: stock, note } });
  return { stock };
}

/** Puts a product on sale, back to draft, or away for good (its orders stay). Refuses `not_found`, `not_sellable`. */
export async function setProductStatus(ctx: Ctx, { id, status }: z.infer<typeof ProductStatusInput>): Promise<void> {
  const before = await lockProduct(ctx, id);
  if (before.status === status) return;
  if (status === "active") await refuseUnsellable(ctx, id, before.delivery, []);
  await ctx.tx.update(products).set({ status, updatedAt: after(before.updatedAt, ctx.now) }).where(eq(products.id, id));
  await emit(ctx, { name: "product.changed", subject: { type: "product", id: String(id) }, data: { changes: { status: [before.status, status] } } });
}

/** Files a product under a category. Refuses `not_found` for either. */
export async function setProductCategory(ctx: Ctx, { id, categoryId }: { id: number; categoryId: number }): Promise<void> {
  const before = await lockProduct(ctx, id);
  if (before.categoryId === categoryId) return;
  await ctx.tx.update(products).set({ categoryId, updatedAt: after(before.updatedAt, ctx.now) }).where(eq(products.id, id)).catch(refuseKeys);
  await emit(ctx, { name: "product.changed", subject: { type: "product", id: String(id) }, data: { changes: { categoryId: [before.categoryId, categoryId] } } });
}
