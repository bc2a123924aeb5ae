import "server-only";

import { and, countDistinct, eq, gte, isNull, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { accountHolds, appeals, mailMessages, orders, reviews, riskAlerts, users } from "@/db/schema";
import { countWaitingFor } from "@/lib/adjustments/staff-queries";
import { findLastAuditCheck } from "@/lib/audit/sealing/state-queries";
import { countLowStock } from "@/lib/catalog/staff-queries";
import type { StaffId } from "@/lib/ctx";
import { Progress } from "@/lib/events/handling/progress";
import { findNewestReport, listGivenUp } from "@/lib/events/handling/queries";
import { inView } from "@/lib/orders/fulfilment-queries";
import { listStrayNotices } from "@/lib/orders/payment-queries";
import type { Permission } from "@/lib/accounts/permission";
import { isToldTo } from "@/lib/risk/staff-queries";
import type { Policy } from "@/lib/settings/policy";

import { QUEUE_KEYS, queueKeysFor, type QueueKey, type StaffQueue } from "./queue";

type Asker = { id: StaffId; permissions: ReadonlySet<Permission> };
type Facts = { now: Date; policy: Pick<Policy, "lowStock"> };

const DAY_MS = 86_400_000;
/** Money and mail that went astray are looked into within a month; later they are history, in their logs. */
const ASTRAY_DAYS = 30;
const COUNTED_MAX = 200;

/** What waits for this member of staff, read anew each time: nothing that their role may not do is even counted. */
export async function getStaffQueue(db: Db, staff: Asker, facts: Facts, keys: readonly QueueKey[] = QUEUE_KEYS): Promise<StaffQueue> {
  return Promise.all(queueKeysFor(staff.permissions).filter((key) => keys.includes(key)).map(async (key) => ({ key, count: await counts[key](db, staff, facts) })));
}

type Count = (db: Db, staff: Asker, facts: Facts) => Promise<number>;

const all = sql<number>`count(*)`.mapWith(Number);
const ago = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);

const counts: Readonly<Record<QueueKey, Count>> = {
  toShip: (db) => db.select({ all }).from(orders).where(inView("to_send")).then(first),
  short: (db) => db.select({ all }).from(orders).where(and(eq(orders.status, "paid"), isShortOfCodes)).then(first),
  toPickUp: (db) => db.select({ all }).from(orders).where(inView("to_pick_up")).then(first),
  approvals: (_, { id }) => countWaitingFor(id),
  alerts: (db, staff) => db.select({ all }).from(riskAlerts).innerJoin(users, eq(users.id, riskAlerts.userId)).where(and(eq(riskAlerts.status, "open"), isToldTo(staff))).then(first),
  appeals: (db, staff) => db.select({ all }).from(appeals).innerJoin(users, eq(users.id, appeals.userId)).where(and(eq(appeals.status, "open"), isToldTo(staff))).then(first),
  reviews: (db) => db.select({ all }).from(reviews).where(eq(reviews.status, "pending")).then(first),
  lowStock: (db, _, { policy }) => countLowStock(db, policy.lowStock),
  payments: async (db, _, { now }) => (await listStrayNotices(db, ago(now, ASTRAY_DAYS), COUNTED_MAX)).length,
  mail: (db, _, { now }) => db.select({ all }).from(mailMessages).where(and(eq(mailMessages.status, "failed"), gte(mailMessages.createdAt, ago(now, ASTRAY_DAYS)))).then(first),
  events: countTroubled,
  books: (db) => db.select({ all: countDistinct(accountHolds.userId) }).from(accountHolds).where(isNull(accountHolds.clearedAt)).then(first),
  trail: async () => ((await findLastAuditCheck())?.check.broken ? 1 : 0),
};

const first = (rows: readonly { all: number }[]): number => rows[0]?.all ?? 0;

/** Pieces with a code of their own are owed, and the pool has none. */
const isShortOfCodes = sql`exists (
  select 1 from order_items i join skus s on s.id = i.sku_id
  where i.order_id = ${orders.id} and i.delivery = 'virtual' and s.has_codes and i.quantity_delivered + i.quantity_refunded < i.quantity
    and not exists (select 1 from virtual_codes c where c.sku_id = s.id and c.status = 'free'))`;

/** Events whose consequences fail again and again, and those that were given up. */
async function countTroubled(): Promise<number> {
  const [newest, lost] = await Promise.all([findNewestReport("dispatch-events"), listGivenUp(COUNTED_MAX)]);
  const known = Progress.safeParse(newest?.report);
  return new Set([...(known.success ? known.data.failures.map(Number) : []), ...lost.map(({ id }) => id)]).size;
}
