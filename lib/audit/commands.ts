import "server-only";

import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { z } from "zod";

import { accountHolds, jobRuns, pointAccounts, users } from "@/db/schema";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import type { Fact } from "@/lib/events/event";
import { Refusal } from "@/lib/refusal";
import { isHeldByRisk } from "@/lib/risk/commands";
import { refuseUnlessAllowed } from "@/lib/staff";

import type { Finding } from "./findings";
import { BOOKS_CHECK, type BooksCheck } from "./queries";
import type { ClearInput } from "./schema";

/**
 * Stops granting to people whose books were found wrong, until a person has looked. One open hold a person and invariant: what is found
 * again adds nothing. Spending goes on: the points were theirs. Returns whom a new hold was opened for.
 */
export async function holdAccounts(ctx: Ctx, findings: readonly Finding[]): Promise<UserId[]> {
  if (findings.length === 0) return [];
  const ids = [...new Set(findings.map(({ userId }) => userId))].sort((a, b) => a - b);
  await ctx.tx.select({ userId: pointAccounts.userId }).from(pointAccounts).where(inArray(pointAccounts.userId, ids)).orderBy(asc(pointAccounts.userId)).for("update");

  const people = new Set((await ctx.tx.select({ id: users.id }).from(users).where(inArray(users.id, ids))).map(({ id }) => id));
  const open = await ctx.tx.select({ userId: accountHolds.userId, invariant: accountHolds.invariantName }).from(accountHolds).where(and(inArray(accountHolds.userId, ids), isNull(accountHolds.clearedAt)));
  const isOpen = new Set(open.map(keyOf));

  // Rows may name a person who does not exist: then there is no account to hold, and the check's report has the rows.
  const holds = findings.filter((finding) => people.has(finding.userId) && !isOpen.has(keyOf(finding)));
  if (holds.length === 0) return [];

  const held = [...new Set(holds.map(({ userId }) => userId as UserId))];
  await ctx.tx.insert(accountHolds).values(holds.map(({ userId, invariant, evidence }) => ({ userId, invariantName: invariant, evidence, createdAt: ctx.now })));
  await ctx.tx.update(pointAccounts).set({ isHeld: true }).where(inArray(pointAccounts.userId, held));
  await emit(ctx, ...holds.map(({ userId, invariant }): Fact => ({ name: "account.held", subject: { type: "user", id: String(userId) }, data: { invariant } })));
  return held;
}

const keyOf = ({ userId, invariant }: { userId: number; invariant: string }): string => `${userId} ${invariant}`;

/** Keeps what a check of the books found, and tells of it: owners hear of findings. */
export async function recordCheck(ctx: Ctx, check: BooksCheck, finishedAt: Date): Promise<void> {
  await ctx.tx.insert(jobRuns).values({ job: BOOKS_CHECK, startedAt: ctx.now, finishedAt, report: check });
  await emit(ctx, { name: "books.checked", subject: { type: "settings", id: "books" }, data: { findings: check.rows } });
}

/**
 * Lets a person earn again whose books somebody looked at: all their open holds are cleared with the note. Should the books still be wrong,
 * the next check holds them anew. Refuses `forbidden`, `not_found` when nothing is held.
 */
export async function clearHolds(ctx: Ctx, { userId, note }: z.infer<typeof ClearInput>): Promise<void> {
  refuseUnlessAllowed(ctx.actor, "books.clear");
  await ctx.tx.select({ userId: pointAccounts.userId }).from(pointAccounts).where(eq(pointAccounts.userId, userId)).for("update");
  const [header] = await ctx.tx
    .update(accountHolds)
    .set({ clearedAt: ctx.now, clearedBy: actorId(ctx.actor), clearedNote: note })
    .where(and(eq(accountHolds.userId, userId), isNull(accountHolds.clearedAt)));
  if (header.affectedRows === 0) throw new Refusal("not_found");
  // A risk rule may hold the account too: that is decided beside its alert.
  await ctx.tx.update(pointAccounts).set({ isHeld: await isHeldByRisk(ctx, userId as UserId) }).where(eq(pointAccounts.userId, userId));
  await emit(ctx, { name: "account.cleared", subject: { type: "user", id: String(userId) }, data: { note } });
}
