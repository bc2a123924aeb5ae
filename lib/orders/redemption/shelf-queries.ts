import "server-only";

import type { RowDataPacket } from "mysql2";

import { readRows, sendPacket, statement, type Statement } from "@/db/packet";
import type { PickupSnapshot } from "@/db/schema/orders";
import { admits, priceFor } from "@/lib/catalog/audience";
import { couponsFrom, giftsOf, readCoupons } from "@/lib/coupons/using/commands";
import type { HeldCoupon } from "@/lib/coupons/usable";
import type { Ctx, UserId } from "@/lib/ctx";
import { dayOf, startOfDay } from "@/lib/day";
import type { Policy } from "@/lib/settings/policy";

import type { RedemptionFacts, Stocked, Wanted } from "../checkout";

import { NOBODY, readAudience, standingIn, type AudienceFacts } from "./audience-queries";
import { boughtFrom, offersFrom, placeOf, readBought, readOffers, readStock, stockFrom, type Bought, type FoundOffer } from "./rows";

/** With what a shelf is read: in a transaction, or by a page that only looks. */
export type ShelfReader = { now: Date; policy: Policy; read: (statements: readonly Statement[]) => Promise<RowDataPacket[][]> };

export const readerIn = ({ now, policy, tx }: Ctx): ShelfReader => ({ now, policy, read: (statements) => sendPacket(tx, statements) });
export const onlooker = (now: Date, policy: Policy): ShelfReader => ({ now, policy, read: (statements) => Promise.all(statements.map(readRows)) });

/** What somebody wants. */
export type Ask = Wanted & { userId: UserId };

/** What all requests of a set see and change: what is on the shelf, who holds what of it, and the coupons. */
export type ShelfState = {
  offers: ReadonlyMap<number, FoundOffer>;
  audience: AudienceFacts;
  pickups: ReadonlyMap<number, PickupSnapshot>;
  stock: Map<number, number>;
  bought: Map<string, Bought>;
  coupons: Map<string, HeldCoupon>;
  /** Orders of each person that wait for their cash; read where one of these may become another. */
  unpaid: Map<number, number>;
};

export type AskedShelf = { people: readonly UserId[]; statements: readonly Statement[] };

/** The statements that read the shelf for these wishes; their results go to `shelfFrom`. What is locked is locked in their order: coupons before stock. */
export async function askShelf(reader: ShelfReader, asks: readonly Ask[], { lockStock, lockCoupons }: { lockStock: boolean; lockCoupons: boolean }): Promise<AskedShelf> {
  const people = [...new Set(asks.map(({ userId }) => userId))];
  const couponIds = [...new Set(asks.flatMap(({ couponId }) => couponId ?? []))];
  const gifts = couponIds.length > 0 ? await giftsOf(reader.read, couponIds) : [];
  const wanted = [...new Set([...asks.flatMap(({ lines }) => lines.map(({ skuId }) => skuId)), ...gifts])].sort((a, b) => a - b);
  // A list is never empty in SQL, and no SKU has the id 0.
  const skuIds = wanted.length > 0 ? wanted : [0];
  const dayBegan = startOfDay(dayOf(reader.now, reader.policy.timeZone), reader.policy.timeZone);
  return {
    people,
    statements: [readOffers(skuIds), readBought(people, skuIds, dayBegan), ...(couponIds.length > 0 ? [readCoupons(couponIds, { lock: lockCoupons })] : []), readStock(skuIds, { lock: lockStock })],
  };
}

/** The shelf that those statements found, with what is only read for offers that ask for it. */
export async function shelfFrom(reader: ShelfReader, { people }: AskedShelf, asks: readonly Ask[], found: readonly RowDataPacket[][]): Promise<ShelfState> {
  const [offerRows = [], boughtRows = []] = found;
  const offers = offersFrom(offerRows);
  return {
    offers, bought: boughtFrom(boughtRows), stock: stockFrom(found.at(-1) ?? []), coupons: found.length > 3 ? couponsFrom(found[2] ?? []) : new Map(),
    audience: await audienceOf(reader, people, [...offers.values()]), pickups: await pickupsOf(reader, asks), unpaid: await unpaidOf(reader, people, [...offers.values()]),
  };
}

async function audienceOf(reader: ShelfReader, people: readonly UserId[], offers: readonly FoundOffer[]): Promise<AudienceFacts> {
  const asking = offers.filter(({ isGated, hasOwnPrices }) => isGated || hasOwnPrices);
  if (asking.length === 0) return NOBODY;
  return readAudience(reader, people, [...new Set(asking.map(({ productId }) => productId))], asking.map(({ skuId }) => skuId));
}

async function unpaidOf({ read, policy }: ShelfReader, people: readonly UserId[], offers: readonly FoundOffer[]): Promise<Map<number, number>> {
  const mayWait = policy.deliveryCents > 0 || offers.some(({ cashPriceCents, hasOwnPrices }) => cashPriceCents > 0 || hasOwnPrices);
  if (!mayWait || people.length === 0) return new Map();
  const [rows = []] = await read([
    statement(`SELECT user_id, COUNT(*) AS unpaid FROM orders FORCE INDEX (orders_status_idx) WHERE status = 'pending' AND user_id IN (${people.map(() => "?").join(",")}) GROUP BY user_id`, people),
  ]);
  return new Map(rows.map((row) => [row.user_id as number, Number(row.unpaid)]));
}

async function pickupsOf(reader: ShelfReader, asks: readonly Ask[]): Promise<Map<number, PickupSnapshot>> {
  const ids = [...new Set(asks.flatMap(({ pickupPointId }) => pickupPointId ?? []))];
  if (ids.length === 0) return new Map();
  const [rows = []] = await reader.read([
    statement(`SELECT id, name, name_en AS nameEn, address, address_en AS addressEn, hours, phone FROM pickup_points WHERE is_active AND id IN (${ids.map(() => "?").join(",")})`, ids),
  ]);
  return new Map(rows.map((row) => [row.id as number, row as unknown as PickupSnapshot]));
}

/** What a wish is judged by: the shelf as those before it left it, at the prices of the person who asks. */
export function factsFor({ now, policy }: Pick<ShelfReader, "now" | "policy">, shelf: ShelfState, { userId, lines, couponId, pickupPointId }: Ask): RedemptionFacts {
  const { pointsPerYuan, deliveryCents, freeDeliveryFromCents } = policy;
  const coupon = couponId === undefined ? null : (shelf.coupons.get(couponId) ?? null);
  const stocked = new Map<number, Stocked>();
  for (const skuId of [...lines.map((line) => line.skuId), ...(coupon?.giftSkuId ? [coupon.giftSkuId] : [])]) {
    const offer = shelf.offers.get(skuId);
    if (offer) stocked.set(skuId, stockedFor(shelf, offer, userId, pointsPerYuan));
  }
  return { now, userId, shelf: stocked, coupon, pickup: pickupPointId === undefined ? null : (shelf.pickups.get(pickupPointId) ?? null), pointsPerYuan, deliveryCents, freeDeliveryFromCents };
}

export const NONE_BOUGHT: Bought = { bought: 0, boughtToday: 0 };

function stockedFor(shelf: ShelfState, offer: FoundOffer, userId: UserId, pointsPerYuan: number): Stocked {
  const { skuId, productId, isGated, hasOwnPrices } = offer;
  const held = { stock: shelf.stock.get(skuId) ?? 0, ...(shelf.bought.get(placeOf(userId, skuId)) ?? NONE_BOUGHT) };
  if (!isGated && !hasOwnPrices) return { ...held, offer, isAdmitted: true };
  const standing = standingIn(shelf.audience, userId);
  return {
    ...held,
    offer: hasOwnPrices ? priceFor(offer, shelf.audience.prices.get(skuId) ?? [], standing, pointsPerYuan) : offer,
    isAdmitted: admits(isGated, shelf.audience.gates.get(productId) ?? [], standing),
  };
}
