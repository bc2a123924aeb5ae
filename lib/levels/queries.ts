import "server-only";

import type { RowDataPacket } from "mysql2";
import { asc, eq, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { readRows, statement, type Statement } from "@/db/packet";
import { levels, memberLevels } from "@/db/schema";
import type { UserId } from "@/lib/ctx";
import { dayOf, startOfDay, type Day } from "@/lib/day";
import type { Policy } from "@/lib/settings/policy";

import { NO_BASIS, nextAbove, standingOn, windowStart, type Basis, type Level } from "./level";

const marks = (values: readonly unknown[]): string => values.map(() => "?").join(",");

/**
 * The standing that rules ask for, one row for each of these people: user_id, level_rank, multiplier_percent.
 * Who has no level yet, or one that was switched off since, stands on the highest one in force that is not above it.
 */
export function readLevels(people: readonly UserId[]): Statement {
  return statement(
    `SELECT p.user_id, COALESCE(l.\`rank\`, 0) AS level_rank, COALESCE(l.multiplier_percent, 100) AS multiplier_percent
     FROM (VALUES ${people.map(() => "ROW(?)").join(",")}) p (user_id)
     LEFT JOIN member_levels m ON m.user_id = p.user_id
     LEFT JOIN levels held ON held.id = m.level_id
     LEFT JOIN levels l ON l.\`rank\` = COALESCE(
       (SELECT MAX(below.\`rank\`) FROM levels below WHERE below.is_active AND below.\`rank\` <= held.\`rank\`),
       (SELECT MIN(lowest.\`rank\`) FROM levels lowest WHERE lowest.is_active))`,
    people,
  );
}

/** What counts towards these people's levels now, as `basesFrom` reads it. */
export function readBases(people: readonly UserId[], now: Date, policy: Policy): Statement {
  const since = windowStart(now, policy);
  return policy.levelBasis === "earned" ? readEarned(people, since) : readPaid(people, startOfDay(since, policy.timeZone));
}

/**
 * Only what was earned counts: gifts, returned points and corrections do not. A claw-back undoes what it names, on the day that it was earned:
 * one of an earning that has left the window takes nothing from it.
 */
function readEarned(people: readonly UserId[], since: Day): Statement {
  return statement(
    `SELECT e.user_id, SUM(e.points_change) AS amount, MIN(e.local_day) AS oldest_day FROM points_transactions e FORCE INDEX (points_transactions_user_idx)
     WHERE e.user_id IN (${marks(people)}) AND e.kind = 'earn' AND e.local_day >= ? GROUP BY e.user_id
     UNION ALL
     SELECT c.user_id, SUM(c.points_change), NULL FROM (
       SELECT user_id, points_change, CONVERT(JSON_UNQUOTE(JSON_EXTRACT(JSON_KEYS(breakdown), '$[0]')) USING ascii) AS undone
       FROM points_transactions FORCE INDEX (points_transactions_user_idx) WHERE user_id IN (${marks(people)}) AND kind = 'claw_back') c
     WHERE EXISTS (SELECT 1 FROM points_transactions e FORCE INDEX (points_transactions_user_idx)
       WHERE e.user_id = c.user_id AND e.kind = 'earn' AND e.local_day >= ? AND CONCAT(e.source_type, ':', SUBSTRING_INDEX(e.source_id, '~', 1)) = c.undone)
     GROUP BY c.user_id`,
    [...people, since, ...people, since],
  );
}

/** Cash that was paid for orders that still stand, less what was refunded of them. */
function readPaid(people: readonly UserId[], since: Date): Statement {
  return statement(
    `SELECT o.user_id, FLOOR(SUM(p.amount_cents - o.cash_refunded_cents) / 100) AS amount, MIN(p.settled_at) AS oldest_at FROM orders o FORCE INDEX (orders_request_key)
     JOIN payments p ON p.order_id = o.id AND p.status = 'paid' AND p.settled_at >= ?
     WHERE o.user_id IN (${marks(people)}) AND o.status NOT IN ('cancelled', 'refunded') GROUP BY o.user_id`,
    [since, ...people],
  );
}

export function basesFrom(rows: readonly RowDataPacket[], timeZone: string): Map<UserId, Basis> {
  const bases = new Map<UserId, Basis>();
  for (const row of rows) {
    const { amount, oldestDay } = bases.get(row.user_id) ?? NO_BASIS;
    bases.set(row.user_id, { amount: amount + Number(row.amount), oldestDay: (row.oldest_day ?? (row.oldest_at ? dayOf(row.oldest_at, timeZone) : null)) ?? oldestDay });
  }
  return bases;
}

const levelColumns = {
  id: levels.id, rank: levels.rank, name: levels.name, nameEn: levels.nameEn, threshold: levels.threshold, multiplierPercent: levels.multiplierPercent,
  benefits: levels.benefits, benefitsEn: levels.benefitsEn,
};

/** The levels in force, from the lowest up. */
export const listLevels = (db: Db): Promise<Level[]> => db.select(levelColumns).from(levels).where(eq(levels.isActive, true)).orderBy(asc(levels.rank));

/** The level that a person stands on; null when the shop has none. */
export async function findStanding(db: Db, userId: UserId): Promise<Level | null> {
  const [ladder, held] = await Promise.all([listLevels(db), findHeld(db, userId)]);
  return standingOn(ladder, held?.rank ?? 0);
}

export type MyLevel = {
  level: Level;
  next: Level | null;
  /** What counts now. */
  basis: number;
  /** How much more reaches the next level. */
  missing: number;
  /** Until when a level is kept whose threshold is not reached any more. */
  graceUntil: Date | null;
};

/** Where a person stands, and what leads further; null when the shop has no levels. */
export async function getLevel(db: Db, userId: UserId, { now, policy }: { now: Date; policy: Policy }): Promise<MyLevel | null> {
  const [ladder, held, rows] = await Promise.all([listLevels(db), findHeld(db, userId), readRows(readBases([userId], now, policy))]);
  const level = standingOn(ladder, held?.rank ?? 0);
  if (!level) return null;
  const basis = Math.max(0, basesFrom(rows, policy.timeZone).get(userId)?.amount ?? 0);
  const next = nextAbove(ladder, level.rank);
  return { level, next, basis, missing: next ? Math.max(0, next.threshold - basis) : 0, graceUntil: held?.graceUntil ?? null };
}

async function findHeld(db: Db, userId: UserId): Promise<{ rank: number; graceUntil: Date | null } | null> {
  const [row] = await db
    .select({ rank: levels.rank, graceUntil: memberLevels.graceUntil })
    .from(memberLevels)
    .innerJoin(levels, eq(levels.id, memberLevels.levelId))
    .where(eq(memberLevels.userId, userId));
  return row ?? null;
}

export type StaffLevel = Level & { isActive: boolean; /** People who were placed on it. Who never earned is not counted. */ members: number };

/** All levels, those switched off too. */
export async function listLevelsForStaff(db: Db): Promise<StaffLevel[]> {
  const [rows, counts] = await Promise.all([
    db.select({ ...levelColumns, isActive: levels.isActive }).from(levels).orderBy(asc(levels.rank)),
    db.select({ levelId: memberLevels.levelId, members: sql<number>`count(*)`.mapWith(Number) }).from(memberLevels).groupBy(memberLevels.levelId),
  ]);
  return rows.map((row) => ({ ...row, members: counts.find(({ levelId }) => levelId === row.id)?.members ?? 0 }));
}

export async function findLevelForStaff(db: Db, id: number): Promise<(Level & { isActive: boolean }) | null> {
  const [row] = await db.select({ ...levelColumns, isActive: levels.isActive }).from(levels).where(eq(levels.id, id)).limit(1);
  return row ?? null;
}
