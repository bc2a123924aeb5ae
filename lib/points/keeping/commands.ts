import "server-only";

import { sendPacket, statement } from "@/db/packet";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import type { Fact } from "@/lib/events/event";
import { eventRows } from "@/lib/events/commands";
import { publicId } from "@/lib/id";
import { invariant } from "@/lib/invariant";

import { postExpiry, postGrant } from "../book";
import { openBook, writeBook } from "../commands";

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

/** People with points past their expiry, those longest past it first. Each has at least one of the `lotsMax` oldest due lots. */
export async function listDue(ctx: Ctx, lotsMax: number): Promise<UserId[]> {
  const [rows = []] = await sendPacket(ctx.tx, [
    statement("SELECT user_id FROM point_lots FORCE INDEX (point_lots_due_idx) WHERE open_until <= ? ORDER BY open_until, user_id LIMIT ?", [ctx.now, lotsMax]),
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
