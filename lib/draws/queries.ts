import "server-only";

import { and, asc, desc, eq, inArray, isNull, isNotNull, lte, ne, or, gt, sql } from "drizzle-orm";
import type { RowDataPacket } from "mysql2";

import type { Db } from "@/db/client";
import { readRows, statement, type Statement } from "@/db/packet";
import { drawPrizes, drawRounds, draws, prizeStock, spins, users } from "@/db/schema";
import type { PrizeKind } from "@/db/schema/draws";
import type { UserId } from "@/lib/ctx";
import type { Day } from "@/lib/day";

import type { Chances, Draw } from "./draw";
import { readTable, type TablePrize } from "./prize";

const DRAWS_MAX = 20;

export type NamedDraw = Draw & { name: string; nameEn: string; rules: string; rulesEn: string };

const drawColumns = {
  id: draws.id, slug: draws.slug, status: draws.status, startsAt: draws.startsAt, endsAt: draws.endsAt, spinPoints: draws.spinPoints,
  freeSpinsPerDay: draws.freeSpinsPerDay, spinsPerDay: draws.spinsPerDay,
};
const namedColumns = { ...drawColumns, name: draws.name, nameEn: draws.nameEn, rules: draws.rules, rulesEn: draws.rulesEn };

export async function findDraw(db: Db, id: number): Promise<Draw | null> {
  const [row] = await db.select(drawColumns).from(draws).where(eq(draws.id, id));
  return row ?? null;
}

/** A draw by its address; one that was never opened to people is not there. */
export async function findDrawBySlug(db: Db, slug: string): Promise<NamedDraw | null> {
  const [row] = await db.select(namedColumns).from(draws).where(and(eq(draws.slug, slug), ne(draws.status, "draft")));
  return row ?? null;
}

/** Draws that are open or will be, those that are open first. */
export async function listDraws(db: Db, now: Date): Promise<NamedDraw[]> {
  return db
    .select(namedColumns)
    .from(draws)
    .where(and(eq(draws.status, "active"), or(isNull(draws.endsAt), gt(draws.endsAt, now))))
    .orderBy(asc(sql`coalesce(${draws.startsAt} > ${now}, 0)`), desc(draws.id))
    .limit(DRAWS_MAX);
}

/** The newest draw that people can spin now. */
export async function findOpenDraw(db: Db, now: Date): Promise<NamedDraw | null> {
  const [row] = await db
    .select(namedColumns)
    .from(draws)
    .where(and(eq(draws.status, "active"), or(isNull(draws.startsAt), lte(draws.startsAt, now)), or(isNull(draws.endsAt), gt(draws.endsAt, now))))
    .orderBy(desc(draws.id))
    .limit(1);
  return row ?? null;
}

/** Draws whose rounds the clock keeps. */
export const listActiveDraws = (db: Db): Promise<Draw[]> => db.select(drawColumns).from(draws).where(eq(draws.status, "active")).orderBy(draws.id);

/** The prizes of now, as the next round will be played by them. */
export async function listPrizes(db: Db, drawId: number): Promise<TablePrize[]> {
  const rows = await db
    .select({
      id: drawPrizes.id, oddsPpm: drawPrizes.oddsPpm, kind: drawPrizes.kind, points: drawPrizes.points, couponTemplateId: drawPrizes.couponTemplateId,
      quantity: drawPrizes.quantity, name: drawPrizes.name, nameEn: drawPrizes.nameEn,
    })
    .from(drawPrizes)
    .where(and(eq(drawPrizes.drawId, drawId), eq(drawPrizes.isActive, true)))
    .orderBy(asc(drawPrizes.position), asc(drawPrizes.id));
  return rows.map(({ points, couponTemplateId, ...prize }) => ({ ...prize, amount: prize.kind === "points" ? points : (couponTemplateId ?? 0) }));
}

/** A person's spins of the day and what they were given, as `chancesFrom` reads it. Under the lock of their account the answer stays true. */
export const readChances = (userId: UserId, drawId: number, day: Day): Statement[] => [
  statement("SELECT COUNT(*) AS spun, COALESCE(SUM(paid_with = 'free'), 0) AS free FROM spins FORCE INDEX (spins_user_idx) WHERE user_id = ? AND draw_id = ? AND local_day = ?", [userId, drawId, day]),
  statement("SELECT COALESCE(SUM(quantity), 0) AS granted FROM spin_moves FORCE INDEX (spin_moves_user_idx) WHERE user_id = ? AND draw_id = ?", [userId, drawId]),
];

export function chancesFrom(results: readonly RowDataPacket[][]): Chances {
  const [day, moves] = [results[0]?.[0], results[1]?.[0]];
  return { spunToday: Number(day?.spun ?? 0), freeToday: Number(day?.free ?? 0), granted: Number(moves?.granted ?? 0) };
}

/** The same outside a transaction, for a page. */
export async function getChances(userId: UserId, drawId: number, day: Day): Promise<Chances> {
  return chancesFrom(await Promise.all(readChances(userId, drawId, day).map(readRows)));
}

/** What anybody may know of a round. The seed is read only where it has been told. */
export type PublicRound = { id: number; day: Day; commitment: string; prizeTable: string; prizes: TablePrize[]; spins: number; seed: string | null; revealedAt: Date | null };

const roundColumns = {
  id: drawRounds.id, day: drawRounds.localDay, commitment: drawRounds.seedHash, prizeTable: drawRounds.prizeTable, spins: drawRounds.spins, revealedAt: drawRounds.revealedAt,
  seed: sql<string | null>`if(${drawRounds.revealedAt} is null, null, ${drawRounds.seed})`,
};

export async function findRound(db: Db, drawId: number, day: Day): Promise<PublicRound | null> {
  const [row] = await db.select(roundColumns).from(drawRounds).where(and(eq(drawRounds.drawId, drawId), eq(drawRounds.localDay, day)));
  return row ? { ...row, day: row.day as Day, prizes: readTable(row.prizeTable) } : null;
}

export type ToldRound = { day: Day; spins: number };

/** The latest rounds whose seed was told and that somebody spun in. */
export async function listToldRounds(db: Db, drawId: number, limit: number): Promise<ToldRound[]> {
  const rows = await db
    .select({ day: drawRounds.localDay, spins: drawRounds.spins })
    .from(drawRounds)
    .where(and(eq(drawRounds.drawId, drawId), isNotNull(drawRounds.revealedAt), gt(drawRounds.spins, 0)))
    .orderBy(desc(drawRounds.localDay))
    .limit(limit);
  return rows as ToldRound[];
}

/** Pieces that are left of these prizes; one without a limit is not in the answer. */
export async function readPrizeStock(db: Db, prizeIds: readonly number[]): Promise<Map<number, number>> {
  if (prizeIds.length === 0) return new Map();
  const rows = await db.select({ prizeId: prizeStock.prizeId, stock: prizeStock.stock }).from(prizeStock).where(inArray(prizeStock.prizeId, [...prizeIds]));
  return new Map(rows.map(({ prizeId, stock }) => [prizeId, stock]));
}

export type OwnSpin = {
  spinId: string;
  day: Day;
  nonce: number;
  roll: number;
  paidWith: "points" | "free" | "granted";
  points: number;
  createdAt: Date;
  /** What was hit, by the prizes of its round, and whether it was given. */
  rolled: TablePrize | null;
  isGiven: boolean;
};

/** A person's latest spins, the newest first. */
export async function listOwnSpins(db: Db, userId: UserId, drawId: number, limit: number): Promise<OwnSpin[]> {
  const rows = await db
    .select({
      spinId: spins.publicId, day: spins.localDay, nonce: spins.nonce, roll: spins.roll, paidWith: spins.paidWith, points: spins.points, createdAt: spins.createdAt,
      rolledPrizeId: spins.rolledPrizeId, prizeId: spins.prizeId, prizeTable: drawRounds.prizeTable,
    })
    .from(spins)
    .innerJoin(drawRounds, eq(drawRounds.id, spins.roundId))
    .where(and(eq(spins.userId, userId), eq(spins.drawId, drawId)))
    .orderBy(desc(spins.localDay), desc(spins.id))
    .limit(limit);
  return rows.map(({ rolledPrizeId, prizeId, prizeTable, ...row }) => ({
    ...row, day: row.day as Day, rolled: readTable(prizeTable).find(({ id }) => id === rolledPrizeId) ?? null, isGiven: prizeId !== null,
  }));
}

/** What these spins gave, by their ids, with the names that it had then. */
export async function listGivenPrizes(db: Db, spinIds: readonly string[]): Promise<Map<string, Pick<TablePrize, "name" | "nameEn">>> {
  if (spinIds.length === 0) return new Map();
  const rows = await db
    .select({ spinId: spins.publicId, prizeId: spins.prizeId, prizeTable: drawRounds.prizeTable })
    .from(spins)
    .innerJoin(drawRounds, eq(drawRounds.id, spins.roundId))
    .where(inArray(spins.publicId, [...spinIds]));
  return new Map(rows.flatMap(({ spinId, prizeId, prizeTable }) => readTable(prizeTable).filter(({ id }) => id === prizeId).map((prize) => [spinId, prize] as const)));
}

export type Winner = { spinId: string; username: string; prize: { name: string; nameEn: string; kind: PrizeKind }; createdAt: Date };

/** Spins that are looked through for the latest winners. */
const RECENT_SPINS = 200;

/** Who won something lately. Names are masked where they are shown; people who left are left out. */
export async function listWinners(db: Db, drawId: number, limit: number): Promise<Winner[]> {
  const rows = await db
    .select({ spinId: spins.publicId, username: users.username, erasedAt: users.erasedAt, name: drawPrizes.name, nameEn: drawPrizes.nameEn, kind: drawPrizes.kind, createdAt: spins.createdAt })
    .from(spins)
    .innerJoin(users, eq(users.id, spins.userId))
    .leftJoin(drawPrizes, eq(drawPrizes.id, spins.prizeId))
    .where(eq(spins.drawId, drawId))
    .orderBy(desc(spins.id))
    .limit(RECENT_SPINS);
  return rows
    .flatMap(({ erasedAt, name, nameEn, kind, ...row }) => (erasedAt === null && name !== null && kind !== null && kind !== "nothing" ? [{ ...row, prize: { name, nameEn: nameEn ?? "", kind } }] : []))
    .slice(0, limit);
}
