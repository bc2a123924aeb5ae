import "server-only";

import type { RowDataPacket } from "mysql2";

import { sendPacket, statement, type Statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import { eventRows } from "@/lib/events/commands";

import { pageOf, postActivation, settlePending, type Book } from "../book";
import { lotsFor, openBook, writeBook } from "../commands";
import { lifetimeOf, type Lifetime } from "../expiry";
import type { Source } from "../ledger";
import { hasExpired } from "../lots";

type PendingRow = { id: number; userId: UserId; points: number; ruleId: number | null; source: Source; breakdown: Record<string, number>; life: Lifetime };

const COLUMNS = "id, user_id, points, rule_id, source_type, source_id, breakdown, expiry, activates_at";

/** Pending points whose time has come, the longest due first, but for some. Those of an account whose books are being checked stay as they are. */
export async function listDuePending(ctx: Ctx, max: number, except: readonly number[] = []): Promise<number[]> {
  const butFor = except.length === 0 ? "" : ` AND p.id NOT IN (${except.map(() => "?").join(",")})`;
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT p.id FROM pending_points p FORCE INDEX (pending_points_due_idx) STRAIGHT_JOIN point_accounts a ON a.user_id = p.user_id AND NOT a.is_held
       WHERE p.status = 'pending' AND p.activates_at <= ?${butFor} ORDER BY p.activates_at, p.id LIMIT ?`,
      [ctx.now, ...except, max],
    ),
  ]);
  return rows.map((row) => row.id as number);
}

/** Makes pending points spendable; their life starts when they become so, not when the clock comes by. What is not pending any more is left out. */
export async function activatePending(ctx: Ctx, ids: readonly number[]): Promise<{ grants: number; points: number }> {
  if (ids.length === 0) return { grants: 0, points: 0 };
  return activate(ctx, statement(`SELECT ${COLUMNS} FROM pending_points WHERE id IN (${ids.map(() => "?").join(",")}) AND status = 'pending' ORDER BY id`, ids));
}

/** Activates what waits for this event. */
export const releasePending = (ctx: Ctx, releasedBy: string): Promise<{ grants: number; points: number }> =>
  activate(ctx, statement(`SELECT ${COLUMNS} FROM pending_points WHERE released_by = ? AND status = 'pending' ORDER BY id`, [releasedBy]));

async function activate(ctx: Ctx, read: Statement): Promise<{ grants: number; points: number }> {
  const [found = []] = await sendPacket(ctx.tx, [read]);
  const seen = found.map((row) => rowFrom(row, ctx));
  if (seen.length === 0) return { grants: 0, points: 0 };
  // Read again under the accounts' locks: a refund may have taken some, or a part, meanwhile.
  const { book, ridden } = await openBook(ctx, seen.map(({ userId }) => userId), lotsFor(seen.map(({ life }) => life)), [
    statement(`SELECT ${COLUMNS} FROM pending_points WHERE id IN (${seen.map(() => "?").join(",")}) AND status = 'pending' ORDER BY id`, seen.map(({ id }) => id)),
  ]);
  const still = (ridden[0] ?? []).map((row) => rowFrom(row, ctx));
  const isHeld = ({ userId }: PendingRow): boolean => pageOf(book, userId).isHeld;
  const [rows, held] = [still.filter((row) => !isHeld(row)), still.filter(isHeld)];
  for (const { userId, points, ruleId, source, breakdown, life } of rows) {
    postActivation(book, userId, points, life, source, { ruleId: ruleId ?? undefined, breakdown });
  }
  if (held.length > 0) await sendPacket(ctx.tx, [dueNow(ctx, held)]);
  if (rows.length > 0) await writeBook(ctx, book, [settled(ctx, rows, "active"), activations(rows, ctx.now)]);
  return { grants: rows.length, points: rows.reduce((sum, { points }) => sum + points, 0) };
}

/** An event comes once: what it would have released by now is left to the clock, which comes again when the books are cleared. */
const dueNow = (ctx: Ctx, rows: readonly PendingRow[]): Statement =>
  statement(`UPDATE pending_points SET activates_at = LEAST(COALESCE(activates_at, ?), ?) WHERE id IN (${rows.map(() => "?").join(",")})`, [ctx.now, ctx.now, ...rows.map(({ id }) => id)]);

/**
 * Takes up to `points` from what is pending of an earning, in a book that has the person's page.
 * Returns how much it was and the statements that write it: a row ends whole, or keeps the rest and says so in its breakdown.
 */
export function cancelInBook(ctx: Ctx, book: Book, rows: readonly RowDataPacket[], points = Infinity): { points: number; statements: Statement[] } {
  let total = 0;
  const ended: PendingRow[] = [];
  const statements: Statement[] = [];
  for (const row of rows.map((each) => rowFrom(each, ctx))) {
    const taken = Math.min(row.points, points - total);
    if (taken === 0) break;
    total += taken;
    settlePending(book, pageOf(book, row.userId), taken);
    if (taken === row.points) ended.push(row);
    else statements.push(reduced(row, taken));
  }
  return { points: total, statements: [...statements, ...(ended.length > 0 ? [settled(ctx, ended, "cancelled")] : [])] };
}

/** The pending points of one earning, with those parts of it that are kept by other terms. */
export const readPendingOf = (userId: UserId, { type, id }: Source): Statement =>
  statement(`SELECT ${COLUMNS} FROM pending_points WHERE user_id = ? AND source_type = ? AND (source_id = ? OR source_id LIKE ?) AND status = 'pending'`, [userId, type, id, `${id.replace(/[\\%_]/g, "\\$&")}~%`]);

function settled(ctx: Ctx, rows: readonly PendingRow[], status: "active" | "cancelled"): Statement {
  return statement(`UPDATE pending_points SET status = ?, settled_at = ? WHERE id IN (${rows.map(() => "?").join(",")})`, [status, ctx.now, ...rows.map(({ id }) => id)]);
}

const reduced = (row: PendingRow, taken: number): Statement =>
  statement("UPDATE pending_points SET points = points - ?, breakdown = ? WHERE id = ?", [taken, JSON.stringify({ ...row.breakdown, taken_back: (row.breakdown.taken_back ?? 0) - taken }), row.id]);

function activations(rows: readonly PendingRow[], now: Date): Statement {
  return eventRows(rows.map(({ userId, points }) => ({ fact: { name: "points.activated", subject: { type: "user", id: String(userId) }, data: { points } }, by: null })), now);
}

/** The time at which the points could first be spent: it starts their life, even when the clock comes by later. */
function rowFrom(row: RowDataPacket, ctx: Ctx): PendingRow {
  const due = row.activates_at !== null && row.activates_at <= ctx.now ? (row.activates_at as Date) : ctx.now;
  const life = lifetimeOf(due, ctx.policy, row.expiry);
  return {
    id: row.id, userId: row.user_id, points: row.points, ruleId: row.rule_id, source: { type: row.source_type, id: row.source_id }, breakdown: row.breakdown,
    // Nobody loses points because the clock was away for longer than they live.
    life: hasExpired(life, ctx.now) ? lifetimeOf(ctx.now, ctx.policy, row.expiry) : life,
  };
}
