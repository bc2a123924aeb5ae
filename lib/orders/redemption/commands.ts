import "server-only";

import type { AddressSnapshot } from "@/db/schema/orders";
import { publicId } from "@/lib/id";
import type { Ctx, UserId } from "@/lib/ctx";
import { availableOn, pageOf, postSpend, type Book } from "@/lib/points/book";
import { completeLots, openBook, writeBook } from "@/lib/points/commands";
import { affectedRows } from "@/db/packet";
import { allow, type Decision } from "@/lib/refusal";
import { findReply, keepReply, type KnownReplies, type RequestKey } from "@/lib/request-key";
import type { Quote } from "@/lib/catalog/price";

import { decideRedemption, type Offer, type Wanted } from "../checkout";
import { statusAtFirst } from "../status";

import { boughtFrom, offersFrom, placeOf, readBought, readOffers, readRepeats, readStock, repeatsFrom, stockFrom, takeStock, writesFor } from "./rows";

/** One person's wish to redeem one SKU. */
export type RedeemRequest = Wanted & { userId: UserId; skuId: number; request: RequestKey };

/** What the buyer is told; stored with the request's key, so that a repeat is told the same. */
export type RedeemReply = {
  orderId: string;
  status: "pending" | "paid";
  quantity: number;
  points: number;
  totalCents: number;
  cashDueCents: number;
  pointsAvailable: number;
  productName: string;
};

/** A request that was granted, with all that is written for it. */
export type Redemption = {
  publicId: string;
  userId: UserId;
  request: RequestKey;
  offer: Offer & OfferNames;
  quantity: number;
  quote: Quote;
  address: AddressSnapshot | null;
  payBy: Date | null;
  reply: RedeemReply;
};

export type OfferNames = { productName: string; productNameEn: string; skuName: string; skuNameEn: string; picture: string };

/** What all requests of the set see and change: the book of points and what is left of each SKU. */
type Shelf = { offers: Map<number, Offer & OfferNames>; stock: Map<number, number>; bought: Map<string, number>; known: KnownReplies };

/** The stock that was read had gone when it was to be taken. Nothing was written; with the stock locked it will be decided right. */
export class StockGoneError extends Error {
  override readonly name = "StockGoneError";
}


/**
 * Redeems for one or many people in one transaction; each request has its own answer, decided in the given order.
 * Locks the accounts, and the SKUs' stock after them. With `lockStock: false` the stock is only read, and taken by the very last
 * statement, so that sets of other buyers work at the same time: throws `StockGoneError` when it has gone meanwhile.
 * Refuses what `decideRedemption` refuses, and `account_frozen`, `insufficient_points`, `request_key_reused`.
 */
export async function redeemProducts(ctx: Ctx, requests: readonly RedeemRequest[], { lockStock = true } = {}): Promise<Decision<RedeemReply>[]> {
  const skuIds = [...new Set(requests.map(({ skuId }) => skuId))].sort((a, b) => a - b);
  const people = [...new Set(requests.map(({ userId }) => userId))];
  const { book, ridden } = await openBook(ctx, people, [{ kind: "spendable" }], [
    readRepeats(requests), readOffers(skuIds), readBought(people, skuIds), readStock(skuIds, { lock: lockStock }),
  ]);
  const [repeats = [], offers = [], bought = [], stock = []] = ridden;
  const shelf: Shelf = { known: repeatsFrom(repeats), offers: offersFrom(offers), bought: boughtFrom(bought), stock: stockFrom(stock) };
  await completeLots(ctx, book, pointsNeeded(requests, shelf.offers, ctx.policy.pointsPerYuan));

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

async function write(ctx: Ctx, book: Book, granted: readonly Redemption[]): Promise<void> {
  const { statement, skus } = takeStock(granted);
  const taken = await writeBook(ctx, book, writesFor(granted, ctx.now), [statement]);
  if (affectedRows(taken) !== skus) throw new StockGoneError("the stock was taken by another process");
}

/** The most that each person may be about to spend, to know whose lots must be read in full. */
function pointsNeeded(requests: readonly RedeemRequest[], offers: Shelf["offers"], pointsPerYuan: number): Map<UserId, number> {
  const needs = new Map<UserId, number>();
  for (const request of requests) {
    const decided = decideRedemption({ ...request, expected: undefined }, { offer: offers.get(request.skuId) ?? null, stock: request.quantity, bought: 0, pointsPerYuan });
    if (decided.ok) needs.set(request.userId, (needs.get(request.userId) ?? 0) + decided.value.points);
  }
  return needs;
}

/** Decides one request against what those before it have left, and takes its stock and points. */
function grant(ctx: Ctx, book: Book, shelf: Shelf, request: RedeemRequest): Decision<Redemption> {
  const { skuId, userId } = request;
  const offer = shelf.offers.get(skuId) ?? null;
  const stock = shelf.stock.get(skuId) ?? 0;
  const bought = shelf.bought.get(placeOf(userId, skuId)) ?? 0;
  const decided = decideRedemption(request, { offer, stock, bought, pointsPerYuan: ctx.policy.pointsPerYuan });
  if (!decided.ok) return decided;

  const redemption = describe(ctx, request, offer!, decided.value);
  if (decided.value.points > 0) {
    const spent = postSpend(book, userId, decided.value.points, { type: "order", id: redemption.publicId });
    if (!spent.ok) return spent;
  }
  shelf.stock.set(skuId, stock - request.quantity);
  shelf.bought.set(placeOf(userId, skuId), bought + request.quantity);
  redemption.reply.pointsAvailable = availableOn(pageOf(book, userId));
  return allow(redemption);
}

const MINUTE_MS = 60_000;

function describe(ctx: Ctx, request: RedeemRequest, offer: Offer & OfferNames, quote: Quote): Redemption {
  const id = publicId();
  const status = statusAtFirst(quote.cashDueCents);
  return {
    publicId: id,
    userId: request.userId,
    request: request.request,
    offer,
    quantity: request.quantity,
    quote,
    address: request.address ?? null,
    payBy: status === "pending" ? new Date(ctx.now.getTime() + ctx.policy.paymentMinutes * MINUTE_MS) : null,
    reply: {
      orderId: id, status, quantity: request.quantity, points: quote.points, totalCents: quote.totalCents, cashDueCents: quote.cashDueCents,
      pointsAvailable: 0, productName: offer.productName,
    },
  };
}
