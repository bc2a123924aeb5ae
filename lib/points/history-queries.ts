import "server-only";

import { and, desc, eq, gt, inArray, lt, lte, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { lotAllocations, pointLots, pointsRules, pointsTransactions } from "@/db/schema";
import type { UserId } from "@/lib/ctx";

import { balanceAt, type LastEntry, type LotSums, type PastBalance } from "./history";
import { findEntries, type WalletEntry } from "./queries";

/**
 * A person's balance at any moment, as the sum of the lots it lay in. The sums are made in MySQL, a row a lot: a person's lots are
 * as many as the days on which points of theirs expire, however long their ledger is.
 */
export async function getPastBalance(db: Db, userId: UserId, moment: Date): Promise<PastBalance> {
  const last = await lastEntryBy(db, userId, moment);
  return balanceAt(moment, last, last ? await sumLots(db, userId, last.id) : []);
}

/**
 * A moment is the last entry that bears it. What was written before that entry belongs to it, whatever its own clock said:
 * two requests may get the account's lock in another order than they were asked.
 */
async function lastEntryBy(db: Db, userId: UserId, moment: Date): Promise<LastEntry | null> {
  const [last] = await db
    .select({ id: pointsTransactions.id, createdAt: pointsTransactions.createdAt, balanceAfter: pointsTransactions.balanceAfter })
    .from(pointsTransactions)
    .where(and(eq(pointsTransactions.userId, userId), lte(pointsTransactions.createdAt, moment)))
    .orderBy(desc(pointsTransactions.id))
    .limit(1);
  if (!last) return null;
  const [sum] = await db
    .select({ points: sql<number>`sum(${pointsTransactions.pointsChange})`.mapWith(Number) })
    .from(pointsTransactions)
    .where(and(eq(pointsTransactions.userId, userId), lte(pointsTransactions.id, last.id)));
  return { ...last, pointsChanged: sum!.points };
}

const sumLots = (db: Db, userId: UserId, entryIdMax: number): Promise<LotSums[]> =>
  db
    .select({
      lotId: lotAllocations.lotId,
      pointsIn: sql<number>`sum(greatest(${lotAllocations.points}, 0))`.mapWith(Number),
      pointsOut: sql<number>`-sum(least(${lotAllocations.points}, 0))`.mapWith(Number),
      expiresAt: pointLots.expiresAt,
      isSliding: pointLots.isSliding,
    })
    .from(pointsTransactions)
    .innerJoin(lotAllocations, eq(lotAllocations.entryId, pointsTransactions.id))
    .innerJoin(pointLots, eq(pointLots.id, lotAllocations.lotId))
    .where(and(eq(pointsTransactions.userId, userId), lte(pointsTransactions.id, entryIdMax)))
    .groupBy(lotAllocations.lotId, pointLots.expiresAt, pointLots.isSliding)
    .having(sql`sum(${lotAllocations.points}) <> 0`);

/** An entry, and what it put into the lot or took from it. */
export type LotMove = { entry: WalletEntry; points: number };
export type LotMoves = { moves: LotMove[]; /** The id to read on before; null at the lot's first. */ nextBefore: number | null };

/** Which moves: what filled the lot, what took from it, or both. */
export type LotSide = "in" | "out" | "both";
type LotQuery = { side?: LotSide; entryIdMax?: number; before?: number; limit: number };

/** What filled a lot and what took from it, newest first: entries of this person up to `entryIdMax`. */
export async function listLotMoves(db: Db, userId: UserId, lotId: number, { side = "both", entryIdMax, before, limit }: LotQuery): Promise<LotMoves> {
  const rows = await db
    .select({ id: lotAllocations.entryId, points: lotAllocations.points })
    .from(pointsTransactions)
    .innerJoin(lotAllocations, and(eq(lotAllocations.entryId, pointsTransactions.id), eq(lotAllocations.lotId, lotId)))
    .where(and(
      eq(pointsTransactions.userId, userId), entryIdMax === undefined ? undefined : lte(pointsTransactions.id, entryIdMax), before ? lt(pointsTransactions.id, before) : undefined,
      side === "both" ? undefined : side === "in" ? gt(lotAllocations.points, 0) : lt(lotAllocations.points, 0),
    ))
    .orderBy(desc(pointsTransactions.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const entries = new Map((await findEntries(db, userId, shown.map(({ id }) => id))).map((entry) => [entry.id, entry]));
  return {
    moves: shown.flatMap(({ id, points }) => (entries.has(id) ? [{ entry: entries.get(id)!, points }] : [])),
    nextBefore: rows.length > limit ? shown.at(-1)!.id : null,
  };
}

/** What rules are called, for the parts of a breakdown. */
export async function listRuleNames(db: Db, ids: readonly number[]): Promise<Map<number, { name: string; nameEn: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await db.select({ id: pointsRules.id, name: pointsRules.name, nameEn: pointsRules.nameEn }).from(pointsRules).where(inArray(pointsRules.id, [...ids]));
  return new Map(rows.map(({ id, ...names }) => [id, names]));
}
