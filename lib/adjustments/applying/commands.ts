import "server-only";

import { and, inArray, isNull } from "drizzle-orm";

import { accountHolds } from "@/db/schema";
import type { AdjustmentReason } from "@/db/schema/control";
import { affectedRows, sendPacket, statement } from "@/db/packet";
import { actorId, type Ctx, type StaffId, type UserId } from "@/lib/ctx";
import type { Permission } from "@/lib/accounts/permission";
import type { Fact } from "@/lib/events/event";
import { invariant } from "@/lib/invariant";
import { postGrant, postRemoval, type Book, type Posting } from "@/lib/points/book";
import { completeLots, openBook } from "@/lib/points/commands";
import { expiryOf } from "@/lib/points/expiry";
import { allow, Refusal, refuse, type Decision } from "@/lib/refusal";
import { isAllowed } from "@/lib/staff";

import { ADJUSTMENT_SOURCE } from "../adjustment";

/** One person's points, to be put in or taken out. */
export type PointChange = { publicId: string; userId: UserId; points: number; reason: AdjustmentReason; /** Null means the programme's policy at the time they are put in. */ expiresAt: Date | null };

/** The member of staff who asks for something that takes any of these permissions. Refuses `forbidden`. */
export function staffOf(ctx: Ctx, ...permissions: readonly Permission[]): StaffId {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !permissions.some((permission) => isAllowed(actor, permission))) throw new Refusal("forbidden");
  return actor.id;
}

/** A book whose accounts are locked, and which of them are in doubt. */
type OpenBook = Book & { inDoubt: ReadonlySet<UserId> };

const lifeEnd = (ctx: Ctx, { expiresAt }: Pick<PointChange, "expiresAt">): Date => expiresAt ?? expiryOf(ctx.now, ctx.policy);

/**
 * Locks these people's accounts with the lots that the changes fill or draw from. Who has no account has no page. Who puts them through alone is locked
 * among them: of two that the same maker asks for at once, for whomever, the second sees what came of the first.
 */
export async function openForChanges(ctx: Ctx, changes: readonly Pick<PointChange, "userId" | "points" | "expiresAt">[], makerId?: StaffId): Promise<OpenBook> {
  const [grants, removals] = [changes.filter(({ points }) => points > 0), changes.filter(({ points }) => points < 0)];
  const { book } = await openBook(ctx, [...changes.map(({ userId }) => userId), ...(makerId === undefined ? [] : [makerId])], [
    { kind: "named", lots: grants.map((change) => ({ userId: change.userId, expiresAt: lifeEnd(ctx, change) })) },
    ...(removals.length > 0 ? [{ kind: "spendable" } as const] : []),
  ]);
  invariant(makerId === undefined || book.pages.has(makerId), "who works here has an account");
  await completeLots(ctx, book, new Map(removals.filter(({ userId }) => book.pages.has(userId)).map(({ userId, points }) => [userId, -points])));
  return Object.assign(book, { inDoubt: await listInDoubt(ctx, [...book.pages.keys()]) });
}

/** Whose books an invariant found wrong and nobody has cleared. What a risk rule holds is earnings alone. */
async function listInDoubt(ctx: Ctx, people: readonly UserId[]): Promise<ReadonlySet<UserId>> {
  if (people.length === 0) return new Set();
  const rows = await ctx.tx.selectDistinct({ userId: accountHolds.userId }).from(accountHolds).where(and(inArray(accountHolds.userId, [...people]), isNull(accountHolds.clearedAt)));
  return new Set(rows.map(({ userId }) => userId as UserId));
}

/**
 * Posts one change in the open book. A frozen account may be corrected; one whose books are in doubt may not.
 * Refuses `not_found`, `account_held`, `adjustment_outdated`, `insufficient_points` { pointsMissing }.
 */
export function postChange(ctx: Ctx, book: OpenBook, change: PointChange): Decision<Posting> {
  const { userId, points, reason, publicId } = change;
  if (!book.pages.has(userId)) return refuse("not_found");
  if (book.inDoubt.has(userId)) return refuse("account_held");
  const source = { type: ADJUSTMENT_SOURCE, id: publicId };
  const note = { actorId: actorId(ctx.actor), reason };
  if (points < 0) return postRemoval(book, userId, -points, source, note);
  const expiresAt = lifeEnd(ctx, change);
  return expiresAt <= ctx.now ? refuse("adjustment_outdated") : allow(postGrant(book, userId, points, expiresAt, source, note));
}

/** What each entry is in the events: the audit compares the two. */
export const pointsFact = ({ userId, points, reason }: PointChange): Fact => ({ name: "points.adjusted", subject: { type: "user", id: String(userId) }, data: { points, reason } });

/** The balance before and after an entry, debt taken off. */
export const balanceChange = ({ entry }: Posting): [number, number] => [entry.balanceAfter - entry.pointsChange, entry.balanceAfter];

export type Settling = { table: "adjustments" | "adjustment_batches"; id: number; status: "applied" | "rejected" | "withdrawn"; by: StaffId; note?: string };

/** Ends what waits, unless another decision was first: then `already_settled`. */
export async function settle(ctx: Ctx, { table, id, status, by, note }: Settling): Promise<void> {
  const [header] = await sendPacket(ctx.tx, [
    statement(`UPDATE ${table} SET status = ?, decided_by = ?, decision_note = ?, decided_at = ? WHERE id = ? AND status = 'pending'`, [status, by, note || null, ctx.now, id]),
  ]);
  if (affectedRows(header) === 0) throw new Refusal("already_settled");
}
