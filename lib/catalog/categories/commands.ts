import "server-only";

import { randomBytes } from "node:crypto";

import { asc, eq } from "drizzle-orm";

import { categories, products } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { errnoOf } from "@/lib/log";
import { Refusal } from "@/lib/refusal";

import { changesBetween, slugFor, type Changes } from "../changes";
import { conflictOf } from "../tree";
import type { CategoryDeleteInput, CategoryInput, CategoryMoveInput } from "./schema";

const DUPLICATE_KEY = 1062;

type Row = typeof categories.$inferSelect;

/**
 * Makes a category, or changes the one of `id` with all that is in it.
 * Refuses `not_found`, `slug_taken`, `category_cycle` and `category_too_deep` { field }.
 */
export async function saveCategory(ctx: Ctx, input: CategoryInput): Promise<{ id: number }> {
  const rows = await lockTree(ctx);
  const before = input.id === undefined ? null : findIn(rows, input.id);
  const conflict = conflictOf(rows, before?.id ?? null, input.parentId);
  if (conflict) throw new Refusal(conflict === "parent_missing" ? "not_found" : conflict, { field: "parentId" });

  const slug = input.slug ?? before?.slug ?? slugFor(input.nameEn, randomBytes(3).toString("hex"), "category");
  const fields = { slug, name: input.name, nameEn: input.nameEn, parentId: input.parentId };
  const id = before ? await updateCategory(ctx, before, fields) : await insertCategory(ctx, fields);
  const place = input.place ?? (before?.parentId === input.parentId ? undefined : Infinity);
  const moved = place === undefined ? {} : await putInPlace(ctx, siblingsOf(rows, input.parentId), { id, position: before?.position ?? null }, place);
  const changes = { ...changesBetween(before ?? {}, fields), ...moved };
  if (Object.keys(changes).length > 0) await tell(ctx, before ? "category.changed" : "category.created", id, changes);
  return { id };
}

/** Changes places with the category above or below it, beside it in the tree. At the end of the row nothing happens. Refuses `not_found`. */
export async function moveCategory(ctx: Ctx, { id, direction }: CategoryMoveInput): Promise<void> {
  const rows = await lockTree(ctx);
  const category = findIn(rows, id);
  const siblings = siblingsOf(rows, category.parentId);
  const at = siblings.findIndex((each) => each.id === id);
  const to = direction === "up" ? at - 1 : at + 1;
  if (to < 0 || to >= siblings.length) return;
  const changes = await putInPlace(ctx, siblings, category, to + 1);
  if (Object.keys(changes).length > 0) await tell(ctx, "category.changed", id, changes);
}

/** Deletes what holds nothing. Refuses `not_found`, `category_in_use` { products, categories }. */
export async function deleteCategory(ctx: Ctx, { id }: CategoryDeleteInput): Promise<void> {
  const rows = await lockTree(ctx);
  const category = findIn(rows, id);
  const inside = rows.filter(({ parentId }) => parentId === id).length;
  const filed = await ctx.tx.select({ id: products.id }).from(products).where(eq(products.categoryId, id));
  if (inside + filed.length > 0) throw new Refusal("category_in_use", { products: filed.length, categories: inside });
  await ctx.tx.delete(categories).where(eq(categories.id, id));
  await tell(ctx, "category.deleted", id, { slug: [category.slug, null], name: [category.name, null], nameEn: [category.nameEn, null], parentId: [category.parentId, null] });
}

/** The whole tree, locked in one order: of two who move categories at once, the second sees what the first did. */
const lockTree = (ctx: Ctx): Promise<Row[]> => ctx.tx.select().from(categories).orderBy(asc(categories.id)).for("update");

function findIn(rows: readonly Row[], id: number): Row {
  const row = rows.find((each) => each.id === id);
  if (!row) throw new Refusal("not_found");
  return row;
}

type Place = { id: number; position: number | null };

const siblingsOf = (rows: readonly Row[], parentId: number | null): Row[] =>
  rows.filter((row) => row.parentId === parentId).sort((a, b) => a.position - b.position || a.id - b.id);

type StoredFields = Pick<Row, "slug" | "name" | "nameEn" | "parentId">;

async function insertCategory(ctx: Ctx, fields: StoredFields): Promise<number> {
  const [row] = await ctx.tx.insert(categories).values(fields).$returningId().catch(refuseDuplicateSlug);
  invariant(row, "an insert returns its id");
  return row.id;
}

async function updateCategory(ctx: Ctx, before: Row, fields: StoredFields): Promise<number> {
  if (Object.keys(changesBetween(before, fields)).length > 0) await ctx.tx.update(categories).set(fields).where(eq(categories.id, before.id)).catch(refuseDuplicateSlug);
  return before.id;
}

function refuseDuplicateSlug(error: unknown): never {
  if (errnoOf(error) === DUPLICATE_KEY) throw new Refusal("slug_taken", { field: "slug" });
  throw error;
}

/** Puts it at a place from 1 among its siblings, and numbers them from 0. What changed for itself is returned. */
async function putInPlace(ctx: Ctx, siblings: readonly Place[], category: Place, place: number): Promise<Changes> {
  const others = siblings.filter(({ id }) => id !== category.id);
  const row = [...others.slice(0, place - 1), category, ...others.slice(place - 1)];
  for (const [position, each] of row.entries()) if (each.position !== position) await ctx.tx.update(categories).set({ position }).where(eq(categories.id, each.id));
  return changesBetween({ position: category.position }, { position: row.indexOf(category) });
}

const tell = (ctx: Ctx, name: "category.created" | "category.changed" | "category.deleted", id: number, changes: Changes) =>
  emit(ctx, { name, subject: { type: "category", id: String(id) }, data: { changes } });
