import "server-only";

import { eq } from "drizzle-orm";
import type { z } from "zod";

import { insertRows, sendPacket, type Statement } from "@/db/packet";
import { adjustments, users } from "@/db/schema";
import type { Ctx, UserId } from "@/lib/ctx";
import { dayOf, endOfDay, startOfDay } from "@/lib/day";
import { emit, eventRows } from "@/lib/events/commands";
import type { Fact } from "@/lib/events/event";
import { publicId } from "@/lib/id";
import { writeBook } from "@/lib/points/commands";
import { orRefuse, Refusal } from "@/lib/refusal";

import { decideRequest, mayDecide, mayWithdraw } from "./adjustment";
import { balanceChange, openForChanges, pointsFact, postChange, settle, staffOf, type PointChange } from "./applying/commands";
import { sumAlone } from "./queries";
import type { AdjustmentInput, ApprovalInput, RejectionInput, WithdrawalInput } from "./schema";

export type Asked = { adjustmentId: string; status: "applied" | "pending" };
type Asking = Omit<AdjustmentInput, "requestId" | "userId"> & { userId: number };

/**
 * A member of staff puts points in or takes them out by hand. Up to the policy's threshold, over all that
 * the same maker put through alone on the day, it takes effect at once; above it a second person decides.
 * Refuses `forbidden`, `not_found`, `adjustment_to_oneself`, `adjustment_outdated`, `account_held`, `insufficient_points` { pointsMissing }.
 */
export async function requestAdjustment(ctx: Ctx, { userId: about, points, reason, note, expiresOn, attachmentKey }: Asking): Promise<Asked> {
  const makerId = staffOf(ctx, "adjustments.request");
  const change: PointChange = { publicId: publicId(), userId: about as UserId, points, reason, expiresAt: expiresOn && endOfDay(expiresOn, ctx.policy.timeZone) };
  const book = await openForChanges(ctx, [change], makerId);
  await refuseUnknown(ctx, change.userId);
  // Under the maker's lock the answer stays true.
  const alone = await sumAlone(ctx.tx, makerId, startOfDay(dayOf(ctx.now, ctx.policy.timeZone), ctx.policy.timeZone));
  const pointsAlone = alone[points > 0 ? "in" : "out"];
  const status = orRefuse(decideRequest({ makerId, userId: about, points, pointsAlone, threshold: ctx.policy.adjustmentApprovalPoints }));
  // Posted in memory also when it waits: what cannot be done now is not asked for.
  const posting = orRefuse(postChange(ctx, book, change));
  const kept = insertRows("adjustments",
    ["public_id", "user_id", "points", "reason", "note", "expires_at", "attachment_key", "attachment_type", "status", "requested_by", "decided_at", "created_at"],
    [[change.publicId, about, points, reason, note, change.expiresAt, attachmentKey, attachmentKey && typeOf(attachmentKey), status, makerId, status === "applied" ? ctx.now : null, ctx.now]]);
  const isApplied = status === "applied";
  const changes = { status: [null, status], ...(isApplied ? { balance: balanceChange(posting) } : {}) } satisfies Changes;
  const fact = factOf(isApplied ? "applied" : "requested", { ...change, requestedBy: makerId }, changes);
  if (isApplied) await writeBook(ctx, book, [kept, factRows(ctx, makerId, fact, pointsFact(change))]);
  else await sendPacket(ctx.tx, [kept, factRows(ctx, makerId, fact)]);
  return { adjustmentId: change.publicId, status };
}

const typeOf = (key: string): string => (key.endsWith(".pdf") ? "application/pdf" : "image/webp");

/** Whoever works in the shop is adjusted only by those who may see colleagues' accounts. */
async function refuseUnknown(ctx: Ctx, userId: UserId): Promise<void> {
  const [person] = await ctx.tx.select({ role: users.role, erasedAt: users.erasedAt }).from(users).where(eq(users.id, userId));
  if (!person || person.erasedAt !== null) throw new Refusal("not_found");
  if (person.role !== "shopper") staffOf(ctx, "staff.read");
}

type Known = PointChange & { id: number; requestedBy: number; status: "pending" | "applied" | "rejected" | "withdrawn"; batchId: number | null };

/** Refuses `not_found`, `adjustment_of_batch`. */
async function load(ctx: Ctx, id: string): Promise<Known> {
  const [row] = await ctx.tx.select().from(adjustments).where(eq(adjustments.publicId, id));
  if (!row) throw new Refusal("not_found");
  if (row.batchId !== null) throw new Refusal("adjustment_of_batch");
  return { ...row, userId: row.userId as UserId };
}

/**
 * A second person allows what waits, and it takes effect.
 * Refuses `forbidden`, `not_found`, `adjustment_of_batch`, `own_adjustment`, `adjustment_to_oneself`, `already_settled`, `adjustment_outdated`, `account_held`, `insufficient_points`.
 */
export async function approveAdjustment(ctx: Ctx, { adjustmentId, note }: Omit<z.infer<typeof ApprovalInput>, "requestId">): Promise<void> {
  const by = staffOf(ctx, "adjustments.approve");
  const asked = await load(ctx, adjustmentId);
  orRefuse(mayDecide({ ...asked, people: [asked.userId] }, by));
  // The account comes first in every command's order of locks.
  const book = await openForChanges(ctx, [asked]);
  await settle(ctx, { table: "adjustments", id: asked.id, status: "applied", by, note });
  const posting = orRefuse(postChange(ctx, book, asked));
  const fact = factOf("applied", asked, { status: ["pending", "applied"], balance: balanceChange(posting) });
  await writeBook(ctx, book, [factRows(ctx, by, fact, pointsFact(asked))]);
}

/** A second person turns down what waits. Refuses `forbidden`, `not_found`, `adjustment_of_batch`, `own_adjustment`, `adjustment_to_oneself`, `already_settled`. */
export async function rejectAdjustment(ctx: Ctx, { adjustmentId, note }: Omit<z.infer<typeof RejectionInput>, "requestId">): Promise<void> {
  const by = staffOf(ctx, "adjustments.approve");
  const asked = await load(ctx, adjustmentId);
  orRefuse(mayDecide({ ...asked, people: [asked.userId] }, by));
  await settle(ctx, { table: "adjustments", id: asked.id, status: "rejected", by, note });
  await emit(ctx, factOf("rejected", asked, { status: ["pending", "rejected"] }));
}

/** Who asked takes it back while it waits. Refuses `forbidden`, `not_found`, `adjustment_of_batch`, `already_settled`. */
export async function withdrawAdjustment(ctx: Ctx, { adjustmentId }: Omit<z.infer<typeof WithdrawalInput>, "requestId">): Promise<void> {
  const by = staffOf(ctx, "adjustments.request");
  const asked = await load(ctx, adjustmentId);
  orRefuse(mayWithdraw(asked, by));
  await settle(ctx, { table: "adjustments", id: asked.id, status: "withdrawn", by });
  await emit(ctx, factOf("withdrawn", asked, { status: ["pending", "withdrawn"] }));
}

type Changes = Record<string, [unknown, unknown]>;

/** The note is not in the trail: it may name people, and the trail is never changed. */
const factOf = (step: "requested" | "applied" | "rejected" | "withdrawn", { publicId: id, userId, points, reason, requestedBy }: PointChange & { requestedBy: number }, changes: Changes): Fact =>
  ({ name: `adjustment.${step}`, subject: { type: "adjustment", id }, data: { userId, points, reason, makerId: requestedBy, changes } });

const factRows = (ctx: Ctx, by: UserId, ...facts: Fact[]): Statement => eventRows(facts.map((fact) => ({ fact, by })), ctx.now);
