import "server-only";

import { and, asc, count, desc, eq, like, ne, or, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { couponTemplates, drawPrizes, drawRounds, draws, prizeStock, spins } from "@/db/schema";
import { DRAW_STATUSES, type DrawStatus, type PrizeKind } from "@/db/schema/draws";
import { containing } from "@/lib/like";

import { expectedPoints, oddsOfNothing, readTable } from "./prize";
import { listPrizes, type NamedDraw } from "./queries";

const DRAWS_MAX = 200;
const TEMPLATES_MAX = 200;
/** Rounds that the results are counted from: a season of days. */
export const RESULT_ROUNDS = 92;

const columns = {
  id: draws.id, slug: draws.slug, name: draws.name, nameEn: draws.nameEn, rules: draws.rules, rulesEn: draws.rulesEn, status: draws.status, startsAt: draws.startsAt, endsAt: draws.endsAt,
  spinPoints: draws.spinPoints, freeSpinsPerDay: draws.freeSpinsPerDay, spinsPerDay: draws.spinsPerDay, updatedAt: draws.updatedAt,
};

export type StaffDraw = NamedDraw & { updatedAt: Date };
export type StaffDrawRow = StaffDraw & { spins: number; pointsTaken: number };
export type DrawCounts = Record<DrawStatus, number>;

/** All draws, the newest first. `counts` are of all, whatever is searched. */
export async function listDrawsForStaff(db: Db, { search = "", status }: { search?: string; status?: DrawStatus }): Promise<{ draws: StaffDrawRow[]; counts: DrawCounts }> {
  const text = search.trim();
  const matching = text === "" ? undefined : or(like(draws.name, containing(text)), like(draws.nameEn, containing(text)), like(draws.slug, containing(text)));
  const [rows, totals, spun] = await Promise.all([
    db.select(columns).from(draws).where(and(matching, status ? eq(draws.status, status) : undefined)).orderBy(desc(draws.id)).limit(DRAWS_MAX),
    db.select({ status: draws.status, total: count() }).from(draws).groupBy(draws.status),
    db.select({ drawId: spins.drawId, spins: count(), points: sql<number>`sum(${spins.points})`.mapWith(Number) }).from(spins).groupBy(spins.drawId),
  ]);
  return {
    draws: rows.map((row) => {
      const sums = spun.find(({ drawId }) => drawId === row.id);
      return { ...row, spins: sums?.spins ?? 0, pointsTaken: sums?.points ?? 0 };
    }),
    counts: Object.fromEntries(DRAW_STATUSES.map((each) => [each, totals.find((row) => row.status === each)?.total ?? 0])) as DrawCounts,
  };
}

export type StaffPrize = {
  id: number; name: string; nameEn: string; kind: PrizeKind; points: number; couponTemplateId: number | null; quantity: number; oddsPpm: number; isActive: boolean;
  /** Pieces left; null without a limit. */
  stock: number | null;
};

/** A draw with its prizes, those switched off too where they were won. */
export async function findDrawForStaff(db: Db, id: number): Promise<(StaffDraw & { prizes: StaffPrize[] }) | null> {
  const [[draw], prizes] = await Promise.all([
    db.select(columns).from(draws).where(eq(draws.id, id)).limit(1),
    db
      .select({
        id: drawPrizes.id, name: drawPrizes.name, nameEn: drawPrizes.nameEn, kind: drawPrizes.kind, points: drawPrizes.points, couponTemplateId: drawPrizes.couponTemplateId,
        quantity: drawPrizes.quantity, oddsPpm: drawPrizes.oddsPpm, isActive: drawPrizes.isActive, stock: prizeStock.stock,
      })
      .from(drawPrizes)
      .leftJoin(prizeStock, eq(prizeStock.prizeId, drawPrizes.id))
      .where(and(eq(drawPrizes.drawId, id), eq(drawPrizes.isActive, true)))
      .orderBy(asc(drawPrizes.position), asc(drawPrizes.id)),
  ]);
  return draw ? { ...draw, prizes } : null;
}

export type PrizeResult = { prizeId: number | null; name: string; nameEn: string; /** Hits, and of these those that were given. */ hits: number; given: number; /** Hits by the odds of the rounds. */ expected: number };
export type DrawResults = { rounds: number; spins: number; pointsTaken: number; pointsGiven: number; prizes: PrizeResult[]; /** Points that a spin gives on average by the prizes of now. */ expectedPoints: number };

/** What was hit against what the odds of each round said, over its latest rounds. The last line is nothing. */
export async function readResults(db: Db, drawId: number): Promise<DrawResults> {
  const rounds = await db
    .select({ id: drawRounds.id, prizeTable: drawRounds.prizeTable, spins: drawRounds.spins })
    .from(drawRounds)
    .where(and(eq(drawRounds.drawId, drawId), ne(drawRounds.spins, 0)))
    .orderBy(desc(drawRounds.localDay))
    .limit(RESULT_ROUNDS);
  const [hits, prizes] = await Promise.all([countHits(db, drawId, rounds.map(({ id }) => id)), listPrizes(db, drawId)]);
  const lines = new Map<number | null, PrizeResult>();
  const line = (prizeId: number | null, name: string, nameEn: string): PrizeResult => {
    const known = lines.get(prizeId) ?? { prizeId, name, nameEn, hits: 0, given: 0, expected: 0 };
    lines.set(prizeId, known);
    return known;
  };
  for (const { prizeTable, spins: spun } of rounds) {
    const table = readTable(prizeTable);
    for (const prize of table) line(prize.id, prize.name, prize.nameEn).expected += (spun * prize.oddsPpm) / 1_000_000;
    line(null, "", "").expected += (spun * oddsOfNothing(table)) / 1_000_000;
  }
  let pointsGiven = 0;
  for (const hit of hits) {
    const known = line(hit.rolledPrizeId, "", "");
    known.hits += hit.spins;
    known.given += hit.given;
    const amounts = rounds.find(({ id }) => id === hit.roundId)!;
    const prize = readTable(amounts.prizeTable).find(({ id }) => id === hit.rolledPrizeId);
    if (prize?.kind === "points") pointsGiven += hit.given * prize.amount;
  }
  const nothing = lines.get(null);
  return {
    rounds: rounds.length, spins: hits.reduce((sum, hit) => sum + hit.spins, 0), pointsTaken: hits.reduce((sum, hit) => sum + hit.points, 0), pointsGiven,
    prizes: [...[...lines.values()].filter(({ prizeId }) => prizeId !== null), ...(nothing ? [nothing] : [])], expectedPoints: expectedPoints(prizes),
  };
}

async function countHits(db: Db, drawId: number, roundIds: readonly number[]) {
  if (roundIds.length === 0) return [];
  return db
    .select({
      roundId: spins.roundId, rolledPrizeId: spins.rolledPrizeId, spins: count(), given: sql<number>`sum(${spins.prizeId} is not null)`.mapWith(Number), points: sql<number>`sum(${spins.points})`.mapWith(Number),
    })
    .from(spins)
    .where(and(eq(spins.drawId, drawId), sql`${spins.roundId} in ${[...roundIds]}`))
    .groupBy(spins.roundId, spins.rolledPrizeId);
}

/** Coupons that can be a prize. */
export async function listCouponChoices(db: Db): Promise<{ id: number; name: string; nameEn: string }[]> {
  return db
    .select({ id: couponTemplates.id, name: couponTemplates.name, nameEn: couponTemplates.nameEn })
    .from(couponTemplates)
    .where(eq(couponTemplates.status, "active"))
    .orderBy(asc(couponTemplates.name))
    .limit(TEMPLATES_MAX);
}
