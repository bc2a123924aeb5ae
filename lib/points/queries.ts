import "server-only";

import { and, asc, desc, eq, gt, inArray, lt, lte, notInArray, sql, type SQL } from "drizzle-orm";

import { db as reader, type Db } from "@/db/client";
import { orderItems, orders, pendingPoints, pointAccounts, pointLots, pointsRules, pointsTransactions } from "@/db/schema";
import { statusAt } from "@/lib/accounts/frozen";
import { currentTime } from "@/lib/clock";
import type { UserId } from "@/lib/ctx";
import { Lane, sharedLane } from "@/lib/lane";

import type { EntryKind } from "./ledger";
import { NEVER } from "./lots";

const DAY_MS = 86_400_000;
/** Points that expire within this many days are announced. */
export const EXPIRING_SOON_DAYS = 30;

export type Balance = {
  pointsAvailable: number;
  pointsPending: number;
  pointsDebt: number;
  totalPointsEarned: number;
  status: "active" | "frozen";
  statusReason: string | null;
  /** When a freeze ends by itself. */
  frozenUntil: Date | null;
  isHeld: boolean;
  expiring: { points: number; expiresAt: Date } | null;
};

/** What a person has. Points that have expired are not counted, whether or not the sweep has come by. */
export async function getBalance(db: Db, userId: UserId, now: Date): Promise<Balance> {
  const soonest = db
    .select({ points: pointLots.pointsRemaining, expiresAt: pointLots.expiresAt })
    .from(pointLots)
    .where(and(eq(pointLots.userId, pointAccounts.userId), gt(pointLots.openUntil, now), lte(pointLots.openUntil, soonAfter(now))))
    .orderBy(asc(pointLots.openUntil))
    .limit(1)
    .as("soonest");
  const [account] = await db
    .select({
      pointsPending: pointAccounts.pointsPending, pointsDebt: pointAccounts.pointsDebt, totalPointsEarned: pointAccounts.totalPointsEarned,
      status: pointAccounts.status, statusReason: pointAccounts.statusReason, frozenUntil: pointAccounts.frozenUntil, isHeld: pointAccounts.isHeld, pointsAvailable: available(now),
      points: soonest.points, expiresAt: soonest.expiresAt,
    })
    .from(pointAccounts)
    .leftJoinLateral(soonest, sql`true`)
    .where(eq(pointAccounts.userId, userId));
  if (!account) return { pointsAvailable: 0, pointsPending: 0, pointsDebt: 0, totalPointsEarned: 0, status: "active", statusReason: null, frozenUntil: null, isHeld: false, expiring: null };
  const { points, expiresAt, ...stands } = account;
  return { ...stands, status: statusAt(stands.status, stands.frozenUntil, now), expiring: points !== null && expiresAt ? { points, expiresAt } : null };
}

const soonAfter = (now: Date): Date => new Date(now.getTime() + EXPIRING_SOON_DAYS * DAY_MS);

// Written out: in the columns of a select from one table Drizzle leaves the table's name off, and `user_id = user_id` is everybody.
const available = (now: Date) =>
  sql<number>`points_balance - coalesce((select sum(l.points_remaining) from point_lots l where l.user_id = point_accounts.user_id and l.open_until <= ${now}), 0)`.mapWith(Number);

/** Only the number of points that can be spent; the reads of one tick go in one statement. */
export const readPointsAvailable = (userId: UserId): Promise<number> => balanceReads().submit(userId);

const balanceReads = () => sharedLane("balances", () => new Lane<UserId, number>(readBalances, { batchMax: 256, widthMax: 2, waitingMax: 50_000 }));

async function readBalances(people: readonly UserId[]): Promise<number[]> {
  const rows = await reader()
    .select({ userId: pointAccounts.userId, points: available(currentTime()) })
    .from(pointAccounts)
    .where(inArray(pointAccounts.userId, [...people]));
  const balances = new Map(rows.map(({ userId, points }) => [userId, points]));
  return people.map((userId) => balances.get(userId) ?? 0);
}

export type WalletLot = { id: number; pointsRemaining: number; pointsGranted: number; expiresAt: Date; isSliding: boolean; neverExpires: boolean };

const LOTS_SHOWN_MAX = 200;

/** Lots that hold points now, the soonest to expire first. */
export async function listLots(db: Db, userId: UserId, now: Date): Promise<WalletLot[]> {
  const rows = await db
    .select({ id: pointLots.id, pointsRemaining: pointLots.pointsRemaining, pointsGranted: pointLots.pointsGranted, expiresAt: pointLots.expiresAt, isSliding: pointLots.isSliding })
    .from(pointLots)
    .where(and(eq(pointLots.userId, userId), gt(pointLots.openUntil, now)))
    .orderBy(asc(pointLots.openUntil))
    .limit(LOTS_SHOWN_MAX);
  return rows.map((lot) => ({ ...lot, neverExpires: lot.expiresAt.getTime() === NEVER.getTime() }));
}

export type PendingRow = {
  id: number; points: number; sourceType: string; action: string | null; ruleName: string | null; ruleNameEn: string | null;
  activatesAt: Date | null; releasedBy: string | null; createdAt: Date;
};

const PENDING_SHOWN_MAX = 50;

/** Points that wait, those soonest to be usable first; those that wait for an event come last. */
export async function listPending(db: Db, userId: UserId): Promise<PendingRow[]> {
  return db
    .select({
      id: pendingPoints.id, points: pendingPoints.points, sourceType: pendingPoints.sourceType, action: pointsRules.actionType, ruleName: pointsRules.name, ruleNameEn: pointsRules.nameEn,
      activatesAt: pendingPoints.activatesAt, releasedBy: pendingPoints.releasedBy, createdAt: pendingPoints.createdAt,
    })
    .from(pendingPoints)
    .leftJoin(pointsRules, eq(pointsRules.id, pendingPoints.ruleId))
    .where(and(eq(pendingPoints.userId, userId), eq(pendingPoints.status, "pending")))
    .orderBy(sql`${pendingPoints.activatesAt} is null`, asc(pendingPoints.activatesAt), asc(pendingPoints.id))
    .limit(PENDING_SHOWN_MAX);
}

export type LotDraw = { lotId: number; points: number; expiresAt: Date; isSliding: boolean };

export type WalletEntry = {
  id: number;
  kind: EntryKind;
  pointsChange: number;
  balanceAfter: number;
  sourceType: string;
  sourceId: string;
  action: string | null;
  orderId: string | null;
  productName: string | null;
  productNameEn: string | null;
  reason: string | null;
  breakdown: Record<string, number> | null;
  localDay: string;
  createdAt: Date;
  draws: LotDraw[];
};

/** Which entries: those of a direction, or those that brought points which will soon be gone. */
export const ENTRY_FILTERS = ["all", "in", "out", "expiring"] as const;
export type EntryFilter = (typeof ENTRY_FILTERS)[number];

/** Where entries came from, as a person would sort them. */
export const ENTRY_SOURCES = ["any", "checkIns", "tasks", "orders", "rewards", "expiry", "adjustments"] as const;
export type EntrySource = (typeof ENTRY_SOURCES)[number];

export const ENTRIES_PAGE_MAX = 500;

export type EntryQuery = { filter: EntryFilter; source?: EntrySource; before?: number; limit: number };

/** The ledger, newest first. `before` is the id of the last entry of the page before, so pages stay put while entries are added. */
export async function listEntries(db: Db, userId: UserId, page: EntryQuery, now: Date): Promise<{ entries: WalletEntry[]; nextBefore: number | null }> {
  const limit = Math.min(page.limit, ENTRIES_PAGE_MAX);
  const rows = await selectEntries(db)
    .where(and(
      eq(pointsTransactions.userId, userId), filterOf(page.filter, userId, now), sourceOf(page.source ?? "any"),
      page.before ? lt(pointsTransactions.id, page.before) : undefined,
    ))
    .orderBy(desc(pointsTransactions.id))
    .limit(limit + 1);
  const entries = rows.slice(0, limit);
  return { entries, nextBefore: rows.length > limit ? entries.at(-1)!.id : null };
}

/** These entries of the person; ids of anybody else's are left out. */
export async function findEntries(db: Db, userId: UserId, ids: readonly number[]): Promise<WalletEntry[]> {
  if (ids.length === 0) return [];
  return selectEntries(db).where(and(eq(pointsTransactions.userId, userId), inArray(pointsTransactions.id, [...ids]))).orderBy(desc(pointsTransactions.id)).limit(ENTRIES_PAGE_MAX);
}

/**
 * A column of a select from `points_transactions`: what an entry put into lots and took from them, the soonest to expire first.
 * Its table is written out, since `id` alone would be the lot's.
 */
export const entryDraws = sql`(
    select coalesce(json_arrayagg(json_array(a.lot_id, a.points, l.expires_at, l.is_sliding)), json_array())
    from lot_allocations a join point_lots l on l.id = a.lot_id where a.entry_id = points_transactions.id
  )`.mapWith((rows: readonly [lotId: number, points: number, expiresAt: string, isSliding: number][]): LotDraw[] =>
  rows
    .map(([lotId, points, expiresAt, isSliding]) => ({ lotId, points, expiresAt: pointLots.expiresAt.mapFromDriverValue(expiresAt) as Date, isSliding: isSliding === 1 }))
    .sort((one, other) => one.expiresAt.getTime() - other.expiresAt.getTime()),
);

const selectEntries = (db: Db) =>
  db
    .select({
      id: pointsTransactions.id, kind: pointsTransactions.kind, pointsChange: pointsTransactions.pointsChange, balanceAfter: pointsTransactions.balanceAfter,
      sourceType: pointsTransactions.sourceType, sourceId: pointsTransactions.sourceId, action: pointsRules.actionType, orderId: orders.publicId,
      productName: orderItems.productName, productNameEn: orderItems.productNameEn, reason: pointsTransactions.reason, breakdown: pointsTransactions.breakdown,
      localDay: pointsTransactions.localDay, createdAt: pointsTransactions.createdAt, draws: entryDraws,
    })
    .from(pointsTransactions)
    .leftJoin(pointsRules, eq(pointsRules.id, pointsTransactions.ruleId))
    // An earning of several terms is several entries, named after their order and a part.
    .leftJoin(orders, and(inArray(pointsTransactions.sourceType, [...ORDER_SOURCES]), eq(orders.publicId, sql`substring_index(${pointsTransactions.sourceId}, '~', 1)`)))
    .leftJoin(orderItems, and(eq(orderItems.orderId, orders.id), eq(orderItems.line, 1)));

function filterOf(filter: EntryFilter, userId: UserId, now: Date): SQL | undefined {
  switch (filter) {
    case "all":
      return undefined;
    case "in":
      return gt(pointsTransactions.pointsChange, 0);
    case "out":
      return lt(pointsTransactions.pointsChange, 0);
    case "expiring":
      // Lots first: few are about to expire, and each entry is then found by its primary key.
      return sql`exists (select 1 from lot_allocations a join point_lots l on l.id = a.lot_id where a.entry_id = ${pointsTransactions.id} and a.points > 0
        and l.user_id = ${userId} and l.open_until > ${now} and l.open_until <= ${soonAfter(now)})`;
  }
}

const ORDER_SOURCES = ["order", "purchase", "first_order", "repurchase"] as const;
const CHECK_IN_SOURCES = ["check_in", "make_up"] as const;
const TASK_SOURCES = ["task", "task_undo"] as const;

function sourceOf(source: EntrySource): SQL | undefined {
  const { kind, sourceType } = pointsTransactions;
  switch (source) {
    case "any":
      return undefined;
    case "checkIns":
      return inArray(sourceType, [...CHECK_IN_SOURCES]);
    case "tasks":
      return inArray(sourceType, [...TASK_SOURCES]);
    case "orders":
      return inArray(sourceType, [...ORDER_SOURCES, "refund"]);
    case "rewards":
      return and(eq(kind, "earn"), notInArray(sourceType, [...CHECK_IN_SOURCES, ...TASK_SOURCES, ...ORDER_SOURCES]));
    case "expiry":
      return eq(kind, "expire");
    case "adjustments":
      return inArray(kind, ["adjust", "claw_back"]);
  }
}

export type MonthSums = { month: string; pointsIn: number; pointsOut: number };

/** What came in and went out in each of these months, "YYYY-MM". */
export async function sumMonths(db: Db, userId: UserId, months: readonly string[]): Promise<MonthSums[]> {
  if (months.length === 0) return [];
  const sorted = [...months].sort();
  const month = sql<string>`date_format(${pointsTransactions.localDay}, '%Y-%m')`;
  return db
    .select({
      month,
      pointsIn: sql<number>`sum(greatest(${pointsTransactions.pointsChange}, 0))`.mapWith(Number),
      pointsOut: sql<number>`sum(least(${pointsTransactions.pointsChange}, 0))`.mapWith(Number),
    })
    .from(pointsTransactions)
    .where(and(eq(pointsTransactions.userId, userId), sql`${pointsTransactions.localDay} between ${`${sorted[0]}-01`} and last_day(${`${sorted.at(-1)}-01`})`))
    .groupBy(month);
}
