import "server-only";

import { and, asc, count, desc, eq, gt, inArray, like, lte, ne, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/mysql-core";

import type { Db } from "@/db/client";
import { orders, products, reviews, users } from "@/db/schema";
import { REVIEW_STATUSES } from "@/db/schema/loyalty";
import { maskEmail } from "@/lib/accounts/mask";
import { beyond, idsInParts } from "@/lib/keyset";
import { containing } from "@/lib/like";
import type { ListSort } from "@/lib/list-address";

import { REVIEWS_PAGE_MAX, type ReviewStatus } from "./queries";
import type { Rating } from "./review";

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
export type StaffReviewSearch = { search?: string; status?: ReviewStatus; rating?: Rating; /** Only these. */ ids?: readonly number[] };
export type ReviewSort = ListSort<"written">;
/** Which of those that match, and in what order. */
export type ReviewPart = { sort?: ReviewSort; limit: number; offset?: number };

const NEWEST_FIRST: ReviewSort = { by: "written", down: true };

const rowColumns = {
  id: reviews.id, rating: reviews.rating, body: reviews.body, status: reviews.status, createdAt: reviews.createdAt,
  productName: products.name, productNameEn: products.nameEn, userId: reviews.userId, username: users.username,
};

/** One page of everybody's reviews, newest first unless sorted. `counts` are of the whole shop, whatever is searched. */
export async function listReviewsForStaff(db: Db, search: StaffReviewSearch, { sort = NEWEST_FIRST, limit, offset = 0 }: ReviewPart): Promise<{ reviews: StaffReviewRow[]; total: number; counts: ReviewCounts }> {
  const way = sort.down ? desc : asc;
  const [found, total, counts] = await Promise.all([
    db.select({ id: reviews.id }).from(reviews).where(and(...filtersOf(search))).orderBy(way(reviews.id)).limit(Math.min(limit, REVIEWS_PAGE_MAX)).offset(offset),
    countReviews(db, search),
    countReviewsByStatus(db),
  ]);
  return { reviews: await readReviewsForStaff(db, found.map(({ id }) => id)), total, counts };
}

/** The ids of all reviews that match, in the list's order, some at a time. */
export function allReviewIds(db: Db, search: StaffReviewSearch, sort: ReviewSort = NEWEST_FIRST, part?: number): AsyncGenerator<number[]> {
  const way = sort.down ? desc : asc;
  return idsInParts((mark, limit) =>
    db.select({ id: reviews.id, value: reviews.id }).from(reviews).where(and(...filtersOf(search), beyond(reviews.id, reviews.id, mark, sort.down))).orderBy(way(reviews.id)).limit(limit), part);
}

/** The next of the reviews that match, by id: for work that goes through all of them. */
export async function nextReviewIds(db: Db, search: StaffReviewSearch, { after, upTo }: { after: number; upTo: number }, limit: number): Promise<number[]> {
  const rows = await db.select({ id: reviews.id }).from(reviews).where(and(...filtersOf(search), gt(reviews.id, after), lte(reviews.id, upTo))).orderBy(asc(reviews.id)).limit(limit);
  return rows.map(({ id }) => id);
}

export async function countReviews(db: Db, search: StaffReviewSearch): Promise<number> {
  const [row] = await db.select({ total: count() }).from(reviews).where(and(...filtersOf(search)));
  return row?.total ?? 0;
}

/** These reviews as the list shows them, in the order of their ids as given. */
export async function readReviewsForStaff(db: Db, ids: readonly number[]): Promise<StaffReviewRow[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select(rowColumns)
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .innerJoin(users, eq(users.id, reviews.userId))
    .where(inArray(reviews.id, [...ids]));
  const places = new Map(ids.map((id, place) => [id, place]));
  return rows.sort((a, b) => places.get(a.id)! - places.get(b.id)!);
}

const filtersOf = ({ search, status, rating, ids }: StaffReviewSearch): (SQL | undefined)[] => [
  ids ? inArray(reviews.id, [...ids]) : undefined,
  status ? eq(reviews.status, status) : undefined,
  rating ? eq(reviews.rating, rating) : undefined,
  matching(search?.trim() ?? ""),
];

/** People and products are read for a text alone: without one, the list would count them with its reviews. */
function matching(text: string): SQL | undefined {
  if (text === "") return undefined;
  const pattern = containing(text);
  return or(
    like(reviews.body, pattern),
    sql`exists (select 1 from ${users} u where u.id = ${reviews.userId} and u.username like ${pattern})`,
    sql`exists (select 1 from ${products} p where p.id = ${reviews.productId} and (p.name like ${pattern} or p.name_en like ${pattern}))`,
  );
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
