import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { cancelOrder } from "@/lib/orders/commands";
import { completeOrder } from "@/lib/orders/receiving/commands";
import { perform } from "@/lib/perform";
import { isRefusal, refuse, type Decision } from "@/lib/refusal";
import { count, rows } from "@/test/database";
import { aKettle, aMug, anOrder, aProduct, atOnce, aUser, balanceOf, eventsAbout, freeze, ledgerOf, refusalOf, staffWith, tally, theShop, unique, type TestProduct, type TestUser } from "@/test/world";

import { moderateReview, writeReview } from "./commands";
import { getRating, listOwnReviews, listReviews, type ReviewStatus } from "./queries";
import type { Rating } from "./review";
import { allReviewIds, countReviews, findReviewForStaff, listReviewsForStaff, readReviewsForStaff, type ReviewSort } from "./staff-queries";

/** What the programme gives for a review, and how often a day. */
const REWARD = 20;
const REWARDS_PER_DAY = 3;

/** A person who has received a mug of this kind. */
async function aBuyer(mug?: TestProduct, name = "lin"): Promise<{ lin: TestUser; mug: TestProduct; orderId: string }> {
  const product = mug ?? (await aMug({ initialStock: 100 }));
  const lin = await aUser({ name, points: 100 });
  const { orderId } = await anOrder(lin, product);
  await perform(theShop, (ctx) => completeOrder(ctx, { requestId: randomUUID(), orderId }));
  return { lin, mug: product, orderId };
}

const write = (who: TestUser, orderId: string, productId: number, more: { rating?: number; body?: string } = {}) =>
  perform(who.actor, (ctx) => writeReview(ctx, { requestId: randomUUID(), orderId, productId, rating: 5, body: "A good mug.", ...more }));

const judge = (by: TestUser, reviewId: number, verdict: "approved" | "rejected" = "approved", note = "") =>
  perform(by.actor, (ctx) => moderateReview(ctx, { requestId: randomUUID(), reviewId, verdict, note }));

const staff = () => aUser({ name: "mei", role: "staff" });

const settled = async <T>(work: Promise<T>): Promise<Decision<T>> => {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    if (isRefusal(error)) return refuse(error.code);
    throw error;
  }
};

test("a review waits for staff, is shown when it was approved, and then earns its author the reward", async () => {
  const { lin, mug, orderId } = await aBuyer();
  const { reviewId } = await write(lin, orderId, mug.id, { rating: 4, body: "<b>Solid</b> glaze" });
  expect(await listReviews(db(), mug.id, { limit: 10 })).toMatchObject({ reviews: [] });
  expect(await getRating(db(), mug.id)).toMatchObject({ count: 0 });
  expect(await balanceOf(lin)).toBe(0);
  expect((await listOwnReviews(db(), lin.id, [mug.id])).get(mug.id)).toMatchObject({ status: "pending" });
  expect(await judge(await staff(), reviewId)).toEqual({ reviewId, points: REWARD });
  expect(await listReviews(db(), mug.id, { limit: 10 })).toMatchObject({ reviews: [{ rating: 4, body: "<b>Solid</b> glaze", author: "l***" }], nextBefore: null });
  expect(await getRating(db(), mug.id)).toMatchObject({ count: 1, average: 4 });
  expect(await balanceOf(lin)).toBe(REWARD);
  expect((await ledgerOf(lin)).at(-1)).toMatchObject({ kind: "earn", points_change: REWARD, source_type: "review", source_id: String(reviewId) });
  const told = await rows<{ name: string }>("SELECT name FROM events WHERE subject_type = 'review' AND subject_id = ? ORDER BY id", [String(reviewId)]);
  expect(told.map(({ name }) => name)).toEqual(["review.written", "review.moderated"]);
});

test("of fifty submissions at once one is kept; the others are told that there is one", async () => {
  const { lin, mug, orderId } = await aBuyer();
  const answers = await atOnce(50, () => settled(write(lin, orderId, mug.id)));
  expect(tally(answers)).toEqual({ ok: 1, already_reviewed: 49 });
  expect(await count("SELECT COUNT(*) FROM reviews WHERE user_id = ?", [lin.id])).toBe(1);
});

test("one review for each product, whatever is ordered again", async () => {
  const [lin, mug] = [await aUser({ points: 200 }), await aMug({ initialStock: 2 })];
  const received = await atOnce(2, async () => {
    const { orderId } = await anOrder(lin, mug);
    await perform(theShop, (ctx) => completeOrder(ctx, { requestId: randomUUID(), orderId }));
    return orderId;
  });
  await write(lin, received[0]!, mug.id);
  expect(await refusalOf(write(lin, received[1]!, mug.id))).toBe("already_reviewed");
});

test("only what was received can be reviewed, and only by who received it", async () => {
  const mug = await aMug({ initialStock: 10 });
  const [lin, eve] = [await aUser({ points: 100 }), await aUser({ name: "eve" })];
  const { orderId } = await anOrder(lin, mug);
  expect(await refusalOf(write(lin, orderId, mug.id))).toBe("not_received");
  expect(await refusalOf(write(eve, orderId, mug.id))).toBe("not_found");
  await perform(theShop, (ctx) => completeOrder(ctx, { requestId: randomUUID(), orderId }));
  expect(await refusalOf(write(lin, orderId, (await aMug()).id))).toBe("not_received");
  expect(await refusalOf(write(eve, orderId, mug.id))).toBe("not_found");
  expect(await write(lin, orderId, mug.id)).toMatchObject({ reviewId: expect.any(Number) });
});

test("a cancelled order was not received", async () => {
  const [lin, kettle] = [await aUser({ points: 100 }), await aKettle()];
  const { orderId } = await anOrder(lin, kettle);
  await perform(lin.actor, (ctx) => cancelOrder(ctx, { requestId: randomUUID(), orderId }));
  expect(await refusalOf(write(lin, orderId, kettle.id))).toBe("not_received");
});

test("a frozen person writes nothing, and earns nothing for what they wrote before", async () => {
  const { lin, mug, orderId } = await aBuyer();
  const other = await aBuyer();
  const { reviewId } = await write(lin, orderId, mug.id);
  await freeze(lin);
  await freeze(other.lin);
  expect(await refusalOf(write(other.lin, other.orderId, other.mug.id))).toBe("account_frozen");
  expect(await judge(await staff(), reviewId)).toEqual({ reviewId, points: 0 });
  expect(await balanceOf(lin)).toBe(0);
});

test("a review is settled once: of twenty verdicts at once one counts, and earns once", async () => {
  const { lin, mug, orderId } = await aBuyer();
  const { reviewId } = await write(lin, orderId, mug.id);
  const mei = await staff();
  expect(tally(await atOnce(20, () => settled(judge(mei, reviewId))))).toEqual({ ok: 1, already_settled: 19 });
  expect(await balanceOf(lin)).toBe(REWARD);
  expect(await refusalOf(judge(mei, reviewId, "rejected", "too late"))).toBe("already_settled");
});

test("a review that was turned down earns nothing, is not shown, tells its author why, and cannot be written anew", async () => {
  const { lin, mug, orderId } = await aBuyer();
  const { reviewId } = await write(lin, orderId, mug.id, { body: "Buy at my shop instead" });
  expect(await judge(await staff(), reviewId, "rejected", "An advertisement")).toEqual({ reviewId, points: 0 });
  expect(await refusalOf(write(lin, orderId, mug.id))).toBe("already_reviewed");
  expect(await refusalOf(judge(await staff(), reviewId))).toBe("already_settled");
  expect(await balanceOf(lin)).toBe(0);
  expect(await listReviews(db(), mug.id, { limit: 10 })).toMatchObject({ reviews: [] });
  expect((await listOwnReviews(db(), lin.id, [mug.id])).get(mug.id)).toMatchObject({ status: "rejected", note: "An advertisement" });
});

test("staff who shop do not approve what they wrote themselves", async () => {
  const { lin, mug, orderId } = await aBuyer();
  const { reviewId } = await write(lin, orderId, mug.id);
  const same: TestUser = { ...lin, actor: staffWith(lin.id, "staff") };
  expect(await refusalOf(judge(same, reviewId))).toBe("forbidden");
  expect(await refusalOf(judge(await staff(), 999_999_999))).toBe("not_found");
});

test("reviews in a day beyond what the rule rewards are shown and earn nothing", async () => {
  const lin = await aUser({ points: 1_000 });
  const mei = await staff();
  for (let index = 0; index <= REWARDS_PER_DAY; index++) {
    const mug = await aMug();
    const { orderId } = await anOrder(lin, mug);
    await perform(theShop, (ctx) => completeOrder(ctx, { requestId: randomUUID(), orderId }));
    await judge(mei, (await write(lin, orderId, mug.id)).reviewId);
  }
  const earned = (await ledgerOf(lin)).filter(({ source_type }) => source_type === "review");
  expect(earned.map(({ points_change }) => points_change)).toEqual(Array(REWARDS_PER_DAY).fill(REWARD));
});

test("a product's reviews come in pages, newest first, each once", async () => {
  const mug = await aMug({ initialStock: 20 });
  const mei = await staff();
  const ids: number[] = [];
  for (let index = 0; index < 5; index++) {
    const { lin, orderId } = await aBuyer(mug);
    ids.push((await write(lin, orderId, mug.id, { rating: index + 1 })).reviewId);
    await judge(mei, ids.at(-1)!);
  }
  const seen: number[] = [];
  for (let before: number | undefined, pages = 0; pages < 5; pages++) {
    const page = await listReviews(db(), mug.id, { before, limit: 2 });
    seen.push(...page.reviews.map(({ id }) => id));
    if (page.nextBefore === null) break;
    before = page.nextBefore;
  }
  expect(seen).toEqual(ids.toReversed());
  expect(await getRating(db(), mug.id)).toEqual({ count: 5, average: 3, byRating: { 1: 1, 2: 1, 3: 1, 4: 1, 5: 1 } });
});

test("staff find what waits by its product, its author and its words, and are led to the next", async () => {
  const first = await aBuyer(undefined, "wanda");
  const second = await aBuyer();
  const mine = (await write(first.lin, first.orderId, first.mug.id, { body: "Zwiebelmuster, 100% handgemalt" })).reviewId;
  const other = (await write(second.lin, second.orderId, second.mug.id)).reviewId;
  const search = async (text: string) => (await listReviewsForStaff(db(), { search: text, status: "pending" }, { limit: 20 })).reviews.map(({ id }) => id);
  expect(await search("zwiebel")).toEqual([mine]);
  expect(await search(first.lin.username)).toEqual([mine]);
  expect(await search("100%")).toEqual([mine]);
  expect(await search("")).toEqual(expect.arrayContaining([mine, other]));
  expect(await findReviewForStaff(db(), mine)).toMatchObject({ id: mine, orderId: first.orderId, username: first.lin.username, moderatorName: null, nextWaitingId: expect.any(Number) });
  expect(await findReviewForStaff(db(), 999_999_999)).toBeNull();
  expect(await eventsAbout("user", first.lin.id)).not.toContainEqual(expect.objectContaining({ name: "review.written" }));
});

test("staff's list has its reviews by their product, words, stars and status, page by page, the newest or the oldest first", async () => {
  const name = unique("cup");
  const cup = await aProduct({ name: `茶杯 ${name}`, nameEn: `Cup ${name}`, slug: name, skus: [{ initialStock: 20 }] });
  const mei = await staff();
  const ids: number[] = [];
  for (const rating of [5, 1, 5, 3, 5]) {
    const { lin, orderId } = await aBuyer(cup);
    ids.push((await write(lin, orderId, cup.id, { rating, body: "Nothing of its name in it." })).reviewId);
  }
  await judge(mei, ids[2]!);
  await judge(mei, ids[1]!, "rejected", "Not about the cup.");
  const find = async (more: { status?: ReviewStatus; rating?: Rating } = {}, part: { sort?: ReviewSort; limit?: number; offset?: number } = {}) => {
    const { reviews, total } = await listReviewsForStaff(db(), { search: name, ...more }, { limit: 20, ...part });
    expect(total).toBe(await countReviews(db(), { search: name, ...more }));
    return { ids: reviews.map(({ id }) => id), total };
  };
  const newest = ids.toReversed();
  for (const text of [`茶杯 ${name}`, `cup ${name}`.toUpperCase(), ` ${name} `]) expect((await listReviewsForStaff(db(), { search: text }, { limit: 20 })).reviews.map(({ id }) => id), text).toEqual(newest);
  expect(await find({ rating: 5 })).toEqual({ ids: [ids[4], ids[2], ids[0]], total: 3 });
  expect(await find({ rating: 5, status: "pending" })).toEqual({ ids: [ids[4], ids[0]], total: 2 });
  expect(await find({ rating: 2 })).toEqual({ ids: [], total: 0 });
  expect(await find({ status: "rejected" })).toEqual({ ids: [ids[1]], total: 1 });
  expect(await find({}, { sort: { by: "written", down: false }, limit: 2, offset: 2 })).toEqual({ ids: ids.slice(2, 4), total: 5 });
  expect(await find({}, { limit: 2, offset: 4 })).toEqual({ ids: [ids[0]], total: 5 });
  const { counts } = await listReviewsForStaff(db(), { search: name, rating: 1 }, { limit: 1 });
  expect([counts.pending, counts.approved, counts.rejected]).toEqual(await Promise.all((["pending", "approved", "rejected"] as const).map((status) => count("SELECT count(*) FROM reviews WHERE status = ?", [status]))));
});

test("staff's list gone through in parts has each review once and in its order", async () => {
  const cup = await aMug({ initialStock: 20 });
  const body = unique("words");
  const ids: number[] = [];
  for (let written = 0; written < 5; written++) {
    const { lin, orderId } = await aBuyer(cup);
    ids.push((await write(lin, orderId, cup.id, { body })).reviewId);
  }
  for (const down of [true, false]) {
    const parts: number[][] = [];
    for await (const part of allReviewIds(db(), { search: body }, { by: "written", down }, 2)) parts.push(part);
    expect(parts.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(parts.flat()).toEqual(down ? ids.toReversed() : ids);
  }
  expect((await readReviewsForStaff(db(), [ids[3]!, ids[0]!])).map(({ id }) => id)).toEqual([ids[3], ids[0]]);
  expect(await readReviewsForStaff(db(), [])).toEqual([]);
});
