import "server-only";

import { and, asc, eq, isNull, lt, or, sql } from "drizzle-orm";

import { affectedRows, sendPacket, statement } from "@/db/packet";
import { segments } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { publicId } from "@/lib/id";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";

import { conditionOf } from "./condition";
import type { SegmentInput } from "./schema";

type SegmentRow = typeof segments.$inferSelect;

/**
 * Makes a segment, or changes the one of `id`. Who belongs is written down by `refreshSegment`, soon: until then it holds whom it held.
 * Refuses `not_found`.
 */
export async function saveSegment(ctx: Ctx, { requestId: _requestId, id, ...fields }: SegmentInput): Promise<{ id: number }> {
  if (id !== undefined) {
    const before = await lockSegment(ctx, id);
    const changes = changesBetween(before, fields);
    if (Object.keys(changes).length === 0) return { id };
    const asksOther = "definition" in changes || "isActive" in changes;
    await ctx.tx.update(segments).set({ ...fields, ...(asksOther ? { refreshedAt: null } : {}) }).where(eq(segments.id, id));
    await emit(ctx, { name: "segment.changed", subject: { type: "segment", id: String(id) }, data: { changes } });
    return { id };
  }
  const [row] = await ctx.tx.insert(segments).values({ ...fields, slug: `s-${publicId()}`, createdAt: ctx.now }).$returningId();
  invariant(row, "an insert returns its id");
  await emit(ctx, { name: "segment.created", subject: { type: "segment", id: String(row.id) }, data: { changes: changesBetween({}, fields) } });
  return row;
}

/** Asks for a segment's people to be written down anew. Refuses `not_found`. */
export async function askRefresh(ctx: Ctx, { id }: { id: number }): Promise<void> {
  await lockSegment(ctx, id);
  await ctx.tx.update(segments).set({ refreshedAt: null }).where(eq(segments.id, id));
  await emit(ctx, { name: "segment.refresh_asked", subject: { type: "segment", id: String(id) }, data: {} });
}

async function lockSegment(ctx: Ctx, id: number): Promise<SegmentRow> {
  const [row] = await ctx.tx.select().from(segments).where(eq(segments.id, id)).for("update");
  if (!row) throw new Refusal("not_found");
  return row;
}

/** Ids of users of one transaction. A condition looks at a few rows of each. */
const USERS_AT_ONCE = 20_000;

export type RefreshedPart = { joined: number; left: number; /** The last user that was looked at; null when it was the last of all. */ last: number | null };

/**
 * Writes down who of the next so many users, beyond `afterUser` by id, belongs to a segment: a few statements, however many they are.
 * One that is not active holds nobody. What somebody was found to be stays as it is where it did not change.
 */
export async function refreshSegment(ctx: Ctx, { id }: { id: number }, afterUser: number): Promise<RefreshedPart> {
  // Shared, so that a change of its definition waits for this part, and two parts do not wait for each other.
  const [segment] = await ctx.tx.select({ definition: segments.definition, isActive: segments.isActive }).from(segments).where(eq(segments.id, id)).for("share");
  if (!segment) return { joined: 0, left: 0, last: null };
  const belongs = segment.isActive ? conditionOf(segment.definition, ctx.now, ctx.policy.timeZone) : { sql: "FALSE", values: [] };
  const [ends = []] = await sendPacket(ctx.tx, [
    statement("SELECT MAX(id) AS until, COUNT(*) AS found FROM (SELECT id FROM users WHERE id > ? ORDER BY id LIMIT ?) next", [afterUser, USERS_AT_ONCE]),
  ]);
  const until = ends[0]?.until as number | null | undefined;
  if (!until) return { joined: 0, left: 0, last: null };
  // Read first, then deleted by their ids: a DELETE that asks the condition itself would lock every account, lot and order that it looks at.
  const [strangers = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT s.user_id AS userId FROM segment_members s JOIN users u ON u.id = s.user_id
       WHERE s.segment_id = ? AND s.user_id > ? AND s.user_id <= ? AND (u.erased_at IS NOT NULL OR NOT (${belongs.sql}))`,
      [id, afterUser, until, ...belongs.values],
    ),
  ]);
  const ids = strangers.map(({ userId }) => userId as number);
  const [gone, come] = await sendPacket(ctx.tx, [
    statement(`DELETE FROM segment_members WHERE segment_id = ? AND user_id IN (${ids.length > 0 ? ids.map(() => "?").join(",") : "0"})`, [id, ...ids]),
    statement(
      `INSERT INTO segment_members (segment_id, user_id, created_at)
       SELECT ?, u.id, ? FROM users u WHERE u.id > ? AND u.id <= ? AND u.erased_at IS NULL AND (${belongs.sql})
         AND NOT EXISTS (SELECT 1 FROM segment_members s WHERE s.segment_id = ? AND s.user_id = u.id)
       ON DUPLICATE KEY UPDATE created_at = segment_members.created_at`,
      [id, ctx.now, afterUser, until, ...belongs.values, id],
    ),
  ]);
  return { joined: affectedRows(come), left: affectedRows(gone), last: Number(ends[0]!.found) < USERS_AT_ONCE ? null : until };
}

/** Says that everybody was looked at, unless the segment asks something else by now: then it is looked at again. */
export async function finishRefresh(ctx: Ctx, { id, definition, isActive }: Stale, { joined, left }: { joined: number; left: number }): Promise<boolean> {
  const segment = await lockSegment(ctx, id);
  if (segment.isActive !== isActive || canonical(segment.definition) !== canonical(definition)) return false;
  await ctx.tx.update(segments).set({ refreshedAt: ctx.now }).where(eq(segments.id, id));
  if (joined + left === 0) return true;
  const [counts = []] = await sendPacket(ctx.tx, [statement("SELECT COUNT(*) AS members FROM segment_members WHERE segment_id = ?", [id])]);
  await emit(ctx, { name: "segment.refreshed", subject: { type: "segment", id: String(id) }, data: { members: Number(counts[0]?.members ?? 0), joined, left } });
  return true;
}

export type Stale = Pick<SegmentRow, "id" | "definition" | "isActive">;

/** Segments whose people were last written down before `before`, or never; those that were just saved first. */
export async function listStale(ctx: Ctx, before: Date): Promise<Stale[]> {
  return ctx.tx
    .select({ id: segments.id, definition: segments.definition, isActive: segments.isActive })
    .from(segments)
    .where(or(isNull(segments.refreshedAt), and(segments.isActive, lt(segments.refreshedAt, before))))
    .orderBy(sql`${segments.refreshedAt} is not null`, asc(segments.id));
}

type Changes = Record<string, [unknown, unknown]>;

const changesBetween = (before: Record<string, unknown>, after: Record<string, unknown>): Changes =>
  Object.fromEntries(Object.keys(after).filter((field) => canonical(before[field]) !== canonical(after[field])).map((field) => [field, [before[field] ?? null, after[field]]]));

/** MySQL gives back an object's fields in its own order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, inner: unknown) => (inner !== null && typeof inner === "object" && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner));
