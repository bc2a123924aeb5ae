import "server-only";

import { and, asc, desc, eq, inArray, like, or, sql, type SQL } from "drizzle-orm";

import type { Db } from "@/db/client";
import { products, skus, skuStock } from "@/db/schema";
import type { ProductStatus } from "@/db/schema/catalog";
import { containing } from "@/lib/like";

export type FoundProduct = { id: number; name: string; nameEn: string; status: ProductStatus };

/** Some products by a part of their name in either language, of their address, or by their id; the one changed last first. */
export async function findProducts(db: Db, text: string, limit: number): Promise<FoundProduct[]> {
  const wanted = text.normalize("NFKC").trim();
  if (wanted === "") return [];
  const pattern = containing(wanted);
  // An address is plain ASCII: MySQL refuses to compare it with any other text.
  const isAscii = /^[\x20-\x7e]*$/.test(wanted);
  return db
    .select({ id: products.id, name: products.name, nameEn: products.nameEn, status: products.status })
    .from(products)
    .where(or(like(products.name, pattern), like(products.nameEn, pattern), isAscii ? like(products.slug, pattern) : undefined, /^[1-9]\d{0,14}$/.test(wanted) ? eq(products.id, Number(wanted)) : undefined))
    .orderBy(desc(products.updatedAt), desc(products.id))
    .limit(limit);
}

/** What one form comes with; more is found by a name. */
export const CHOICES_MAX = 300;

/** Goods that a form offers: those whose name has the text, or all without one. */
export type ChoiceSearch = { text?: string; /** Offered whatever became of them, and first. */ named?: readonly number[]; statuses?: readonly ProductStatus[]; limit?: number };

export type ProductChoice = { id: number; name: string; nameEn: string };

export const listProductChoices = (db: Db, { text = "", named = [], statuses = ["active"], limit = CHOICES_MAX }: ChoiceSearch): Promise<ProductChoice[]> =>
  db
    .select({ id: products.id, name: products.name, nameEn: products.nameEn })
    .from(products)
    .where(or(and(inArray(products.status, [...statuses]), hasWords(text, [products.name, products.nameEn])), isNamed(products.id, named)))
    .orderBy(desc(sql`${isNamed(products.id, named) ?? sql`false`}`), desc(products.id))
    .limit(limit);

export type SkuChoice = ProductChoice & { skuName: string; skuNameEn: string; stock: number };

/** SKUs of the shop itself, not of one of its sales. */
export const listSkuChoices = (db: Db, { text = "", named = [], statuses = ["active"], limit = CHOICES_MAX }: ChoiceSearch): Promise<SkuChoice[]> =>
  db
    .select({ id: skus.id, name: products.name, nameEn: products.nameEn, skuName: skus.name, skuNameEn: skus.nameEn, stock: skuStock.stock })
    .from(skus)
    .innerJoin(products, eq(products.id, skus.productId))
    .innerJoin(skuStock, eq(skuStock.skuId, skus.id))
    .where(or(
      and(inArray(products.status, [...statuses]), eq(skus.isActive, true), eq(skus.kind, "shop"), hasWords(text, [products.name, products.nameEn, skus.name, skus.nameEn])),
      isNamed(skus.id, named),
    ))
    .orderBy(desc(sql`${isNamed(skus.id, named) ?? sql`false`}`), desc(products.id), asc(skus.position), asc(skus.id))
    .limit(limit);

const isNamed = (column: typeof products.id | typeof skus.id, named: readonly number[]): SQL | undefined => (named.length > 0 ? inArray(column, [...named]) : undefined);

type NameColumn = typeof products.name | typeof products.nameEn | typeof skus.name | typeof skus.nameEn;

/** Every word of the text stands in one of the names. */
function hasWords(text: string, columns: readonly NameColumn[]): SQL | undefined {
  const words = text.normalize("NFKC").trim().split(/\s+/).filter((word) => word !== "");
  return and(...words.map((word) => or(...columns.map((column) => like(column, containing(word))))));
}
