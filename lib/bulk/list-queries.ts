import "server-only";

import { and, eq, inArray } from "drizzle-orm";
import type { MySqlTable, MySqlColumn } from "drizzle-orm/mysql-core";

import type { Db } from "@/db/client";
import { couponTemplates, orders, pointsRules, products, reviews, tasks, users } from "@/db/schema";
import { USERS, userSearchOf } from "@/lib/accounts/staff-list";
import { countUsers, nextUserIds } from "@/lib/accounts/staff-queries";
import { PRODUCTS, productSearchOf } from "@/lib/catalog/staff-list";
import { countMatching, nextProductIds } from "@/lib/catalog/staff-queries";
import { currentTime } from "@/lib/clock";
import { COUPONS } from "@/lib/coupons/staff-list";
import { listTemplatesForStaff } from "@/lib/coupons/staff-queries";
import { readList } from "@/lib/list-address";
import { ORDERS, orderSearchOf } from "@/lib/orders/staff-list";
import { countOrders, nextOrderIds } from "@/lib/orders/staff-queries";
import { orderNumber } from "@/lib/orders/status";
import { REVIEWS, reviewSearchOf } from "@/lib/reviews/staff-list";
import { countReviews, nextReviewIds } from "@/lib/reviews/staff-queries";
import { RULES } from "@/lib/rules/staff-list";
import { listRulesForStaff, RULES_MAX } from "@/lib/rules/staff-queries";
import type { Policy } from "@/lib/settings/policy";
import { TASKS } from "@/lib/tasks/staff-list";
import { listTasksForStaff } from "@/lib/tasks/staff-queries";

import type { BulkList } from "./operation";

/** Rows by id, after the one a run has come to and up to the newest that was there when it was asked for. */
type Part = { after: number; upTo: number; limit: number };
type Reader = { locale: string; seesStaff: boolean };

type ListReads = {
  table: MySqlTable & { id: MySqlColumn };
  /** How many rows match an address. */
  count: (db: Db, params: URLSearchParams, policy: Policy) => Promise<number>;
  next: (db: Db, params: URLSearchParams, part: Part, policy: Policy) => Promise<number[]>;
  /** What people call these rows. */
  names: (db: Db, ids: readonly number[], reader: Reader) => Promise<[number, string][]>;
};

type Named = MySqlTable & { id: MySqlColumn; name: MySqlColumn; nameEn: MySqlColumn };

const namedIn = (table: Named): ListReads["names"] => async (db, ids, { locale }) => {
  const rows = (await db.select({ id: table.id, name: table.name, nameEn: table.nameEn }).from(table).where(inArray(table.id, [...ids]))) as { id: number; name: string; nameEn: string }[];
  return rows.map(({ id, name, nameEn }) => [id, (locale === "en" && nameEn) || name]);
};

/** A list of some dozens is read whole each time. */
const short = (ids: (db: Db, params: URLSearchParams, policy: Policy) => Promise<number[]>): Pick<ListReads, "count" | "next"> => ({
  count: async (db, params, policy) => (await ids(db, params, policy)).length,
  next: async (db, params, { after, upTo, limit }, policy) => (await ids(db, params, policy)).filter((id) => id > after && id <= upTo).sort((a, b) => a - b).slice(0, limit),
});

/** How each list that operations are done to is counted, walked and told. */
export const LIST_READS: Readonly<Record<BulkList, ListReads>> = {
  orders: {
    table: orders,
    count: (db, params, policy) => countOrders(db, orderSearchOf(readList(ORDERS, params), policy.timeZone)),
    next: (db, params, { limit, ...part }, policy) => nextOrderIds(db, orderSearchOf(readList(ORDERS, params), policy.timeZone), part, limit),
    names: async (db, ids) => (await db.select({ id: orders.id, createdAt: orders.createdAt }).from(orders).where(inArray(orders.id, [...ids]))).map((row) => [row.id, orderNumber(row)]),
  },
  users: {
    table: users,
    count: (db, params, policy) => countUsers(db, userSearchOf(readList(USERS, params), policy.timeZone)),
    next: (db, params, { limit, ...part }, policy) => nextUserIds(db, userSearchOf(readList(USERS, params), policy.timeZone), part, limit),
    // Colleagues have names only for those who may see them.
    names: async (db, ids, { seesStaff }) =>
      (await db.select({ id: users.id, name: users.username }).from(users).where(and(inArray(users.id, [...ids]), seesStaff ? undefined : eq(users.role, "shopper")))).map(({ id, name }) => [id, name]),
  },
  products: {
    table: products,
    count: (db, params, policy) => countMatching(db, productSearchOf(readList(PRODUCTS, params)), policy.lowStock),
    next: (db, params, { limit, ...part }, policy) => nextProductIds(db, productSearchOf(readList(PRODUCTS, params)), part, limit, policy.lowStock),
    names: namedIn(products),
  },
  reviews: {
    table: reviews,
    count: (db, params) => countReviews(db, reviewSearchOf(readList(REVIEWS, params))),
    next: (db, params, { limit, ...part }) => nextReviewIds(db, reviewSearchOf(readList(REVIEWS, params)), part, limit),
    names: async (db, ids) =>
      (await db.select({ id: reviews.id, name: users.username }).from(reviews).innerJoin(users, eq(users.id, reviews.userId)).where(inArray(reviews.id, [...ids]))).map(({ id, name }) => [id, name]),
  },
  rules: {
    table: pointsRules,
    ...short(async (db, params, policy) => {
      const { q, filters } = readList(RULES, params);
      return (await listRulesForStaff(db, { search: q, status: filters.status, action: filters.trigger, page: 1, pageSize: RULES_MAX }, currentTime(), policy)).rules.map(({ id }) => id);
    }),
    names: namedIn(pointsRules),
  },
  tasks: {
    table: tasks,
    ...short(async (db, params) => {
      const { q, filters } = readList(TASKS, params);
      return (await listTasksForStaff(db, { search: q, ...filters }, currentTime())).tasks.map(({ id }) => id);
    }),
    names: namedIn(tasks),
  },
  coupons: {
    table: couponTemplates,
    ...short(async (db, params) => {
      const { q, filters } = readList(COUPONS, params);
      return (await listTemplatesForStaff(db, { search: q, ...filters })).templates.map(({ id }) => id);
    }),
    names: namedIn(couponTemplates),
  },
};
