import "server-only";

import type { RowDataPacket } from "mysql2";

import { sendPacket, statement, type Statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import { eventRows } from "@/lib/events/commands";
import type { Fact } from "@/lib/events/event";
import { openBook } from "@/lib/points/commands";
import { clawBack } from "@/lib/points/keeping/commands";
import { perkRows, perksFrom, readPerks, type PerkMove } from "@/lib/points/perks/commands";

import { claimSource } from "../commands";
import { spansOfClaim, type Span } from "../period";
import { hasFallen } from "../progress";
import { countFacts, countsFrom } from "../queries";
import { readStandingClaims } from "./queries";

type StandingClaim = { id: number; taskId: number; period: string; claimedFor: number; claimedAt: Date; name: string; spans: Span[] };

/**
 * Takes back what a person claimed for things that were undone since: the points by the programme's policy, cards as far as they are still held.
 * A claim falls once. Returns how many fell.
 */
export async function undoTasks(ctx: Ctx, userId: UserId): Promise<{ undone: number; points: number }> {
  const { ridden } = await openBook(ctx, [userId], [], [readStandingClaims(userId)]);
  const claims = (ridden[0] ?? []).map((row) => claimFrom(row, ctx));
  const fallen = await fallenOf(ctx, userId, claims);
  if (fallen.length === 0) return { undone: 0, points: 0 };
  let points = 0;
  for (const claim of fallen) {
    const cause = { type: "task_undo", id: claimSource(userId, claim.taskId, claim.period).id };
    const taken = await clawBack(ctx, { userId, source: claimSource(userId, claim.taskId, claim.period), cause, reason: claim.name });
    points += taken.points + taken.fromPending;
    await sendPacket(ctx.tx, [
      statement("UPDATE user_tasks SET rolled_back_at = ? WHERE id = ? AND rolled_back_at IS NULL", [ctx.now, claim.id]),
      ...(await cardsBack(ctx, userId, claim, cause)),
      eventRows([{ fact: rolledBack(userId, claim, taken.points + taken.fromPending), by: null }], ctx.now),
    ]);
  }
  return { undone: fallen.length, points };
}

function claimFrom(row: RowDataPacket, ctx: Ctx): StandingClaim {
  const task = { metric: row.metric, eventName: row.event_name, windowDays: row.window_days, period: row.task_period, startsAt: row.starts_at, endsAt: row.ends_at };
  return {
    id: row.claim_id, taskId: row.task_id, period: row.period, claimedFor: row.progress, claimedAt: row.completed_at, name: row.name,
    spans: spansOfClaim(task, { period: row.period, claimedAt: row.completed_at }, ctx.now, ctx.policy.timeZone),
  };
}

async function fallenOf(ctx: Ctx, userId: UserId, claims: readonly StandingClaim[]): Promise<StandingClaim[]> {
  const asks = claims.flatMap((claim) => claim.spans.map((span) => ({ claim, span })));
  if (asks.length === 0) return [];
  const [rows = []] = await sendPacket(ctx.tx, [countFacts(asks.map(({ span }) => ({ userId, span })))]);
  const counts = countsFrom(rows);
  return claims.filter((claim) => hasFallen(claim.claimedFor, asks.flatMap((ask, place) => (ask.claim === claim ? [counts[place] ?? 0] : []))));
}

/** Cards that were used meanwhile are gone; a policy that lets points be lets cards be. */
async function cardsBack(ctx: Ctx, userId: UserId, claim: StandingClaim, cause: PerkMove["source"]): Promise<Statement[]> {
  if (ctx.policy.clawBack === "keep") return [];
  const source = claimSource(userId, claim.taskId, claim.period);
  const [given = [], held = []] = await sendPacket(ctx.tx, [
    statement("SELECT perk, quantity FROM perk_moves WHERE source_type = ? AND source_id = ?", [source.type, source.id]), readPerks([userId]),
  ]);
  const moves = given.map((row): PerkMove => ({ userId, perk: row.perk, quantity: -Math.min(row.quantity, perksFrom(held)(userId)[row.perk as PerkMove["perk"]]), source: cause }));
  return perkRows(moves.filter(({ quantity }) => quantity < 0), ctx.now);
}

const rolledBack = (userId: UserId, { taskId, period }: StandingClaim, points: number): Fact => ({
  name: "task.rolled_back", subject: { type: "user", id: String(userId) }, data: { taskId, period, points },
});
