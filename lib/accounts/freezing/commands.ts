import "server-only";

import { and, asc, eq, lte } from "drizzle-orm";

import { pointAccounts } from "@/db/schema";
import type { Ctx, UserId } from "@/lib/ctx";
import { endOfDay, parseDay } from "@/lib/day";
import { emit } from "@/lib/events/commands";
import { Refusal } from "@/lib/refusal";

import { statusAt } from "../frozen";

// What stops an account and what lets it go on, without asking who may: the commands that lead here do.

export type Freeze = { reason: string; until: Date | null };

/** The end of a freeze that lasts through this day; none when a person has to end it. Refuses `invalid_input` for a day that is over. */
export function endOfFreeze({ now, policy }: Ctx, day: string | undefined): Date | null {
  if (!day) return null;
  const end = endOfDay(parseDay(day), policy.timeZone);
  if (end <= now) throw new Refusal("invalid_input");
  return end;
}

/** The account's lock, which every command takes first, and how it stands. Refuses `not_found`. */
export async function lockFreeze(ctx: Ctx, userId: UserId): Promise<{ isFrozen: boolean; reason: string | null; until: Date | null; isMarked: boolean }> {
  const [row] = await ctx.tx
    .select({ status: pointAccounts.status, reason: pointAccounts.statusReason, until: pointAccounts.frozenUntil })
    .from(pointAccounts).where(eq(pointAccounts.userId, userId)).for("update");
  if (!row) throw new Refusal("not_found");
  return { isFrozen: statusAt(row.status, row.until, ctx.now) === "frozen", reason: row.reason, until: row.until, isMarked: row.status === "frozen" };
}

/** Freezes an account, or gives a freeze another reason and end. */
export async function setFreeze(ctx: Ctx, userId: UserId, { reason, until }: Freeze): Promise<void> {
  const before = await lockFreeze(ctx, userId);
  await ctx.tx.update(pointAccounts).set({ status: "frozen", statusReason: reason, frozenUntil: until }).where(eq(pointAccounts.userId, userId));
  const [ends, ended] = [until?.toISOString() ?? null, before.until?.toISOString() ?? null];
  await emit(ctx, {
    name: "account.frozen", subject: { type: "user", id: String(userId) },
    data: { reason, until: ends, changes: { status: [before.isFrozen ? "frozen" : "active", "frozen"], reason: [before.reason, reason], until: [ended, ends] } },
  });
}

/** Lets a frozen account go on; one that is not frozen stays as it is. Returns whether it was. */
export async function endFreeze(ctx: Ctx, userId: UserId, { isOver = false } = {}): Promise<boolean> {
  const before = await lockFreeze(ctx, userId);
  if (!before.isMarked || (isOver && before.isFrozen)) return false;
  await ctx.tx.update(pointAccounts).set({ status: "active", statusReason: null, frozenUntil: null }).where(eq(pointAccounts.userId, userId));
  await emit(ctx, {
    name: "account.unfrozen", subject: { type: "user", id: String(userId) },
    data: { ...(isOver ? { isOver: true } : {}), changes: { status: ["frozen", "active"], reason: [before.reason, null], until: [before.until?.toISOString() ?? null, null] } },
  });
  return true;
}

/** Accounts whose freeze has ended by itself, those longest over it first. */
export async function listOverFreezes(ctx: Ctx, max: number): Promise<UserId[]> {
  const rows = await ctx.tx
    .select({ userId: pointAccounts.userId }).from(pointAccounts)
    .where(and(lte(pointAccounts.frozenUntil, ctx.now), eq(pointAccounts.status, "frozen")))
    .orderBy(asc(pointAccounts.frozenUntil)).limit(max);
  return rows.map(({ userId }) => userId as UserId);
}
