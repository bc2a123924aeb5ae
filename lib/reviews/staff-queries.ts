import "server-only";

import { and, asc, count, desc, eq, gt, like, lt, ne, or, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/mysql-core";

import type { Db } from "@/db/client";
import { orders, products, reviews, users } from "@/db/schema";
import { REVIEW_STATUSES } from "@/db/schema/loyalty";
import { maskEmail } from "@/lib/accounts/mask";
import { containing } from "@/lib/like";
import { oneMore, turnPage, type Cursor } from "@/lib/page";

import { REVIEWS_PAGE_MAX, type ReviewStatus } from "./queries";

export type StaffReviewRow = {
  id: number;
  rating: number;
  body: string;
  status: ReviewStatus;
  createdAt: Date;
  productName: string;
  productNameEn: string;
  userId: number;
  username: string;
};

export type ReviewCounts = Record<ReviewStatus, number>;
export type StaffReviewSearch = Cursor & { search?: string; status?: ReviewStatus; limit: number };

const rowColumns = {
  id: reviews.id, rating: reviews.rating, body: reviews.body, status: reviews.status, createdAt: reviews.createdAt,
  productName: products.name, productNameEn: products.nameEn, userId: reviews.userId, username: users.username,
};

/** Everybody's reviews, newest first. `counts` are of the whole shop, whatever is searched. */
export async function listReviewsForStaff(
  db: Db, search: StaffReviewSearch,
): Promise<{ reviews: StaffReviewRow[]; nextBefore: number | null; previousAfter: number | null; counts: ReviewCounts }> {
  const limit = Math.min(search.limit, REVIEWS_PAGE_MAX);
  const [read, counts] = await Promise.all([
    db
      .select(rowColumns)
      .from(reviews)
      .innerJoin(products, eq(products.id, reviews.productId))
      .innerJoin(users, eq(users.id, reviews.userId))
      .where(and(...filtersOf(search)))
      .orderBy(search.after === undefined ? desc(reviews.id) : asc(reviews.id))
      .limit(oneMore(limit)),
    countReviewsByStatus(db),
  ]);
  const { rows, ...edges } = turnPage(read, limit, search);
  return { reviews: rows, ...edges, counts };
}

function filtersOf({ search, status, before, after }: StaffReviewSearch): (SQL | undefined)[] {
  const text = search?.trim() ?? "";
  const pattern = containing(text);
  return [
    status ? eq(reviews.status, status) : undefined,
    after === undefined ? undefined : gt(reviews.id, after),
    before === undefined ? undefined : lt(reviews.id, before),
    text === "" ? undefined : or(like(products.name, pattern), like(products.nameEn, pattern), like(users.username, pattern), like(reviews.body, pattern)),
  ];
}

async function countReviewsByStatus(db: Db): Promise<ReviewCounts> {
  const rows = await db.select({ status: reviews.status, total: count() }).from(reviews).groupBy(reviews.status);
  return Object.fromEntries(REVIEW_STATUSES.map((status) => [status, rows.find((row) => row.status === status)?.total ?? 0])) as ReviewCounts;
}

export type StaffReview = StaffReviewRow & {
  emailMasked: string;
  productId: number;
  productSlug: string;
  orderId: string;
  moderatorName: string | null;
  moderationNote: string | null;
  moderatedAt: Date | null;
  /** The oldest other one that waits: what to read next. */
  nextWaitingId: number | null;
};

export async function findReviewForStaff(db: Db, id: number): Promise<StaffReview | null> {
  const moderators = alias(users, "moderators");
  const [[row], [next]] = await Promise.all([
    db
      .select({
        ...rowColumns, email: users.email, productId: products.id, productSlug: products.slug, orderId: orders.publicId,
        moderatorName: moderators.username, moderationNote: reviews.moderationNote, moderatedAt: reviews.moderatedAt,
      })
      .from(reviews)
      .innerJoin(products, eq(products.id, reviews.productId))
      .innerJoin(users, eq(users.id, reviews.userId))
      .innerJoin(orders, eq(orders.id, reviews.orderId))
      .leftJoin(moderators, eq(moderators.id, reviews.moderatedBy))
      .where(eq(reviews.id, id))
      .limit(1),
    db.select({ id: reviews.id }).from(reviews).where(and(eq(reviews.status, "pending"), ne(reviews.id, id))).orderBy(asc(reviews.id)).limit(1),
  ]);
  if (!row) return null;
  const { email, ...review } = row;
  return { ...review, emailMasked: maskEmail(email), nextWaitingId: next?.id ?? null };
}
