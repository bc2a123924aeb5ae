import "server-only";

import { asc, eq, inArray, sql, type SQL } from "drizzle-orm";
import type { AnyMySqlColumn } from "drizzle-orm/mysql-core";

import type { Db } from "@/db/client";
import { pictures, productPictures } from "@/db/schema";

import type { PictureFile } from "./rendition";

/** A picture of a product, with what it shows in words. */
export type ProductPhoto = PictureFile & { alt: string; altEn: string };

/** A product's first picture as a column of any query that joins the product; null while it has none. */
export const firstPictureOf = (productId: AnyMySqlColumn): SQL<PictureFile | null> =>
  sql`(select json_object('id', f.public_id, 'width', f.width, 'height', f.height) from ${productPictures} g join ${pictures} f on f.id = g.picture_id
       where g.product_id = ${productId} order by g.position, g.picture_id limit 1)`.mapWith((value: unknown) => (typeof value === "string" ? JSON.parse(value) : value) as PictureFile);

/** All pictures of one product, in the merchant's order. */
export const listProductPictures = (db: Db, productId: number): Promise<ProductPhoto[]> =>
  db
    .select({ id: pictures.publicId, width: pictures.width, height: pictures.height, alt: productPictures.alt, altEn: productPictures.altEn })
    .from(productPictures)
    .innerJoin(pictures, eq(pictures.id, productPictures.pictureId))
    .where(eq(productPictures.productId, productId))
    .orderBy(asc(productPictures.position), asc(productPictures.pictureId));

export async function hasPictures(db: Db): Promise<boolean> {
  return (await db.select({ id: pictures.id }).from(pictures).limit(1)).length > 0;
}

/** Of these ids, the ones that a picture has. */
export async function knownPictures(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.select({ id: pictures.publicId }).from(pictures).where(inArray(pictures.publicId, [...ids]));
  return new Set(rows.map(({ id }) => id));
}
