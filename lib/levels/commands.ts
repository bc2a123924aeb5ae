import "server-only";

import type { RowDataPacket } from "mysql2";
import { asc, eq } from "drizzle-orm";

import { insertRows, sendPacket, statement, type Statement } from "@/db/packet";
import { levels, orders } from "@/db/schema";
import type { Ctx, UserId } from "@/lib/ctx";
import { emit, eventRows } from "@/lib/events/commands";
import type { Fact } from "@/lib/events/event";
import type { EventHandler, StoredEvent } from "@/lib/events/handler";
import { invariant } from "@/lib/invariant";
import { errnoOf } from "@/lib/log";
import { openBook } from "@/lib/points/commands";
import { Refusal } from "@/lib/refusal";

import { conflictIn, NO_BASIS, reviewLevel, type Held, type Level, type Review } from "./level";
import { basesFrom, readBases } from "./queries";
import type { LevelInput } from "./schema";

const DUPLICATE_KEY = 1062;

/** Makes a level, or changes the one of `id`. Refuses `not_found`, `rule_conflict` { reason } when the levels would be no ladder. */
export async function saveLevel(ctx: Ctx, { requestId: _requestId, id, ...fields }: LevelInput): Promise<{ id: number }> {
  // The whole ladder is held first, so that of two who change it at once one waits, whichever levels they change.
  const ladder = await lockLadder(ctx);
  const before = id === undefined ? null : ladder.find((level) => level.id === id);
  if (before === undefined) throw new Refusal("not_found");
  const levelId = before ? before.id : await insertLevel(ctx, fields);
  if (before) await ctx.tx.update(levels).set(fields).where(eq(levels.id, before.id)).catch(refuseDuplicateRank);
  const conflict = conflictIn(await lockLadder(ctx));
  if (conflict) throw new Refusal("rule_conflict", { reason: conflict });
  const changes = changesBetween(before ?? {}, fields);
  if (Object.keys(changes).length === 0) return { id: levelId };
  await emit(ctx, { name: before ? "level.changed" : "level.created", subject: { type: "level", id: String(levelId) }, data: { changes } });
  return { id: levelId };
}

const lockLadder = (ctx: Ctx) => ctx.tx.select().from(levels).orderBy(asc(levels.rank)).for("update");

async function insertLevel(ctx: Ctx, fields: Omit<LevelInput, "requestId" | "id">): Promise<number> {
  const [row] = await ctx.tx.insert(levels).values({ ...fields, createdAt: ctx.now }).$returningId().catch(refuseDuplicateRank);
  invariant(row, "an insert returns its id");
  return row.id;
}

function refuseDuplicateRank(error: unknown): never {
  if (errnoOf(error) === DUPLICATE_KEY) throw new Refusal("rule_conflict", { reason: "rank_taken" });
  throw error;
}

const changesBetween = (before: Record<string, unknown>, after: Record<string, unknown>): Record<string, [unknown, unknown]> =>
  Object.fromEntries(Object.keys(after).filter((field) => before[field] !== after[field]).map((field) => [field, [before[field] ?? null, after[field]]]));

export type Reviewed = { reviewed: number; up: number; down: number };

/**
 * Looks at these people's levels and moves whom it must. The accounts are locked as if points were to move,
 * so that nothing is earned between the count and the level, and of two reviews at once only one says that it moved somebody.
 */
export async function reviewLevels(ctx: Ctx, people: readonly UserId[]): Promise<Reviewed> {
  const nobody = { reviewed: 0, up: 0, down: 0 };
  if (people.length === 0) return nobody;
  const { ridden } = await openBook(ctx, people, [], [readLadder(), readMembers(people), readBases(people, ctx.now, ctx.policy)]);
  const [ladderRows = [], members = [], baseRows = []] = ridden;
  const ladder = ladderRows as unknown as Level[];
  const bases = basesFrom(baseRows, ctx.policy.timeZone);
  const decided = members.flatMap((row): Decided[] => {
    const member = memberFrom(row);
    const review = reviewLevel(ladder, member.held, bases.get(member.userId) ?? NO_BASIS, ctx.now, ctx.policy);
    return review ? [{ member, review }] : [];
  });
  const changed = decided.filter(hasChanged);
  if (changed.length > 0) await sendPacket(ctx.tx, [memberRows(changed), ...moveEvents(changed, ctx.now)]);
  const moves = decided.flatMap(({ review }) => (review.from ? [review.level.rank > review.from.rank] : []));
  const up = moves.filter(Boolean).length;
  return { reviewed: decided.length, up, down: moves.length - up };
}

type Member = { userId: UserId; locale: string; held: (Held & { reviewAt: Date }) | null };
type Decided = { member: Member; review: Review };

const readLadder = (): Statement =>
  statement(
    `SELECT id, \`rank\`, name, name_en AS nameEn, threshold, multiplier_percent AS multiplierPercent, benefits, benefits_en AS benefitsEn
     FROM levels WHERE is_active ORDER BY \`rank\``,
  );

const readMembers = (people: readonly UserId[]): Statement =>
  statement(
    `SELECT u.id AS user_id, u.locale, m.level_id, m.since, m.grace_until, m.review_at, l.\`rank\`, l.name, l.name_en
     FROM users u LEFT JOIN member_levels m ON m.user_id = u.id LEFT JOIN levels l ON l.id = m.level_id
     WHERE u.id IN (${people.map(() => "?").join(",")}) ORDER BY u.id`,
    people,
  );

function memberFrom(row: RowDataPacket): Member {
  const held = row.level_id === null ? null : {
    id: row.level_id, rank: row.rank, name: row.name, nameEn: row.name_en, since: row.since, graceUntil: row.grace_until, reviewAt: row.review_at,
  };
  return { userId: row.user_id, locale: row.locale, held };
}

/** Most reviews find nothing new: then nothing is written. */
function hasChanged({ member: { held }, review }: Decided): boolean {
  const isSame = held !== null && held.id === review.level.id && held.graceUntil?.getTime() === review.graceUntil?.getTime();
  return !isSame || held.reviewAt.getTime() !== review.reviewAt.getTime();
}

function memberRows(decided: readonly Decided[]): Statement {
  const rows = decided.map(({ member, review }) => [member.userId, review.level.id, review.since, review.graceUntil, review.reviewAt]);
  const insert = insertRows("member_levels", ["user_id", "level_id", "since", "grace_until", "review_at"], rows);
  return { ...insert, sql: `${insert.sql} AS v ON DUPLICATE KEY UPDATE level_id = v.level_id, since = v.since, grace_until = v.grace_until, review_at = v.review_at` };
}

/** Names in the person's own language: they are read in a notice and in a mail. */
function moveEvents(decided: readonly Decided[], now: Date): Statement[] {
  const facts = decided.flatMap(({ member, review: { from, level } }): Fact[] => {
    if (!from) return [];
    const inTheirs = ({ name, nameEn }: { name: string; nameEn: string }): string => (member.locale === "en" && nameEn !== "" ? nameEn : name);
    return [{ name: "account.level_changed", subject: { type: "user", id: String(member.userId) }, data: { from: inTheirs(from), to: inTheirs(level), isUp: level.rank > from.rank } }];
  });
  return facts.length === 0 ? [] : [eventRows(facts.map((fact) => ({ fact, by: null })), now)];
}

/** People whose level is due for a look, the longest due first; nobody while the shop has no levels. */
export async function listDueReviews(ctx: Ctx, max: number): Promise<UserId[]> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT user_id FROM member_levels FORCE INDEX (member_levels_review_idx) WHERE review_at <= ? AND EXISTS (SELECT 1 FROM levels WHERE is_active)
       ORDER BY review_at, user_id LIMIT ?`,
      [ctx.now, max],
    ),
  ]);
  return rows.map((row) => row.user_id as UserId);
}

/** People beyond `after`, by id, who have earned or paid and were never placed: those from before the shop had levels. */
export async function listUnplaced(ctx: Ctx, after: number, max: number): Promise<UserId[]> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT a.user_id FROM point_accounts a LEFT JOIN member_levels m ON m.user_id = a.user_id
       WHERE a.user_id > ? AND m.user_id IS NULL AND EXISTS (SELECT 1 FROM levels WHERE is_active)
         AND (a.total_points_earned > 0 OR EXISTS (SELECT 1 FROM orders o WHERE o.user_id = a.user_id AND o.cash_paid_cents > 0))
       ORDER BY a.user_id LIMIT ?`,
      [after, max],
    ),
  ]);
  return rows.map((row) => row.user_id as UserId);
}

/** Whoever earned, paid or had something taken back is looked at right away. */
export const onPointsMoved: EventHandler = {
  names: ["points.earned", "points.checked_in", "points.day_made_up", "points.activated", "points.clawed_back", "order.paid", "order.refunded", "task.claimed"],
  handle: async (ctx, event) => {
    const userId = event.name.startsWith("order.") ? await buyerOf(ctx, event) : (Number(event.subjectId) as UserId);
    await reviewLevels(ctx, [userId]);
  },
};

async function buyerOf(ctx: Ctx, { subjectId }: StoredEvent): Promise<UserId> {
  const [order] = await ctx.tx.select({ userId: orders.userId }).from(orders).where(eq(orders.publicId, subjectId));
  invariant(order, "an order is never deleted");
  return order.userId as UserId;
}
