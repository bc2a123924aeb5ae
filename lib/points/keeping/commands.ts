import "server-only";

import { insertRows, sendPacket, statement } from "@/db/packet";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import type { Fact } from "@/lib/events/event";
import { eventRows } from "@/lib/events/commands";
import { publicId } from "@/lib/id";
import { invariant } from "@/lib/invariant";

import type { RowDataPacket } from "mysql2";

import { postClawBack, postExpiry, postForfeit, postGrant } from "../book";
import { openBook, writeBook } from "../commands";
import type { Source } from "../ledger";
import { cancelInBook, readPendingOf } from "../pending/commands";

export type Grant = { userId: UserId; points: number; expiresAt: Date; sourceId: string; reason: string };

/** Gives points that were not earned, to many people at once; each grant once per `sourceId`. */
export async function grantPoints(ctx: Ctx, grants: readonly Grant[]): Promise<void> {
  if (grants.length === 0) return;
  const instants = [...new Map(grants.map(({ expiresAt }) => [expiresAt.getTime(), expiresAt])).values()];
  const { book } = await openBook(ctx, grants.map(({ userId }) => userId), [{ kind: "expiring-at", instants }]);
  const by = actorId(ctx.actor);
  for (const { userId, points, expiresAt, sourceId, reason } of grants) {
    postGrant(book, userId, points, expiresAt, { type: "adjustment", id: sourceId }, { actorId: by, reason });
  }
  const facts = grants.map(({ userId, points, reason }): Fact => ({ name: "points.adjusted", subject: { type: "user", id: String(userId) }, data: { points, reason } }));
  await writeBook(ctx, book, [eventRows(facts.map((fact) => ({ fact, by })), ctx.now)]);
}

/** People with points past their expiry, those longest past it first, but for some. Each has at least one of the `lotsMax` oldest due lots. */
export async function listDue(ctx: Ctx, lotsMax: number, except: readonly UserId[] = []): Promise<UserId[]> {
  const butFor = except.length === 0 ? "" : ` AND user_id NOT IN (${except.map(() => "?").join(",")})`;
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(`SELECT user_id FROM point_lots FORCE INDEX (point_lots_due_idx) WHERE open_until <= ?${butFor} ORDER BY open_until, user_id LIMIT ?`, [ctx.now, ...except, lotsMax]),
  ]);
  return [...new Set(rows.map((row) => row.user_id as UserId))];
}

/** Ends what is left in these people's expired lots: one entry a person, traced to the lots. Run again, it writes nothing. */
export async function expirePoints(ctx: Ctx, people: readonly UserId[]): Promise<{ people: number; lots: number; points: number }> {
  const { book } = await openBook(ctx, people, [{ kind: "overdue" }]);
  const facts: Fact[] = [];
  for (const page of book.pages.values()) {
    if (page.lots.length === 0) continue;
    // Not named after a lot: a cancellation that was asked an instant earlier may return points to one that was just swept.
    const posting = postExpiry(book, page.userId, { type: "expiry", id: publicId() });
    invariant(posting, "an overdue lot holds points");
    facts.push({ name: "points.expired", subject: { type: "user", id: String(page.userId) }, data: { points: -posting.entry.pointsChange } });
  }
  if (facts.length > 0) await writeBook(ctx, book, [eventRows(facts.map((fact) => ({ fact, by: null })), ctx.now)]);
  return {
    people: facts.length,
    lots: book.postings.reduce((sum, { allocations }) => sum + allocations.length, 0),
    points: book.postings.reduce((sum, { entry }) => sum - entry.pointsChange, 0),
  };
}

export type ClawBack = {
  userId: UserId;
  /** The earning that was undone. */
  source: Source;
  /** How much of it; all that is left of it without. */
  points?: number;
  /** What undid it: unique, so that it is taken back once. */
  cause: Source;
  reason: string;
};
export type ClawedBack = { points: number; fromPending: number; debt: number };

/**
 * Takes back what an undone earning gave, by the programme's policy: what is pending, then the lots that it filled,
 * then the soonest to expire, then debt. The same cause again takes nothing, and no earning is taken back twice over.
 */
export async function clawBack(ctx: Ctx, { userId, source, points, cause, reason }: ClawBack): Promise<ClawedBack> {
  const nothing = { points: 0, fromPending: 0, debt: 0 };
  if (ctx.policy.clawBack === "keep") return nothing;
  const { book, ridden } = await openBook(ctx, [userId], [{ kind: "open" }], [readPendingOf(userId, source), earnedBy(userId, source), takenBackFrom(source), knownCause(cause)]);
  const [pending = [], earned = [], taken = [], known = []] = ridden;
  if (known.length > 0) return nothing;
  const { points: fromPending, statements } = cancelInBook(ctx, book, pending, points);
  const granted = new Map(earned.map((row) => [row.id as number, Number(row.points_change)]));
  const left = sum(granted.values()) - Number(taken[0]?.points ?? 0);
  const wanted = ctx.policy.clawBack === "pending_only" ? 0 : Math.max(0, Math.min(left, points === undefined ? left : points - fromPending));
  const posting = wanted === 0 ? null : postClawBack(book, userId, wanted, { preferred: lotsFilledBy(earned), debtMax: ctx.policy.clawBack === "debt" ? wanted : 0 }, cause, {
    actorId: actorId(ctx.actor), reason, breakdown: { [`${source.type}:${source.id}`]: -wanted },
  });
  if (!posting && fromPending === 0) return nothing;
  const result = { points: posting ? -posting.entry.pointsChange : 0, fromPending, debt: debtOf(posting) };
  const fact: Fact = { name: "points.clawed_back", subject: { type: "user", id: String(userId) }, data: { points: result.points + fromPending, debt: result.debt, reason } };
  await writeBook(ctx, book, [...statements, keepClawBack(ctx, { userId, source, cause }, result), eventRows([{ fact, by: actorId(ctx.actor) }], ctx.now)]);
  return result;
}

const keepClawBack = (ctx: Ctx, { userId, source, cause }: Pick<ClawBack, "userId" | "source" | "cause">, { points, fromPending }: ClawedBack) =>
  insertRows("claw_backs", ["cause_type", "cause_id", "user_id", "source_type", "source_id", "points_from_pending", "points_from_balance", "created_at"],
    [[cause.type, cause.id, userId, source.type, source.id, fromPending, points, ctx.now]]);

/** What went beyond the lots into debt. */
function debtOf(posting: ReturnType<typeof postClawBack>): number {
  return posting ? -posting.entry.pointsChange + sum(posting.allocations.map(({ points }) => points)) : 0;
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, each) => total + each, 0);
const lotsFilledBy = (earned: readonly RowDataPacket[]): Set<number> => new Set(earned.filter((row) => row.lot_id !== null).map((row) => row.lot_id as number));

/** The entries of an earning, its parts of other keeping too, with the lots they filled: one row a lot. */
const earnedBy = (userId: UserId, { type, id }: Source) =>
  statement(
    `SELECT e.id, e.points_change, a.lot_id FROM points_transactions e LEFT JOIN lot_allocations a ON a.entry_id = e.id
     WHERE e.user_id = ? AND e.source_type = ? AND (e.source_id = ? OR e.source_id LIKE ?) AND e.kind = 'earn'`,
    [userId, type, id, partsOf(id)],
  );

/** How much of the earning's entries was taken back before. */
const takenBackFrom = ({ type, id }: Source) =>
  statement("SELECT COALESCE(SUM(points_from_balance), 0) AS points FROM claw_backs WHERE source_type = ? AND source_id = ?", [type, id]);

const knownCause = ({ type, id }: Source) => statement("SELECT user_id FROM claw_backs WHERE cause_type = ? AND cause_id = ?", [type, id]);

const partsOf = (id: string): string => `${id.replace(/[\\%_]/g, "\\$&")}~%`;

/** Gives up everything that a person has: they asked to be forgotten. */
export async function forfeitPoints(ctx: Ctx, userId: UserId, source: Source, reason: string): Promise<number> {
  const { book, ridden } = await openBook(ctx, [userId], [{ kind: "open" }, { kind: "overdue" }], [
    statement("SELECT id, user_id, points, rule_id, source_type, source_id, breakdown, expiry, activates_at FROM pending_points WHERE user_id = ? AND status = 'pending'", [userId]),
  ]);
  const { statements } = cancelInBook(ctx, book, ridden[0] ?? []);
  postExpiry(book, userId, { type: "expiry", id: publicId() });
  const posting = postForfeit(book, userId, source, { actorId: actorId(ctx.actor), reason });
  await writeBook(ctx, book, statements);
  return posting ? -posting.entry.pointsChange : 0;
}
