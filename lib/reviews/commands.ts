import "server-only";

import { and, eq, sql } from "drizzle-orm";

import { orderItems, orders, reviews } from "@/db/schema";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { errnoOf } from "@/lib/log";
import { pageOf } from "@/lib/points/book";
import { openBook } from "@/lib/points/commands";
import { Refusal } from "@/lib/refusal";
import { earnPoints } from "@/lib/rules/commands";

import type { ModerationInput, ReviewInput } from "./schema";

const DUPLICATE_KEY = 1062;

/**
 * What the buyer of a received product thinks of it, once per person and product: it waits until staff has read it.
 * Refuses `account_frozen`, `not_found` (not their order), `not_received` (not completed, or without the product), `already_reviewed`.
 */
export async function writeReview(ctx: Ctx, { orderId, productId, rating, body }: ReviewInput): Promise<{ reviewId: number }> {
  const userId = actorId(ctx.actor);
  invariant(userId, "somebody writes a review");
  const { book } = await openBook(ctx, [userId], []);
  if (pageOf(book, userId).status === "frozen") throw new Refusal("account_frozen");
  const order = await findReceived(ctx, userId, orderId, productId);
  const [row] = await ctx.tx
    .insert(reviews)
    .values({ userId, productId, orderId: order, rating, body, createdAt: ctx.now })
    .$returningId()
    .catch(refuseSecond);
  invariant(row, "an insert returns its id");
  await emit(ctx, { name: "review.written", subject: { type: "review", id: String(row.id) }, data: { userId, productId, rating } });
  return { reviewId: row.id };
}

async function findReceived(ctx: Ctx, userId: UserId, orderId: string, productId: number): Promise<number> {
  const [order] = await ctx.tx
    .select({
      id: orders.id, status: orders.status,
      hasProduct: sql<number>`exists (select 1 from ${orderItems} i where i.order_id = ${orders.id} and i.product_id = ${productId})`.mapWith(Boolean),
    })
    .from(orders)
    .where(and(eq(orders.publicId, orderId), eq(orders.userId, userId)));
  if (!order) throw new Refusal("not_found");
  if (order.status !== "completed" || !order.hasProduct) throw new Refusal("not_received");
  return order.id;
}

function refuseSecond(error: unknown): never {
  if (errnoOf(error) === DUPLICATE_KEY) throw new Refusal("already_reviewed");
  throw error;
}

export type Moderated = { reviewId: number; points: number };

/**
 * Staff shows a review or turns it down, once; one that is shown earns its author what the rules say.
 * Refuses `not_found`, `forbidden` (one's own), `already_settled`.
 */
export async function moderateReview(ctx: Ctx, { reviewId, verdict, note }: ModerationInput): Promise<Moderated> {
  const by = actorId(ctx.actor);
  const [found] = await ctx.tx.select({ userId: reviews.userId }).from(reviews).where(eq(reviews.id, reviewId));
  if (!found) throw new Refusal("not_found");
  if (found.userId === by) throw new Refusal("forbidden");
  const userId = found.userId as UserId;
  // The account comes first in every command's order of locks.
  await openBook(ctx, [userId], []);
  const [review] = await ctx.tx.select({ status: reviews.status, productId: reviews.productId }).from(reviews).where(eq(reviews.id, reviewId)).for("update");
  invariant(review, "a review is never deleted");
  if (review.status !== "pending") throw new Refusal("already_settled");
  await ctx.tx.update(reviews).set({ status: verdict, moderatedBy: by, moderationNote: note, moderatedAt: ctx.now }).where(eq(reviews.id, reviewId));
  await emit(ctx, { name: "review.moderated", subject: { type: "review", id: String(reviewId) }, data: { userId, productId: review.productId, status: verdict, changes: { status: [review.status, verdict] } } });
  if (verdict === "rejected") return { reviewId, points: 0 };
  const { points, pointsPending } = await earnPoints(ctx, { userId, action: "review", source: { type: "review", id: String(reviewId) } });
  return { reviewId, points: points + pointsPending };
}
