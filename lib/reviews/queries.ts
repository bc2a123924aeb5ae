import "server-only";

import { and, count, desc, eq, inArray, lt } from "drizzle-orm";

import type { Db } from "@/db/client";
import { reviews, users } from "@/db/schema";
import type { UserId } from "@/lib/ctx";

import { maskedName, summaryOf, type RatingSummary } from "./review";

export type ReviewStatus = "pending" | "approved" | "rejected";

export type ShownReview = { id: number; rating: number; body: string; author: string; createdAt: Date };

export const REVIEWS_PAGE_MAX = 50;

/** What others wrote about a product, newest first; only what staff has approved. `before` is the id of the last one of the page before. */
export async function listReviews(db: Db, productId: number, page: { before?: number; limit: number }): Promise<{ reviews: ShownReview[]; nextBefore: number | null }> {
  const limit = Math.min(page.limit, REVIEWS_PAGE_MAX);
  const rows = await db
    .select({ id: reviews.id, rating: reviews.rating, body: reviews.body, username: users.username, createdAt: reviews.createdAt })
    .from(reviews)
    .innerJoin(users, eq(users.id, reviews.userId))
    .where(and(eq(reviews.productId, productId), eq(reviews.status, "approved"), page.before ? lt(reviews.id, page.before) : undefined))
    .orderBy(desc(reviews.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit).map(({ username, ...review }) => ({ ...review, author: maskedName(username) }));
  return { reviews: shown, nextBefore: rows.length > limit ? shown.at(-1)!.id : null };
}

/** How a product is rated by the reviews that are shown. */
export async function getRating(db: Db, productId: number): Promise<RatingSummary> {
  const rows = await db
    .select({ rating: reviews.rating, count: count() })
    .from(reviews)
    .where(and(eq(reviews.productId, productId), eq(reviews.status, "approved")))
    .groupBy(reviews.rating);
  return summaryOf(rows);
}

export type OwnReview = { id: number; productId: number; rating: number; body: string; status: ReviewStatus; note: string | null };

/** What a person wrote about these products, by product; nobody else's. */
export async function listOwnReviews(db: Db, userId: UserId, productIds: readonly number[]): Promise<Map<number, OwnReview>> {
  if (productIds.length === 0) return new Map();
  const rows = await db
    .select({ id: reviews.id, productId: reviews.productId, rating: reviews.rating, body: reviews.body, status: reviews.status, note: reviews.moderationNote })
    .from(reviews)
    .where(and(eq(reviews.userId, userId), inArray(reviews.productId, [...productIds])));
  return new Map(rows.map((row) => [row.productId, row]));
}
