import "server-only";

import { asc, eq, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { cartItems, pickupPoints, products, skus } from "@/db/schema";
import { availabilityOf } from "@/lib/catalog/availability";
import { firstPictureOf } from "@/lib/catalog/pictures/queries";
import type { PictureFile } from "@/lib/catalog/pictures/rendition";
import type { UserId } from "@/lib/ctx";
import { refuse, type Refused } from "@/lib/refusal";
import type { Policy } from "@/lib/settings/policy";

import type { Offer } from "../checkout";
import { askShelf, factsFor, onlooker, shelfFrom } from "../redemption/shelf-queries";

/** A product in a cart, as it stands for its owner now. */
export type CartLine = {
  skuId: number;
  quantity: number;
  productSlug: string;
  productName: string;
  productNameEn: string;
  skuName: string;
  skuNameEn: string;
  picture: string;
  /** The product's first picture, shown instead of the illustration. */
  cover: PictureFile | null;
  /** At the owner's own price. */
  offer: Offer;
  stock: number;
  /** The most that can be had in one order now. */
  quantityMax: number;
  /** Why it cannot be had as it is in the cart; null when it can. */
  problem: Refused | null;
};

export async function countCart(db: Db, userId: UserId): Promise<number> {
  const [row] = await db.select({ total: sql<number>`count(*)`.mapWith(Number) }).from(cartItems).where(eq(cartItems.userId, userId));
  return row?.total ?? 0;
}

/** The person's cart, in the order in which it was filled. */
export async function readCart(db: Db, userId: UserId, now: Date, policy: Policy): Promise<CartLine[]> {
  const items = await db
    .select({
      skuId: cartItems.skuId, quantity: cartItems.quantity, productSlug: products.slug, productName: products.name, productNameEn: products.nameEn, skuName: skus.name, skuNameEn: skus.nameEn,
      picture: products.picture, cover: firstPictureOf(products.id),
    })
    .from(cartItems).innerJoin(skus, eq(skus.id, cartItems.skuId)).innerJoin(products, eq(products.id, skus.productId))
    .where(eq(cartItems.userId, userId)).orderBy(asc(cartItems.createdAt), asc(cartItems.skuId));
  const offers = await readOffersFor(userId, items, now, policy);
  return items.flatMap((item) => {
    const found = offers.get(item.skuId);
    return found ? [{ ...item, ...found }] : [];
  });
}

export type OfferFor = Pick<CartLine, "offer" | "stock" | "quantityMax" | "problem">;

/** Some SKUs as they stand for a person: price, pieces, and whether so many can be had. */
export async function readOffersFor(userId: UserId, lines: readonly { skuId: number; quantity: number }[], now: Date, policy: Policy): Promise<Map<number, OfferFor>> {
  if (lines.length === 0) return new Map();
  const reader = onlooker(now, policy);
  const ask = { userId, lines };
  const asked = await askShelf(reader, [ask], { lockStock: false, lockCoupons: false });
  const { shelf } = factsFor(reader, await shelfFrom(reader, asked, [ask], await reader.read(asked.statements)), ask);
  return new Map(lines.flatMap(({ skuId, quantity }): [number, OfferFor][] => {
    const found = shelf.get(skuId);
    if (!found) return [];
    const { offer, stock } = found;
    const wanted = availabilityOf(offer, { now, ...found }, quantity);
    const one = availabilityOf(offer, { now, ...found });
    return [[skuId, { offer, stock, quantityMax: one.ok ? one.value.quantityMax : 0, problem: wanted.ok ? null : refuse(wanted.code, wanted.detail) }]];
  }));
}

export type PickupPoint = { id: number; name: string; nameEn: string; address: string; addressEn: string; hours: string; phone: string };

/** Where goods can be picked up now. */
export const listPickupPoints = (db: Db): Promise<PickupPoint[]> =>
  db
    .select({ id: pickupPoints.id, name: pickupPoints.name, nameEn: pickupPoints.nameEn, address: pickupPoints.address, addressEn: pickupPoints.addressEn, hours: pickupPoints.hours, phone: pickupPoints.phone })
    .from(pickupPoints).where(eq(pickupPoints.isActive, true)).orderBy(asc(pickupPoints.position), asc(pickupPoints.id));
