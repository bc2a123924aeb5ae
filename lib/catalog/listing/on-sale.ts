import { and, eq, gt, isNull, lte, or, sql, type SQL } from "drizzle-orm";
import type { AnyMySqlColumn } from "drizzle-orm/mysql-core";

import { categories, productGates, products, skuPrices, skus, skuStock } from "@/db/schema";
import { levels } from "@/db/schema/loyalty";

import type { Standing } from "../audience";

const isOpen = (from: AnyMySqlColumn, until: AnyMySqlColumn, now: Date): SQL => and(or(isNull(from), lte(from, now)), or(isNull(until), gt(until, now)))!;

/** Written out: where a query has one table alone Drizzle leaves its name off, and a subquery would take the column for one of its own. */
const productId = sql.raw("`products`.`id`");

/** Products on sale now. Whether a SKU of them is, `firstSkuOnSale` says. */
export const productOnSale = (now: Date): SQL => and(eq(products.status, "active"), isOpen(products.onSaleFrom, products.onSaleUntil, now))!;

const skuIsOnSale = (now: Date): SQL =>
  sql`s.is_active and s.kind = 'shop' and (s.on_sale_from is null or s.on_sale_from <= ${now}) and (s.on_sale_until is null or s.on_sale_until > ${now})`;

/** The SKU that a listing shows: the merchant's first of those on sale now. */
export const firstSkuOnSale = (now: Date): SQL =>
  eq(skus.id, sql`(select s.id from ${skus} s where s.product_id = ${productId} and ${skuIsOnSale(now)} order by s.position, s.id limit 1)`);

/** The same for a product that may have none on sale now: then the first that is not switched off. */
export const firstSku = (now: Date): SQL<number | null> =>
  sql<number | null>`(select s.id from ${skus} s where s.product_id = ${productId} and s.is_active and s.kind = 'shop' order by (${skuIsOnSale(now)}) desc, s.position, s.id limit 1)`;

/** Pieces of all SKUs of a product that are on sale now. */
export const stockOnSale = (now: Date): SQL<number> =>
  sql<number>`(select coalesce(sum(t.stock), 0) from ${skus} s join ${skuStock} t on t.sku_id = s.id where s.product_id = ${productId} and ${skuIsOnSale(now)})`.mapWith(Number);

/** Whether `kind`, `audience_id` and the level's rank of a row (in `table`, joined with `l`) name a group of this person's. */
function isTheirs(table: "g" | "o", { levelRank, segmentIds }: Standing): SQL {
  const column = (name: string): SQL => sql.raw(`${table}.${name}`);
  const bySegment = segmentIds.length > 0 ? sql`${column("kind")} = 'segment' and ${column("audience_id")} in ${[...segmentIds]}` : sql`false`;
  const byLevel = levelRank === null ? sql`false` : sql`${column("kind")} = 'level' and l.\`rank\` <= ${levelRank}`;
  return sql`((${bySegment}) or (${byLevel}))`;
}

/** What `admits` says, for the database: products that this person may have. */
export const admittedOnly = (standing: Standing): SQL =>
  sql`(not ${products.isGated} or exists (select 1 from ${productGates} g left join ${levels} l on g.kind = 'level' and l.id = g.audience_id where g.product_id = ${productId} and ${isTheirs("g", standing)}))`;

/** What `isListedFor` says, for the database: what a level opens is shown to all; what only a segment opens, to its people alone. */
export const listedOnly = (segmentIds: readonly number[]): SQL => {
  const inSegment = segmentIds.length > 0 ? sql` or (g.kind = 'segment' and g.audience_id in ${[...segmentIds]})` : sql``;
  return sql`(not ${products.isGated} or exists (select 1 from ${productGates} g where g.product_id = ${productId} and (g.kind = 'level'${inSegment})))`;
};

/** The points of what `priceFor` says, for the database: the shown SKU's price for this person. */
export function pointsFor(standing: Standing, pointsPerYuan: number): SQL<number> {
  const worth = (points: SQL, cents: SQL): SQL => sql`${points} * 100 + ${cents} * ${pointsPerYuan}`;
  const [own, base] = [worth(sql`o.points_price`, sql`o.cash_price_cents`), worth(sql`${skus.pointsPrice}`, sql`${skus.cashPriceCents}`)];
  return sql<number>`if(${skus.hasOwnPrices}, coalesce((select o.points_price from ${skuPrices} o left join ${levels} l on o.kind = 'level' and l.id = o.audience_id
    where o.sku_id = ${skus.id} and ${isTheirs("o", standing)} and ${own} < ${base} order by ${own}, o.kind, o.audience_id limit 1), ${skus.pointsPrice}), ${skus.pointsPrice})`;
}

/** Products of a category and of those in it: the tree is at most three deep. */
export const inCategory = (slug: string): SQL =>
  sql`${products.categoryId} in (select c.id from ${categories} c left join ${categories} p on p.id = c.parent_id left join ${categories} g on g.id = p.parent_id
    where ${slug} in (c.slug, p.slug, g.slug))`;
