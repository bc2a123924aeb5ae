import "server-only";

import { readRows } from "@/db/packet";
import { isSilence } from "@/db/transact";
import { saveAddress } from "@/lib/accounts/commands";
import type { UserId } from "@/lib/ctx";
import { throughGate } from "@/lib/flash-gate";
import { Lane, sharedLane } from "@/lib/lane";
import { perform } from "@/lib/perform";
import { allow, refuse, type Decision } from "@/lib/refusal";
import { findReply, requestKey } from "@/lib/request-key";

import { takeOutOfCart } from "./cart/commands";
import { redeemProducts, StockGoneError, type RedeemReply, type RedeemRequest } from "./redemption/commands";
import { readRepeats, repeatsFrom } from "./redemption/rows";
import type { CheckoutInput, RedeemInput } from "./schema";

/** For so long a process believes that what was sold out still is. */
const SOLD_OUT_MS = 200;

const shared = globalThis as { pointsMallSoldOut?: Map<number, number> };
const soldOutUntil = (shared.pointsMallSoldOut ??= new Map());

const redemptions = () =>
  sharedLane("redeem", () => new Lane<RedeemRequest, Decision<RedeemReply>>(redeemSet, { failsTogether: isSilence }));

/** Where stock is plenty nobody waits for its lock; a set that finds it gone is decided again with the stock locked. */
async function redeemSet(requests: readonly RedeemRequest[]): Promise<Decision<RedeemReply>[]> {
  const actor = { kind: "system", name: "redeem" } as const;
  try {
    return await perform(actor, (ctx) => redeemProducts(ctx, requests, { lockStock: false }));
  } catch (error) {
    if (!(error instanceof StockGoneError)) throw error;
    return perform(actor, (ctx) => redeemProducts(ctx, requests));
  }
}

/**
 * Redeems through the process's lane. A commit whose outcome is unknown is settled by running the request again under its key.
 * Throws `LaneFullError` when too many wait; refuses what `redeemProducts` refuses.
 */
export async function redeem(request: RedeemRequest): Promise<Decision<RedeemReply>> {
  if (request.lines.some(({ skuId }) => (soldOutUntil.get(skuId) ?? 0) > Date.now())) return repeats().submit(request);
  const answer = await atTheGate(request);
  // With a gift of the same SKU the last piece is one too few, and still there for others.
  if (!answer.ok && answer.code === "sold_out" && answer.detail.left === 0 && request.couponId === undefined) {
    soldOutUntil.set(Number(answer.detail.skuId ?? request.lines[0]?.skuId), Date.now() + SOLD_OUT_MS);
  }
  return answer;
}

/** One line may be a flash sale's, which Redis guards where several processes share it; of a cart MySQL decides alone. */
function atTheGate(request: RedeemRequest): Promise<Decision<RedeemReply>> {
  const [line, ...others] = request.lines;
  const lane = redemptions();
  const toMysql = () => lane.submit(request);
  if (!line || others.length > 0) return toMysql();
  return throughGate({ ...line, userId: request.userId, request: request.request }, {
    toMysql,
    ifRepeated: async (refusal) => {
      const again = await repeats().submit(request);
      return again.ok || again.code !== "sold_out" ? again : refusal;
    },
  });
}

/** A redemption from a product's own page. The address is kept for next time. */
export async function redeemForShopper(shopper: { id: UserId }, input: RedeemInput): Promise<Decision<RedeemReply>> {
  const { requestId, skuId, quantity, expectedPoints, expectedCashDueCents, ...rest } = input;
  const { requestId: _key, ...body } = input;
  return keepAddress(shopper, rest.address, await redeem({
    ...rest, userId: shopper.id, lines: [{ skuId, quantity }], expected: { points: expectedPoints, cashDueCents: expectedCashDueCents }, request: requestKey(requestId, "redeem", body),
  }));
}

/** An order of what is in the cart, at the quote that was shown. What was ordered leaves the cart. */
export async function checkOut(shopper: { id: UserId }, input: CheckoutInput): Promise<Decision<RedeemReply>> {
  const { requestId, version, ...rest } = input;
  const { requestId: _key, ...body } = input;
  const answer = await redeem({ ...rest, userId: shopper.id, expected: { version }, request: requestKey(requestId, "checkout", body) });
  if (answer.ok && rest.lines.length > 0) await perform({ kind: "shopper", id: shopper.id }, (ctx) => takeOutOfCart(ctx, shopper.id, rest.lines.map(({ skuId }) => skuId)));
  return keepAddress(shopper, rest.address, answer);
}

async function keepAddress(shopper: { id: UserId }, address: RedeemInput["address"], answer: Decision<RedeemReply>): Promise<Decision<RedeemReply>> {
  if (answer.ok && address) await perform({ kind: "shopper", id: shopper.id }, (ctx) => saveAddress(ctx, shopper.id, address));
  return answer;
}

/** While the shelf is known to be empty, only those who already won get more than "sold out": the same reply again. */
const repeats = () => sharedLane("redeem-repeats", () => new Lane(answerRepeats, { batchMax: 1_000, widthMax: 1, waitingMax: 50_000 }));

async function answerRepeats(requests: readonly RedeemRequest[]): Promise<Decision<RedeemReply>[]> {
  const keyed = requests.filter(({ request }) => !request.isFresh);
  const rows = keyed.length === 0 ? [] : await readRows(readRepeats(keyed));
  const known = repeatsFrom(rows);
  return requests.map((request) => {
    const repeated = findReply<RedeemReply>(known, request);
    if (!repeated.ok) return repeated;
    return repeated.value ? allow(repeated.value) : refuse("sold_out", { left: 0 });
  });
}
