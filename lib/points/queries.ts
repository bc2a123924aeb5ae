import "server-only";

import { and, asc, desc, eq, gt, inArray, lt, lte, sql } from "drizzle-orm";

import { db as reader, type Db } from "@/db/client";
import { lotAllocations, orderItems, orders, pointAccounts, pointLots, pointsRules, pointsTransactions } from "@/db/schema";
import { currentTime } from "@/lib/clock";
import type { UserId } from "@/lib/ctx";
import { Lane, sharedLane } from "@/lib/lane";

import type { EntryKind } from "./ledger";
import { NEVER } from "./lots";

const DAY_MS = 86_400_000;
/** Points that expire within this many days are announced. */
const EXPIRING_SOON_DAYS = 30;

export type Balance = {
  pointsAvailable: number;
  pointsPending: number;
  pointsDebt: number;
  totalPointsEarned: number;
  status: "active" | "frozen";
  statusReason: string | null;
  expiring: { points: number; expiresAt: Date } | null;
};

/** What a person has. Points that have expired are not counted, whether or not the sweep has come by. */
export async function getBalance(db: Db, userId: UserId, now: Date): Promise<Balance> {
  const [[account], lots] = await Promise.all([
    db
      .select({
        pointsPending: pointAccounts.pointsPending, pointsDebt: pointAccounts.pointsDebt, totalPointsEarned: pointAccounts.totalPointsEarned,
        status: pointAccounts.status, statusReason: pointAccounts.statusReason, pointsAvailable: available(now),
      })
      .from(pointAccounts)
      .where(eq(pointAccounts.userId, userId)),
    db
      .select({ points: pointLots.pointsRemaining, expiresAt: pointLots.expiresAt })
      .from(pointLots)
      .where(and(eq(pointLots.userId, userId), gt(pointLots.openUntil, now), lte(pointLots.openUntil, new Date(now.getTime() + EXPIRING_SOON_DAYS * DAY_MS))))
      .orderBy(asc(pointLots.openUntil))
      .limit(1),
  ]);
  const empty = { pointsAvailable: 0, pointsPending: 0, pointsDebt: 0, totalPointsEarned: 0, status: "active", statusReason: null } as const;
  return { ...(account ?? empty), expiring: lots[0] ?? null };
}

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

export type WalletLot = { id: number; pointsRemaining: number; pointsGranted: number; expiresAt: Date; neverExpires: boolean };

const LOTS_SHOWN_MAX = 200;

/** Lots that hold points now, the soonest to expire first. */
export async function listLots(db: Db, userId: UserId, now: Date): Promise<WalletLot[]> {
  const rows = await db
    .select({ id: pointLots.id, pointsRemaining: pointLots.pointsRemaining, pointsGranted: pointLots.pointsGranted, expiresAt: pointLots.expiresAt })
    .from(pointLots)
    .where(and(eq(pointLots.userId, userId), gt(pointLots.openUntil, now)))
    .orderBy(asc(pointLots.openUntil))
    .limit(LOTS_SHOWN_MAX);
  return rows.map((lot) => ({ ...lot, neverExpires: lot.expiresAt.getTime() === NEVER.getTime() }));
}

export type LotDraw = { lotId: number; points: number; expiresAt: Date };

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
  createdAt: Date;
  draws: LotDraw[];
};

export type EntryFilter = "all" | "in" | "out";
export const ENTRIES_PAGE_MAX = 100;

/** The ledger, newest first. `before` is the id of the last entry of the page before. */
export async function listEntries(
  db: Db, userId: UserId, page: { filter: EntryFilter; before?: number; limit: number },
): Promise<{ entries: WalletEntry[]; nextBefore: number | null }> {
  const limit = Math.min(page.limit, ENTRIES_PAGE_MAX);
  const rows = await db
    .select({
      id: pointsTransactions.id, kind: pointsTransactions.kind, pointsChange: pointsTransactions.pointsChange, balanceAfter: pointsTransactions.balanceAfter,
      sourceType: pointsTransactions.sourceType, sourceId: pointsTransactions.sourceId, action: pointsRules.actionType, orderId: orders.publicId,
      productName: orderItems.productName, productNameEn: orderItems.productNameEn, reason: pointsTransactions.reason, createdAt: pointsTransactions.createdAt,
    })
    .from(pointsTransactions)
    .leftJoin(pointsRules, eq(pointsRules.id, pointsTransactions.ruleId))
    .leftJoin(orders, and(inArray(pointsTransactions.sourceType, ["order", "purchase", "repurchase"]), eq(orders.publicId, pointsTransactions.sourceId)))
    .leftJoin(orderItems, and(eq(orderItems.orderId, orders.id), eq(orderItems.line, 1)))
    .where(and(eq(pointsTransactions.userId, userId), filterOf(page.filter), page.before ? lt(pointsTransactions.id, page.before) : undefined))
    .orderBy(desc(pointsTransactions.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const draws = await drawsOf(db, shown.map(({ id }) => id));
  return {
    entries: shown.map((row) => ({ ...row, draws: draws.get(row.id) ?? [] })),
    nextBefore: rows.length > limit ? shown.at(-1)!.id : null,
  };
}

const filterOf = (filter: EntryFilter) =>
  filter === "in" ? gt(pointsTransactions.pointsChange, 0) : filter === "out" ? lt(pointsTransactions.pointsChange, 0) : undefined;

/** The lots that each entry put points into or took them from. */
export async function drawsOf(db: Db, entryIds: readonly number[]): Promise<Map<number, LotDraw[]>> {
  if (entryIds.length === 0) return new Map();
  const rows = await db
    .select({ entryId: lotAllocations.entryId, lotId: lotAllocations.lotId, points: lotAllocations.points, expiresAt: pointLots.expiresAt })
    .from(lotAllocations)
    .innerJoin(pointLots, eq(pointLots.id, lotAllocations.lotId))
    .where(inArray(lotAllocations.entryId, [...entryIds]))
    .orderBy(asc(pointLots.expiresAt));
  const draws = new Map<number, LotDraw[]>();
  for (const { entryId, ...draw } of rows) draws.set(entryId, [...(draws.get(entryId) ?? []), draw]);
  return draws;
}
