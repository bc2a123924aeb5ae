import "server-only";

import { eq } from "drizzle-orm";
import type { RowDataPacket } from "mysql2";
import type { z } from "zod";

import { insertRows, sendPacket, statement } from "@/db/packet";
import { products, skus, skuStock } from "@/db/schema";
import { codeDigest, sealCode } from "@/lib/code-vault";
import { actorId, type Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { publicId } from "@/lib/id";
import { Refusal } from "@/lib/refusal";

import type { AddCodesInput, VoidCodesInput } from "./schema";

/** Codes of one statement. */
const CODES_AT_ONCE = 1_000;
/** So many lines are named to whoever typed what is in the pool already. */
const LINES_NAMED_MAX = 10;

type Pool = { productId: number; stock: number };

/**
 * Puts codes into the pool of a SKU, and as many pieces on its shelf: all of them, or none when one is known already.
 * Refuses `not_found`, `code_known` { count, lines }.
 */
export async function addCodes(ctx: Ctx, { skuId, codes }: z.infer<typeof AddCodesInput>): Promise<{ added: number; stock: number }> {
  const { productId, stock } = await lockPool(ctx, skuId);
  const digests = codes.map((code) => codeDigest(productId, code));
  const known = await findKnown(ctx, productId, digests);
  const seen = new Set<string>();
  const lines = digests.flatMap((digest, index) => {
    const key = digest.toString("hex");
    const isKnown = known.has(key) || seen.has(key);
    seen.add(key);
    return isKnown ? [index + 1] : [];
  });
  if (lines.length > 0) throw new Refusal("code_known", { count: lines.length, lines: listed(lines) });
  const rows = codes.map((code, index) => [skuId, sealCode(productId, code), digests[index]!, ctx.now]);
  for (const some of portionsOf(rows)) await sendPacket(ctx.tx, [insertRows("virtual_codes", ["sku_id", "cipher", "code_digest", "created_at"], some)]);
  await moveStock(ctx, skuId, codes.length, "");
  await emit(ctx, { name: "codes.added", subject: { type: "sku", id: String(skuId) }, data: { codes: codes.length, from: stock, to: stock + codes.length } });
  return { added: codes.length, stock: stock + codes.length };
}

const listed = (lines: readonly number[]): string => lines.slice(0, LINES_NAMED_MAX).join(", ") + (lines.length > LINES_NAMED_MAX ? " …" : "");

/** A pool is its SKU's stock row: whoever adds or voids codes, or takes pieces, waits for it. */
async function lockPool(ctx: Ctx, skuId: number): Promise<Pool> {
  const [sku] = await ctx.tx
    .select({ productId: skus.productId, hasCodes: skus.hasCodes, kind: skus.kind, delivery: products.delivery })
    .from(skus).innerJoin(products, eq(products.id, skus.productId)).where(eq(skus.id, skuId));
  if (!sku?.hasCodes || sku.kind !== "shop" || sku.delivery !== "virtual") throw new Refusal("not_found");
  const [row] = await ctx.tx.select({ stock: skuStock.stock }).from(skuStock).where(eq(skuStock.skuId, skuId)).for("update");
  if (!row) throw new Refusal("not_found");
  return { productId: sku.productId, stock: row.stock };
}

/** Those of the digests that some SKU of the product has: one may lend codes to another for a flash sale. */
async function findKnown(ctx: Ctx, productId: number, digests: readonly Buffer[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (const some of portionsOf(digests)) {
    const [rows = []] = await sendPacket(ctx.tx, [
      statement(`SELECT code_digest FROM virtual_codes WHERE sku_id IN (SELECT id FROM skus WHERE product_id = ?) AND code_digest IN (${some.map(() => "?").join(",")})`, [productId, ...some]),
    ]);
    for (const row of rows) known.add((row.code_digest as Buffer).toString("hex"));
  }
  return known;
}

/**
 * Takes free codes out of the pool for good, and their pieces off the shelf: these, or all that nobody has bought.
 * Refuses `not_found`, `codes_short` when one of these is not free, `stock_too_low` { stock } when pieces of it are sold and wait for their code.
 */
export async function voidCodes(ctx: Ctx, { skuId, codes, note }: z.infer<typeof VoidCodesInput>): Promise<{ voided: number; stock: number }> {
  const { productId, stock } = await lockPool(ctx, skuId);
  const free = codes ? await findFree(ctx, skuId, codes.map((code) => codeDigest(productId, code))) : await newestFree(ctx, skuId, stock);
  if (codes && free.length < codes.length) throw new Refusal("codes_short");
  if (free.length > stock) throw new Refusal("stock_too_low", { stock });
  if (free.length === 0) return { voided: 0, stock };
  for (const some of portionsOf(free)) await sendPacket(ctx.tx, [statement(`UPDATE virtual_codes SET status = 'void' WHERE id IN (${some.map(() => "?").join(",")}) AND status = 'free'`, some)]);
  await moveStock(ctx, skuId, -free.length, note);
  await emit(ctx, { name: "codes.voided", subject: { type: "sku", id: String(skuId) }, data: { codes: free.length, from: stock, to: stock - free.length, note } });
  return { voided: free.length, stock: stock - free.length };
}

const idsOf = (rows: readonly RowDataPacket[]): number[] => rows.map((row) => row.id as number);

async function findFree(ctx: Ctx, skuId: number, digests: readonly Buffer[]): Promise<number[]> {
  const ids: number[] = [];
  for (const some of portionsOf(digests)) {
    const [rows = []] = await sendPacket(ctx.tx, [
      statement(`SELECT id FROM virtual_codes WHERE sku_id = ? AND code_digest IN (${some.map(() => "?").join(",")}) AND status = 'free' FOR UPDATE`, [skuId, ...some]),
    ]);
    ids.push(...idsOf(rows));
  }
  return ids;
}

/** Sold pieces that wait for their code get the oldest. */
async function newestFree(ctx: Ctx, skuId: number, limit: number): Promise<number[]> {
  const [rows = []] = await sendPacket(ctx.tx, [statement("SELECT id FROM virtual_codes WHERE sku_id = ? AND status = 'free' ORDER BY id DESC LIMIT ? FOR UPDATE", [skuId, limit])]);
  return idsOf(rows);
}

async function moveStock(ctx: Ctx, skuId: number, pieces: number, note: string): Promise<void> {
  await sendPacket(ctx.tx, [
    statement("UPDATE sku_stock SET stock = stock + ? WHERE sku_id = ?", [pieces, skuId]),
    insertRows("stock_moves", ["sku_id", "quantity", "reason", "source_id", "actor_id", "note", "created_at"], [[skuId, pieces, "codes", publicId(), actorId(ctx.actor), note, ctx.now]]),
  ]);
}

function* portionsOf<Each>(all: readonly Each[]): Generator<Each[]> {
  for (let from = 0; from < all.length; from += CODES_AT_ONCE) yield all.slice(from, from + CODES_AT_ONCE);
}
