import "server-only";

import { affectedRows, insertRows, sendPacket, statement } from "@/db/packet";
import { freshSeed, sha256 } from "@/lib/chance";
import type { Ctx } from "@/lib/ctx";
import { addDays, dayOf, endOfDay, startOfDay, type Day } from "@/lib/day";
import { emit } from "@/lib/events/commands";
import { Refusal } from "@/lib/refusal";

import type { Draw } from "../draw";
import { committedText } from "../fair";
import { writeTable } from "../prize";
import { listPrizes } from "../queries";

/** A round's row while the transaction that took a number of it lasts: the seed leaves this folder in no other way. */
export type TakenRound = { id: number; seed: string; prizeTable: string; nonce: number };

/** A seed is told this long after its day at the earliest. */
const REVEALED_AFTER_MS = 5 * 60_000;
const ROUNDS_AT_ONCE = 100;

/**
 * Opens the rounds of this programme day and the next for a draw that people can spin on them: the commitment of a day is there before the day is.
 * A round that is there stays as it is; its prizes do not change any more.
 */
export async function openRounds(ctx: Ctx, draw: Draw): Promise<number> {
  const days = roundDays(ctx, draw);
  if (days.length === 0) return 0;
  const [known = []] = await sendPacket(ctx.tx, [
    statement(`SELECT local_day FROM draw_rounds WHERE draw_id = ? AND local_day IN (${days.map(() => "?").join(",")})`, [draw.id, ...days]),
  ]);
  const missing = days.filter((day) => !known.some((row) => row.local_day === day));
  if (missing.length === 0) return 0;
  const prizeTable = writeTable(await listPrizes(ctx.tx, draw.id));
  const rows = missing.map((day) => [draw.id, day, ...committed(prizeTable), ctx.now] as const);
  const insert = insertRows("draw_rounds", ["draw_id", "local_day", "seed", "seed_hash", "prize_table", "created_at"], rows);
  // Whoever is second for the same day keeps the first one's.
  await sendPacket(ctx.tx, [{ ...insert, sql: `${insert.sql} ON DUPLICATE KEY UPDATE id = draw_rounds.id` }]);
  return missing.length;
}

const committed = (prizeTable: string): [seed: string, hash: string, table: string] => {
  const seed = freshSeed();
  return [seed, sha256(committedText(seed, prizeTable)), prizeTable];
};

/** Today and tomorrow, as far as the draw is open on them. */
function roundDays({ now, policy: { timeZone } }: Ctx, { status, startsAt, endsAt }: Draw): Day[] {
  const today = dayOf(now, timeZone);
  if (status !== "active") return [];
  return [today, addDays(today, 1)].filter((day) =>
    (startsAt === null || startsAt < endOfDay(day, timeZone)) && (endsAt === null || endsAt > startOfDay(day, timeZone)));
}

/** Makes spins wait until a change of the draw is through: its rounds are locked before its stock, as a spin does. */
export async function lockRounds(ctx: Ctx, drawId: number): Promise<void> {
  await sendPacket(ctx.tx, [statement("SELECT id FROM draw_rounds WHERE draw_id = ? AND revealed_at IS NULL ORDER BY id FOR UPDATE", [drawId])]);
}

/**
 * Gives the rounds that nobody could have spun in yet the prizes of now, with a new seed and commitment. `from` is the first such day:
 * today only where the draw was closed until now. A round that was spun in, or that people saw the commitment of on its day, keeps its own.
 */
export async function renewRounds(ctx: Ctx, drawId: number, from: Day): Promise<void> {
  const prizeTable = writeTable(await listPrizes(ctx.tx, drawId));
  const [rows = []] = await sendPacket(ctx.tx, [
    statement("SELECT id, prize_table FROM draw_rounds WHERE draw_id = ? AND local_day >= ? AND spins = 0 AND revealed_at IS NULL ORDER BY id LIMIT 10 FOR UPDATE", [drawId, from]),
  ]);
  for (const round of rows.filter((each) => each.prize_table !== prizeTable)) {
    await sendPacket(ctx.tx, [
      statement("UPDATE draw_rounds SET seed = ?, seed_hash = ?, prize_table = ? WHERE id = ? AND spins = 0", [...committed(prizeTable), round.id as number]),
    ]);
  }
}

/**
 * Takes the next number of the day's round: late in a spin, because all spins of the draw wait for this row. The seed is read after the lock.
 * Refuses `draw_not_open` where there is no round, or its seed is known already.
 */
export async function takeNonce(ctx: Ctx, drawId: number, day: Day): Promise<TakenRound> {
  const [header, [round] = []] = await sendPacket(ctx.tx, [
    statement("UPDATE draw_rounds SET spins = spins + 1 WHERE draw_id = ? AND local_day = ? AND revealed_at IS NULL", [drawId, day]),
    statement("SELECT id, seed, prize_table, spins - 1 AS nonce FROM draw_rounds WHERE draw_id = ? AND local_day = ?", [drawId, day]),
  ]);
  if (affectedRows(header) !== 1 || !round) throw new Refusal("draw_not_open");
  return { id: round.id, seed: round.seed, prizeTable: round.prize_table, nonce: Number(round.nonce) };
}

/** Tells the seeds of rounds whose day is over. From then on nobody spins in them, whatever their clock says. */
export async function revealRounds(ctx: Ctx): Promise<number> {
  const today = dayOf(new Date(ctx.now.getTime() - REVEALED_AFTER_MS), ctx.policy.timeZone);
  const [rows = []] = await sendPacket(ctx.tx, [
    statement("SELECT id, draw_id, local_day, spins FROM draw_rounds WHERE revealed_at IS NULL AND local_day < ? ORDER BY local_day, id LIMIT ? FOR UPDATE", [today, ROUNDS_AT_ONCE]),
  ]);
  if (rows.length === 0) return 0;
  await sendPacket(ctx.tx, [statement(`UPDATE draw_rounds SET revealed_at = ? WHERE id IN (${rows.map(() => "?").join(",")})`, [ctx.now, ...rows.map(({ id }) => id as number)])]);
  await emit(ctx, ...rows.map((row) => ({ name: "draw.revealed", subject: { type: "draw", id: String(row.draw_id) }, data: { day: row.local_day as string, spins: Number(row.spins) } }) as const));
  return rows.length;
}
