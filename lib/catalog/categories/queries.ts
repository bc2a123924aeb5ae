import "server-only";

import { asc, isNotNull, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { categories, products } from "@/db/schema";

import { inTreeOrder, type Leveled } from "../tree";

export type TreeCategory = { id: number; slug: string; name: string; nameEn: string; parentId: number | null };

const columns = { id: categories.id, slug: categories.slug, name: categories.name, nameEn: categories.nameEn, parentId: categories.parentId };

/** All categories as one reads the tree: each under its parent. */
export async function listCategoryTree(db: Db): Promise<Leveled<TreeCategory>[]> {
  return inTreeOrder(await db.select(columns).from(categories).orderBy(asc(categories.position), asc(categories.id)));
}

export type StaffCategory = Leveled<TreeCategory> & {
  /** Products in it, in whatever status; those of the categories below are not counted. */
  products: number;
  /** Which one it is among its siblings, from 1. */
  place: number;
  isFirst: boolean;
  isLast: boolean;
};

/** The tree with what each category holds, and whether it is the first or the last beside its siblings. */
export async function listCategoriesForStaff(db: Db): Promise<StaffCategory[]> {
  const [tree, counts] = await Promise.all([
    listCategoryTree(db),
    db.select({ id: products.categoryId, total: sql<number>`count(*)`.mapWith(Number) }).from(products).where(isNotNull(products.categoryId)).groupBy(products.categoryId),
  ]);
  return tree.map((category) => {
    const siblings = tree.filter(({ parentId }) => parentId === category.parentId);
    const place = siblings.indexOf(category) + 1;
    return { ...category, products: counts.find(({ id }) => id === category.id)?.total ?? 0, place, isFirst: place === 1, isLast: place === siblings.length };
  });
}

export type StaffCategoryPage = TreeCategory & Pick<StaffCategory, "place" | "products"> & {
  /** Categories right below it. */
  categories: number;
};

export async function findCategoryForStaff(db: Db, id: number): Promise<StaffCategoryPage | null> {
  const all = await listCategoriesForStaff(db);
  const category = all.find((each) => each.id === id);
  if (!category) return null;
  const { depth: _depth, isFirst: _isFirst, isLast: _isLast, ...fields } = category;
  return { ...fields, categories: all.filter(({ parentId }) => parentId === id).length };
}
