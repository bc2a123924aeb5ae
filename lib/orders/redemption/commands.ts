import "server-only";

import { affectedRows } from "@/db/packet";
import type { AddressSnapshot, PickupSnapshot } from "@/db/schema/orders";
import { markUsed } from "@/lib/coupons/using/commands";
import type { Ctx, UserId } from "@/lib/ctx";
import { publicId } from "@/lib/id";
import { availableOn, pageOf, postSpend, type Book } from "@/lib/points/book";
import { completeLots, openBook, writeBook } from "@/lib/points/commands";
import { allow, refuse, type Decision } from "@/lib/refusal";
import { findReply, keepReply, type KnownReplies, type RequestKey } from "@/lib/request-key";

import { decideRedemption, type Offer, type RedemptionFacts, type Wanted } from "../checkout";
import type { OrderQuote } from "../quote";
import { statusAtFirst } from "../status";

import { placeOf, readRepeats, repeatsFrom, takeStock, writesFor } from "./rows";
import { askShelf, factsFor, NONE_BOUGHT, readerIn, shelfFrom, type ShelfState } from "./shelf-queries";

/** One person's wish to redeem some SKUs together. */
export type RedeemRequest = Wanted & { userId: UserId; request: RequestKey };

/** What the buyer is told; stored with the request's key, so that a repeat is told the same. */
export type RedeemReply = {
  orderId: string;
  status: "pending" | "paid";
  /** Pieces of all lines. */
  quantity: number;
  points: number;
  totalCents: number;
  cashDueCents: number;
  pointsAvailable: number;
  /** The product of the first line. */
  productName: string;
};

/** A request that was granted, with all that is written for it. */
export type Redemption = {
  publicId: string;
  userId: UserId;
  request: RequestKey;
  quote: OrderQuote;
  /** The offer of each line of the quote. */
  offers: readonly (Offer & OfferNames)[];
  couponId: number | null;
  address: AddressSnapshot | null;
  pickup: PickupSnapshot | null;
  payBy: Date | null;
  reply: RedeemReply;
};

type Shelf = ShelfState & { known: KnownReplies };

export type OfferNames = { productName: string; productNameEn: string; skuName: string; skuNameEn: string; picture: string };

/** The stock that was read had gone when it was to be taken. Nothing was written; with the stock locked it will be decided right. */
export class StockGoneError extends Error {
  override readonly name = "StockGoneError";
}

/**
 * Redeems for one or many people in one transaction; each request has its own answer, decided in the given order.
 * Locks the accounts, the coupons, and the SKUs' stock after them. With `lockStock: false` the stock is only read, and taken by the very last
 * statement, so that sets of other buyers work at the same time: throws `StockGoneError` when it has gone meanwhile.
 * Refuses what `decideRedemption` refuses, and `too_many_unpaid` { limit }, `account_frozen`, `insufficient_points`, `request_key_reused`.
 */
export async function redeemProducts(ctx: Ctx, requests: readonly RedeemRequest[], { lockStock = true } = {}): Promise<Decision<RedeemReply>[]> {
  const { book, shelf } = await openShelf(ctx, requests, lockStock);
  await completeLots(ctx, book, pointsNeeded(requests, shelf));

  const granted: Redemption[] = [];
  const answers = requests.map((request) => {
    const repeated = findReply<RedeemReply>(shelf.known, request);
    if (!repeated.ok) return repeated;
    if (repeated.value) return allow(repeated.value);
    const decided = grant(ctx, book, shelf, request);
    if (!decided.ok) return decided;
    granted.push(decided.value);
    keepReply(shelf.known, request, decided.value.reply);
    return allow(decided.value.reply);
  });
  if (granted.length > 0) await write(ctx, book, granted);
  return answers;
}

async function openShelf(ctx: Ctx, requests: readonly RedeemRequest[], lockStock: boolean): Promise<{ book: Book; shelf: Shelf }> {
  const reader = readerIn(ctx);
  const asked = await askShelf(reader, requests, { lockStock, lockCoupons: true });
  const { book, ridden } = await openBook(ctx, asked.people, [{ kind: "spendable" }], [readRepeats(requests), ...asked.statements]);
  const [repeats = [], ...found] = ridden;
  return { book, shelf: { ...(await shelfFrom(reader, asked, requests, found)), known: repeatsFrom(repeats) } };
}

async function write(ctx: Ctx, book: Book, granted: readonly Redemption[]): Promise<void> {
  const { statement: taking, skus } = takeStock(granted);
  const uses = granted.flatMap(({ couponId, publicId: orderId }) => (couponId === null ? [] : [{ couponId, orderId }]));
  const taken = await writeBook(ctx, book, [...(uses.length > 0 ? [markUsed(uses, ctx.now)] : []), ...writesFor(granted, ctx.now)], [taking]);
  if (affectedRows(taken) !== skus) throw new StockGoneError("the stock was taken by another process");
}

/**
 * The most that each person may be about to spend, to know whose lots must be read in full: what the lines cost without any coupon,
 * at the price with the most points. One of somebody's own may ask more points for less cash.
 */
function pointsNeeded(requests: readonly RedeemRequest[], { offers, audience }: Shelf): Map<UserId, number> {
  const needs = new Map<UserId, number>();
  const most = (skuId: number): number => Math.max(offers.get(skuId)?.pointsPrice ?? 0, ...(audience.prices.get(skuId) ?? []).map(({ pointsPrice }) => pointsPrice));
  for (const { userId, lines, pointsToUse } of requests) {
    const listed = lines.reduce((sum, { skuId, quantity }) => sum + most(skuId) * quantity, 0);
    needs.set(userId, (needs.get(userId) ?? 0) + Math.max(listed, pointsToUse ?? 0));
  }
  return needs;
}

/** Decides one request against what those before it have left, and takes its pieces, coupon and points. */
function grant(ctx: Ctx, book: Book, shelf: Shelf, request: RedeemRequest): Decision<Redemption> {
  const facts = factsFor(ctx, shelf, request);
  const decided = decideRedemption(request, facts);
  if (!decided.ok) return decided;

  const unpaid = shelf.unpaid.get(request.userId) ?? 0;
  if (decided.value.cashDueCents > 0 && unpaid >= UNPAID_MAX) return refuse("too_many_unpaid", { limit: UNPAID_MAX });

  // A frozen person orders nothing, for cash alone neither: what they buy would be theirs to take back.
  if (pageOf(book, request.userId).status === "frozen") return refuse("account_frozen");
  const redemption = describe(ctx, shelf, request, decided.value, facts);
  if (decided.value.points > 0) {
    const spent = postSpend(book, request.userId, decided.value.points, { type: "order", id: redemption.publicId });
    if (!spent.ok) return spent;
  }
  takeFrom(shelf, request, decided.value);
  redemption.reply.pointsAvailable = availableOn(pageOf(book, request.userId));
  return allow(redemption);
}

/** Orders of one person that wait for their cash: each holds pieces that nobody else can have. */
const UNPAID_MAX = 10;

function takeFrom(shelf: Shelf, { userId, couponId }: RedeemRequest, { lines, cashDueCents }: OrderQuote): void {
  if (cashDueCents > 0) shelf.unpaid.set(userId, (shelf.unpaid.get(userId) ?? 0) + 1);
  for (const { skuId, quantity, isGift } of lines) {
    shelf.stock.set(skuId, (shelf.stock.get(skuId) ?? 0) - quantity);
    const place = placeOf(userId, skuId);
    const { bought, boughtToday } = shelf.bought.get(place) ?? NONE_BOUGHT;
    if (!isGift) shelf.bought.set(place, { bought: bought + quantity, boughtToday: boughtToday + quantity });
  }
  const coupon = couponId === undefined ? undefined : shelf.coupons.get(couponId);
  if (coupon) shelf.coupons.set(coupon.publicId, { ...coupon, status: "used" });
}

const MINUTE_MS = 60_000;

function describe(ctx: Ctx, shelf: Shelf, request: RedeemRequest, quote: OrderQuote, { coupon, pickup }: RedemptionFacts): Redemption {
  const id = publicId();
  const status = statusAtFirst(quote.cashDueCents);
  const offers = quote.lines.map(({ skuId }) => shelf.offers.get(skuId)!);
  return {
    publicId: id,
    userId: request.userId,
    request: request.request,
    quote,
    offers,
    couponId: coupon?.id ?? null,
    address: request.address ?? null,
    pickup,
    payBy: status === "pending" ? new Date(ctx.now.getTime() + ctx.policy.paymentMinutes * MINUTE_MS) : null,
    reply: {
      orderId: id, status, quantity: quote.lines.reduce((total, { quantity }) => total + quantity, 0), points: quote.points, totalCents: quote.totalCents, cashDueCents: quote.cashDueCents,
      pointsAvailable: 0, productName: offers[0]!.productName,
    },
  };
}
