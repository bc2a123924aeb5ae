import { randomUUID } from "node:crypto";

import { beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { deleteCategory, moveCategory, saveCategory } from "@/lib/catalog/categories/commands";
import { listCategoriesForStaff } from "@/lib/catalog/categories/queries";
import { CategoryInput } from "@/lib/catalog/categories/schema";
import { adjustStock, saveProduct } from "@/lib/catalog/commands";
import { ProductInput } from "@/lib/catalog/schema";
import { findProductForStaff } from "@/lib/catalog/staff-queries";
import { DEPTH_MAX } from "@/lib/catalog/tree";
import { perform } from "@/lib/perform";
import { allow, type Decision } from "@/lib/refusal";

import { count, rows } from "../database";
import { aMug, aProduct, atOnce, eventsAbout, stockOf, tally, theShop, unique } from "../world";

/** The answer of a command that may refuse. */
async function answer<T>(work: Promise<T>): Promise<Decision<T>> {
  try {
    return allow(await work);
  } catch (error) {
    if (error instanceof Error && error.name === "Refusal") return { ok: false, ...(error as unknown as { code: "not_found"; detail: Record<string, string> }) };
    throw error;
  }
}

let levelId = 0;
beforeAll(async () => {
  await rows("INSERT INTO levels (`rank`, name, threshold, multiplier_percent, benefits, benefits_en) VALUES (0, 'Member', 0, 100, '', '')");
  levelId = await count("SELECT id FROM levels LIMIT 1");
});

const productInput = (product: { id: number; slug: string; skuId: number }, more: object): ProductInput =>
  ProductInput.parse({ requestId: randomUUID(), id: product.id, slug: product.slug, name: "mug", delivery: "virtual", status: "active", skus: [{ id: product.skuId, priceMode: "points", pointsPrice: 100 }], ...more });

test("of 20 staff who save the version of a product that they all saw, one does; the others are told", async () => {
  const mug = await aMug();
  const version = (await findProductForStaff(db(), mug.id))!.updatedAt;
  const answers = await atOnce(20, (index) => answer(perform(theShop, (ctx) => saveProduct(ctx, productInput(mug, { version, name: `by ${index}` })))));
  expect(tally(answers)).toEqual({ ok: 1, changed_meanwhile: 19 });
  expect((await findProductForStaff(db(), mug.id))!.name).toBe(`by ${answers.findIndex(({ ok }) => ok)}`);
  expect((await eventsAbout("product", mug.id)).slice(1)).toHaveLength(1);
});

test("20 staff open and close a product's doors and prices at once: flags and rows agree, and each change follows on the last", async () => {
  const mug = await aMug();
  const gates = [{ kind: "level", audienceId: levelId }];
  const sku = { id: mug.skuId, priceMode: "points", pointsPrice: 100 };
  await atOnce(20, (index) => perform(theShop, (ctx) => saveProduct(ctx, productInput(mug, index % 2 === 0 ? { gates, skus: [{ ...sku, prices: [{ ...gates[0], pointsPrice: 50 + index }] }] } : {}))));
  const [row] = await rows<{ flags: string; held: string }>(
    `SELECT CONCAT(p.is_gated, s.has_own_prices) AS flags, CONCAT(EXISTS (SELECT 1 FROM product_gates g WHERE g.product_id = p.id), EXISTS (SELECT 1 FROM sku_prices o WHERE o.sku_id = s.id)) AS held
     FROM products p JOIN skus s ON s.product_id = p.id WHERE p.id = ?`, [mug.id]);
  expect(row!.flags).toBe(row!.held);
  // The first of them may have found only the name to change.
  const told = (await eventsAbout("product", mug.id)).slice(1).flatMap(({ data }) => {
    const change = (data.changes as Record<string, [unknown, unknown] | undefined>)[`sku.${mug.skuId}.prices`];
    return change ? [change] : [];
  });
  for (const [index, change] of told.entries()) if (index > 0) expect(change[0]).toEqual(told[index - 1]![1]);
});

test("20 adjustments and 20 saves of a product at once lose no piece", async () => {
  const mug = await aMug({ initialStock: 100 });
  await Promise.all([
    ...Array.from({ length: 20 }, (_, index) => perform(theShop, (ctx) => adjustStock(ctx, { requestId: randomUUID(), skuId: mug.skuId, change: index % 2 === 0 ? 3 : -2, note: "counted" }))),
    ...Array.from({ length: 20 }, (_, index) => perform(theShop, (ctx) => saveProduct(ctx, productInput(mug, { name: `mug ${index}` })))),
  ]);
  expect(await stockOf(mug)).toBe(110);
  expect(await count("SELECT SUM(quantity) FROM stock_moves WHERE sku_id = ?", [mug.skuId])).toBe(110);
});

const category = (fields: Partial<CategoryInput> = {}) =>
  perform(theShop, (ctx) => saveCategory(ctx, CategoryInput.parse({ requestId: randomUUID(), name: "分类", slug: unique("category"), ...fields })));

test("two categories that are put into each other at once: one is, the other is refused", async () => {
  for (let round = 0; round < 10; round++) {
    const [{ id: a }, { id: b }] = [await category(), await category()];
    const answers = await Promise.all([answer(category({ id: a, parentId: b })), answer(category({ id: b, parentId: a }))]);
    expect(tally(answers)).toEqual({ ok: 1, category_cycle: 1 });
  }
});

test("however many move a few categories about at once, they stay a tree of three levels", async () => {
  const ids = (await Promise.all(Array.from({ length: 6 }, () => category()))).map(({ id }) => id);
  await atOnce(60, async (index): Promise<unknown> => {
    const id = ids[index % 6]!;
    if (index % 5 === 4) return answer(perform(theShop, (ctx) => moveCategory(ctx, { requestId: randomUUID(), id, direction: index % 2 === 0 ? "up" : "down" })));
    return answer(category({ id, parentId: index % 7 === 0 ? null : ids[(index * 5 + 1) % 6]! }));
  });
  const tree = (await listCategoriesForStaff(db())).filter(({ id }) => ids.includes(id));
  expect(tree).toHaveLength(6);
  expect(Math.max(...tree.map(({ depth }) => depth))).toBeLessThanOrEqual(DEPTH_MAX);
  expect(await count("SELECT COUNT(*) FROM categories c LEFT JOIN categories p ON p.id = c.parent_id WHERE c.parent_id IS NOT NULL AND p.id IS NULL")).toBe(0);
  // What stands at the top came from nowhere: every other one has its parent above it.
  for (const { parentId, depth } of tree) expect(depth === 1).toBe(parentId === null);
});

test("a category that is deleted while products are filed in it: they are refused, or it stays", async () => {
  for (let round = 0; round < 10; round++) {
    const { id } = await category();
    const mug = await aProduct();
    const [deleted, filed] = await Promise.all([
      answer(perform(theShop, (ctx) => deleteCategory(ctx, { requestId: randomUUID(), id }))),
      answer(perform(theShop, (ctx) => saveProduct(ctx, productInput(mug, { categoryId: id })))),
    ]);
    expect([deleted, filed].filter(({ ok }) => ok)).toHaveLength(1);
    expect(tally([deleted, filed])).toEqual(deleted.ok ? { ok: 1, not_found: 1 } : { ok: 1, category_in_use: 1 });
    expect(await count("SELECT COUNT(*) FROM products WHERE category_id = ?", [id])).toBe(filed.ok ? 1 : 0);
  }
});
