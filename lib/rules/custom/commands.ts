import "server-only";

import { and, eq, isNull } from "drizzle-orm";

import { sendPacket, statement } from "@/db/packet";
import { customEvents, users } from "@/db/schema";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { openBook } from "@/lib/points/commands";
import { releasePending } from "@/lib/points/pending/commands";
import { releasedByEvent } from "@/lib/points/pending/pending";
import { Refusal } from "@/lib/refusal";

import { earnPoints } from "../commands";
import type { CustomEventInput } from "../schema";

export type ReceivedEvent = { id: number; userId: UserId; points: number; pointsPending: number };

/** The source of what a custom event earns. */
export const customSource = (id: number): { type: string; id: string } => ({ type: "custom_event", id: String(id) });

/**
 * Takes in something that happened outside the shop: releases the points that waited for it, and earns what the rules for it give.
 * An event is known by its name and the sender's id, and takes effect once; a repeat gets what the first got.
 * Refuses `not_found` for a person who is not there, `forbidden` to those who send it for themselves, `request_key_reused` when the id came before with another person or other data.
 */
export async function receiveEvent(ctx: Ctx, input: CustomEventInput): Promise<ReceivedEvent> {
  const userId = await findPerson(ctx, input);
  // Whoever tells the shop what earns does not earn by it.
  if (actorId(ctx.actor) === userId) throw new Refusal("forbidden");
  // Under the account's lock the same event, sent twice at once, comes one after the other.
  await openBook(ctx, [userId], []);
  const [known] = await ctx.tx.select().from(customEvents).where(and(eq(customEvents.name, input.event), eq(customEvents.externalId, input.id)));
  if (known) return repeated(ctx, known, userId, input);
  const [row] = await ctx.tx.insert(customEvents).values({ userId, name: input.event, externalId: input.id, data: input.data, createdAt: ctx.now }).$returningId();
  invariant(row, "an insert returns its id");
  await releasePending(ctx, releasedByEvent(input.event, userId));
  const { points, pointsPending } = await earnPoints(ctx, { userId, action: "custom", source: customSource(row.id), facts: { eventName: input.event } });
  await emit(ctx, { name: "custom.received", subject: { type: "user", id: String(userId) }, data: { event: input.event, externalId: input.id } });
  return { id: row.id, userId, points, pointsPending };
}

async function findPerson(ctx: Ctx, { userId, email }: CustomEventInput): Promise<UserId> {
  const [person] = await ctx.tx.select({ id: users.id }).from(users).where(and(userId === undefined ? eq(users.email, email ?? "") : eq(users.id, userId), isNull(users.erasedAt)));
  if (!person) throw new Refusal("not_found");
  return person.id as UserId;
}

type Known = typeof customEvents.$inferSelect;

/** What the first earned, as the books have it. */
async function repeated(ctx: Ctx, known: Known, userId: UserId, input: CustomEventInput): Promise<ReceivedEvent> {
  if (known.userId !== userId || canonical(known.data) !== canonical(input.data)) throw new Refusal("request_key_reused");
  const { type, id } = customSource(known.id);
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT COALESCE(SUM(IF(is_pending, 0, points)), 0) AS points, COALESCE(SUM(IF(is_pending, points, 0)), 0) AS pending FROM (
         SELECT t.points_change AS points, FALSE AS is_pending FROM points_transactions t
         LEFT JOIN pending_points p ON p.source_type = t.source_type AND p.source_id = t.source_id
         WHERE t.source_type = ? AND (t.source_id = ? OR t.source_id LIKE ?) AND t.kind = 'earn' AND p.id IS NULL
         UNION ALL SELECT points, TRUE FROM pending_points WHERE source_type = ? AND (source_id = ? OR source_id LIKE ?)) e`,
      [type, id, `${id}~%`, type, id, `${id}~%`],
    ),
  ]);
  return { id: known.id, userId, points: Number(rows[0]!.points), pointsPending: Number(rows[0]!.pending) };
}

/** MySQL keeps the keys of JSON in an order of its own. */
const canonical = (data: Readonly<Record<string, unknown>>): string => JSON.stringify(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)));
