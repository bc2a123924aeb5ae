import "server-only";

import { and, asc, eq, gte } from "drizzle-orm";

import type { Db } from "@/db/client";
import { spins } from "@/db/schema";
import type { UserId } from "@/lib/ctx";
import type { Day } from "@/lib/day";

import type { Proof, ProofSpin } from "./proof";
import { findDrawBySlug, findRound } from "./queries";

/** Spins of one answer of the proof. */
export const PROOF_PAGE = 20_000;

/** The spins of a round from a number on, in their order. `isOwn` is for who is asking alone. */
export async function listRoundSpins(db: Db, roundId: number, { from = 0, limit = PROOF_PAGE, userId }: { from?: number; limit?: number; userId?: UserId }): Promise<(ProofSpin & { isOwn: boolean })[]> {
  const rows = await db
    .select({ nonce: spins.nonce, roll: spins.roll, rolledPrizeId: spins.rolledPrizeId, prizeId: spins.prizeId, userId: spins.userId })
    .from(spins)
    .where(and(eq(spins.roundId, roundId), gte(spins.nonce, from)))
    .orderBy(asc(spins.nonce))
    .limit(limit);
  return rows.map(({ userId: owner, ...spin }) => ({ ...spin, isOwn: userId !== undefined && owner === userId }));
}

/** The proof of a round as anybody may have it, from a spin's number on. */
export async function findProof(db: Db, slug: string, day: Day, from: number): Promise<Proof | null> {
  const draw = await findDrawBySlug(db, slug);
  const round = draw && (await findRound(db, draw.id, day));
  if (!draw || !round) return null;
  const found = await listRoundSpins(db, round.id, { from, limit: PROOF_PAGE + 1 });
  const shown = found.slice(0, PROOF_PAGE);
  return {
    slug: draw.slug, day, commitment: round.commitment, seed: round.seed, prizeTable: round.prizeTable, revealedAt: round.revealedAt?.toISOString() ?? null, spinsTotal: round.spins,
    spins: shown.map(({ isOwn: _isOwn, ...spin }) => spin), next: found.length > PROOF_PAGE ? found.at(-1)!.nonce : null,
  };
}
