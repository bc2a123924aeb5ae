import "server-only";

import { asc, eq, inArray, sql } from "drizzle-orm";

import { sendPacket, statement } from "@/db/packet";
import { pictures, productPictures, products } from "@/db/schema";
import { actorId, type Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { Refusal } from "@/lib/refusal";

import type { PictureFile } from "./rendition";
import type { ProductPicturesInput } from "./schema";

/** Writes down a picture whose files are there already. Until a product shows it, it counts as unused. */
export async function addPicture(ctx: Ctx, { id, width, height, bytes }: PictureFile & { bytes: number }): Promise<void> {
  await ctx.tx.insert(pictures).values({ publicId: id, width, height, bytes, uploadedBy: actorId(ctx.actor), unusedSince: ctx.now, createdAt: ctx.now });
  await emit(ctx, { name: "picture.added", subject: { type: "picture", id }, data: { width, height, bytes } });
}

/**
 * Sets the pictures of a product and their order; what is not named is taken off it. Refuses `not_found` for a product or a picture
 * that is not there: a picture that nobody used for weeks may have been thrown away meanwhile.
 */
export async function setProductPictures(ctx: Ctx, { productId, pictures: wanted }: ProductPicturesInput): Promise<void> {
  const [product] = await ctx.tx.select({ id: products.id }).from(products).where(eq(products.id, productId)).for("update");
  if (!product) throw new Refusal("not_found");
  const ids = wanted.map(({ pictureId }) => pictureId);
  const found = ids.length > 0 ? await ctx.tx.select({ id: pictures.id, publicId: pictures.publicId }).from(pictures).where(inArray(pictures.publicId, ids)).orderBy(asc(pictures.id)).for("update") : [];
  if (found.length < wanted.length) throw new Refusal("not_found");
  const before = await readPictures(ctx, productId);

  const after = wanted.map(({ pictureId, alt, altEn }) => ({ pictureId, alt, altEn }));
  const shown = before.map(({ pictureId, alt, altEn }) => ({ pictureId, alt, altEn }));
  if (JSON.stringify(shown) === JSON.stringify(after)) return;
  const rowId = new Map(found.map(({ id, publicId }) => [publicId, id]));
  await ctx.tx.delete(productPictures).where(eq(productPictures.productId, productId));
  if (after.length > 0) await ctx.tx.insert(productPictures).values(after.map(({ pictureId, ...texts }, position) => ({ productId, pictureId: rowId.get(pictureId)!, position, ...texts })));
  await markUse(ctx, [...before.map(({ rowId: id }) => id), ...rowId.values()]);
  // The product's own time stays: whoever has its form open has saved nothing yet, and pictures are none of its fields.
  await emit(ctx, { name: "product.changed", subject: { type: "product", id: String(productId) }, data: { changes: { pictures: [shown, after] } } });
}

const readPictures = (ctx: Ctx, productId: number) =>
  ctx.tx
    .select({ rowId: pictures.id, pictureId: pictures.publicId, alt: productPictures.alt, altEn: productPictures.altEn })
    .from(productPictures)
    .innerJoin(pictures, eq(pictures.id, productPictures.pictureId))
    .where(eq(productPictures.productId, productId))
    .orderBy(asc(productPictures.position), asc(productPictures.pictureId));

/** Notes which of these are shown by some product, and since when the others by none. */
async function markUse(ctx: Ctx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await ctx.tx
    .update(pictures)
    .set({ unusedSince: sql`if(exists(select 1 from ${productPictures} g where g.picture_id = ${pictures.id}), null, coalesce(${pictures.unusedSince}, ${ctx.now}))` })
    .where(inArray(pictures.id, [...new Set(ids)].sort((a, b) => a - b)));
}

/** Forgets up to `max` pictures that no product has shown since `since`, but for the shop's logo, and names them: their files can go once this is committed. */
export async function forgetUnusedPictures(ctx: Ctx, since: Date, max: number): Promise<string[]> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT id, public_id FROM pictures WHERE unused_since < ? AND NOT EXISTS (SELECT 1 FROM product_pictures g WHERE g.picture_id = pictures.id)
       AND NOT EXISTS (SELECT 1 FROM settings s WHERE s.name = 'logo' AND JSON_CONTAINS(s.value, JSON_QUOTE(pictures.public_id)))
       ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED`,
      [since, max],
    ),
  ]);
  if (rows.length > 0) await ctx.tx.delete(pictures).where(inArray(pictures.id, rows.map((row) => row.id as number)));
  return rows.map((row) => row.public_id as string);
}
