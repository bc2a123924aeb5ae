import "server-only";

import { asc, eq, and } from "drizzle-orm";

import { insertRows, sendPacket, statement, type Statement, type Value } from "@/db/packet";
import { adjustmentBatches, adjustments } from "@/db/schema";
import type { AdjustmentReason, AdjustmentStatus } from "@/db/schema/control";
import type { Ctx, StaffId, UserId } from "@/lib/ctx";
import { dayOf, endOfDay, startOfDay } from "@/lib/day";
import { emit, eventRows } from "@/lib/events/commands";
import type { Fact } from "@/lib/events/event";
import { publicId } from "@/lib/id";
import { invariant } from "@/lib/invariant";
import { errnoOf } from "@/lib/log";
import type { Book } from "@/lib/points/book";
import { writeBook } from "@/lib/points/commands";
import { orRefuse, Refusal } from "@/lib/refusal";
import { isAllowed } from "@/lib/staff";

import { mayDecide, mayWithdraw } from "../adjustment";
import { openForChanges, pointsFact, postChange, settle, staffOf, type PointChange } from "../applying/commands";
import { sumAlone } from "../queries";

import { batchNeedsSecond, isGood, type BatchRow, type BatchSums } from "./batch-file";
import { countHidden, digestOf, findBatchOf, validateBatch, type KnownBatch } from "./queries";

const DUPLICATE_KEY = 1062;
/** Rows of one statement: a packet of ten thousand notes would be larger than some databases take. */
const ROWS_AT_ONCE = 1_000;

export type SubmittedBatch = KnownBatch & { /** Whether this call made it; the same file before made it otherwise. */ isNew: boolean };
export type Submitting = { rows: readonly BatchRow[]; reason: AdjustmentReason; note: string; fileName: string };

/**
 * Adjusts many people at once from the rows of one file: all of them or none. What the file says and the reason count once, however often it is sent.
 * Above the policy's threshold the whole waits for a second person.
 * Refuses `forbidden`, `batch_unreadable`, `batch_rows_wrong` { rows }.
 */
export async function submitBatch(ctx: Ctx, { rows, reason, note, fileName }: Submitting): Promise<SubmittedBatch> {
  const makerId = staffOf(ctx, "adjustments.request", "import.run");
  const { timeZone } = ctx.policy;
  const judged = await validateBatch(ctx.tx, rows, { makerId, seesStaff: isAllowed(ctx.actor, "staff.read"), now: ctx.now, timeZone });
  const fileDigest = digestOf(judged.rows, reason);
  // A file that was done may not be possible a second time: it is known before its rows are refused.
  const known = fileDigest && (await findBatchOf(ctx.tx, fileDigest));
  if (known) return { ...known, isNew: false };
  if (!fileDigest || judged.problems > 0) throw new Refusal("batch_rows_wrong", { rows: judged.problems });
  const batch: NewBatch = { publicId: publicId(), fileDigest, fileName, reason, note, people: judged.people, pointsIn: judged.pointsIn, pointsOut: judged.pointsOut, requestedBy: makerId };
  const id = await keepBatch(ctx, batch);
  if (id === null) return { ...(await theOther(ctx, fileDigest)), isNew: false };
  const good = judged.rows.filter(isGood);
  const changes = good.map((row): NewRow => ({ publicId: publicId(), userId: row.userId, points: row.points, reason, note: row.note || note, expiresAt: row.expiresOn && endOfDay(row.expiresOn, timeZone) }));
  const book = await postAll(ctx, changes, makerId);
  const alone = await sumAlone(ctx.tx, makerId, startOfDay(dayOf(ctx.now, timeZone), timeZone));
  const status = batchNeedsSecond(good, alone, ctx.policy.adjustmentApprovalPoints) ? "pending" : "applied";
  await keepRows(ctx, id, changes, status, makerId);
  if (status === "pending") await emit(ctx, batchFact("requested", batch, { status: [null, "pending"] }));
  else await applyAtOnce(ctx, id, book, [batchFact("applied", batch, { status: [null, "applied"] }), ...changes.map(pointsFact)]);
  return { batchId: batch.publicId, status, isNew: true };
}

type NewBatch = Omit<BatchSums, "problems"> & { publicId: string; fileDigest: Buffer; fileName: string; reason: AdjustmentReason; note: string; requestedBy: StaffId };
type NewRow = PointChange & { note: string };

/** Its id; null when another call was first. Such a call waits here until the other has ended, and holds nothing meanwhile. */
async function keepBatch(ctx: Ctx, batch: NewBatch): Promise<number | null> {
  try {
    const [row] = await ctx.tx.insert(adjustmentBatches).values({ ...batch, status: "pending", createdAt: ctx.now }).$returningId();
    invariant(row, "an insert returns its id");
    return row.id;
  } catch (error) {
    if (errnoOf(error) === DUPLICATE_KEY) return null;
    throw error;
  }
}

async function applyAtOnce(ctx: Ctx, id: number, book: Book, facts: readonly Fact[]): Promise<void> {
  const applied = statement("UPDATE adjustment_batches SET status = 'applied', decided_at = ? WHERE id = ?", [ctx.now, id]);
  await writeBook(ctx, book, [applied, ...factRows(ctx, staffOf(ctx, "adjustments.request", "import.run"), facts)]);
}

async function theOther(ctx: Ctx, fileDigest: Buffer): Promise<KnownBatch> {
  const other = await findBatchOf(ctx.tx, fileDigest);
  invariant(other, "a file that is known has its batch");
  return other;
}

async function keepRows(ctx: Ctx, batchId: number, rows: readonly NewRow[], status: "pending" | "applied", makerId: StaffId): Promise<void> {
  const columns = ["public_id", "user_id", "points", "reason", "note", "expires_at", "status", "batch_id", "requested_by", "decided_at", "created_at"];
  const decidedAt = status === "applied" ? ctx.now : null;
  const values = rows.map((row): Value[] => [row.publicId, row.userId, row.points, row.reason, row.note, row.expiresAt, status, batchId, makerId, decidedAt, ctx.now]);
  for (const some of inPackets(values)) await sendPacket(ctx.tx, [insertRows("adjustments", columns, some)]);
}

/** Locks everybody, in the order of their ids, and posts every change. Refuses `batch_rows_wrong` { rows } when any cannot be done. */
async function postAll(ctx: Ctx, changes: readonly PointChange[], makerId: StaffId): Promise<Book> {
  const book = await openForChanges(ctx, changes, makerId);
  const hidden = await countHidden(ctx.tx, changes.map(({ userId }) => userId), isAllowed(ctx.actor, "staff.read"));
  if (hidden > 0) throw new Refusal("batch_rows_wrong", { rows: hidden });
  const refused = changes.filter((change) => !postChange(ctx, book, change).ok).length;
  if (refused > 0) throw new Refusal("batch_rows_wrong", { rows: refused });
  return book;
}

const inPackets = <T>(rows: readonly T[]): T[][] => Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, index) => rows.slice(index * ROWS_AT_ONCE, (index + 1) * ROWS_AT_ONCE));

const factRows = (ctx: Ctx, by: UserId, facts: readonly Fact[]): Statement[] => inPackets(facts).map((some) => eventRows(some.map((fact) => ({ fact, by })), ctx.now));

type Known = typeof adjustmentBatches.$inferSelect;

/** Refuses `not_found`. */
async function load(ctx: Ctx, id: string): Promise<Known> {
  const [batch] = await ctx.tx.select().from(adjustmentBatches).where(eq(adjustmentBatches.publicId, id));
  if (!batch) throw new Refusal("not_found");
  return batch;
}

/** What of a batch still waits: who was forgotten meanwhile is in it no more. */
async function loadRows(ctx: Ctx, batchId: number): Promise<PointChange[]> {
  const rows = await ctx.tx
    .select({ publicId: adjustments.publicId, userId: adjustments.userId, points: adjustments.points, reason: adjustments.reason, expiresAt: adjustments.expiresAt })
    .from(adjustments).where(and(eq(adjustments.batchId, batchId), eq(adjustments.status, "pending"))).orderBy(asc(adjustments.id));
  return rows.map((row) => ({ ...row, userId: row.userId as UserId }));
}

/**
 * A second person allows a whole batch, and all of it takes effect.
 * Refuses `forbidden`, `not_found`, `own_adjustment`, `adjustment_to_oneself`, `already_settled`, `batch_rows_wrong` { rows }.
 */
export async function approveBatch(ctx: Ctx, { batchId, note }: { batchId: string; note: string }): Promise<void> {
  const by = staffOf(ctx, "adjustments.approve");
  const batch = await load(ctx, batchId);
  const asked = await loadRows(ctx, batch.id);
  orRefuse(mayDecide({ ...batch, people: asked.map(({ userId }) => userId) }, by));
  // The accounts come first in every command's order of locks.
  const book = await openForChanges(ctx, asked);
  await settle(ctx, { table: "adjustment_batches", id: batch.id, status: "applied", by, note });
  // Who was forgotten before the lock gets nothing; after it nobody is.
  const changes = await loadRows(ctx, batch.id);
  const refused = changes.filter((change) => !postChange(ctx, book, change).ok).length;
  if (refused > 0) throw new Refusal("batch_rows_wrong", { rows: refused });
  await settleRows(ctx, batch.id, "applied", by);
  await writeBook(ctx, book, factRows(ctx, by, [batchFact("applied", batch, { status: ["pending", "applied"] }), ...changes.map(pointsFact)]));
}

/** A second person turns a whole batch down; its file may be sent again. Refuses `forbidden`, `not_found`, `own_adjustment`, `adjustment_to_oneself`, `already_settled`. */
export async function rejectBatch(ctx: Ctx, { batchId, note }: { batchId: string; note: string }): Promise<void> {
  const by = staffOf(ctx, "adjustments.approve");
  const batch = await load(ctx, batchId);
  const people = (await loadRows(ctx, batch.id)).map(({ userId }) => userId);
  orRefuse(mayDecide({ ...batch, people }, by));
  await end(ctx, batch, "rejected", by, note);
}

/** Who submitted a batch takes it back while it waits; its file may be sent again. Refuses `forbidden`, `not_found`, `already_settled`. */
export async function withdrawBatch(ctx: Ctx, { batchId }: { batchId: string }): Promise<void> {
  const by = staffOf(ctx, "adjustments.request", "import.run");
  const batch = await load(ctx, batchId);
  orRefuse(mayWithdraw(batch, by));
  await end(ctx, batch, "withdrawn", by);
}

async function end(ctx: Ctx, batch: Known, status: "rejected" | "withdrawn", by: StaffId, note?: string): Promise<void> {
  await settle(ctx, { table: "adjustment_batches", id: batch.id, status, by, note });
  await settleRows(ctx, batch.id, status, by);
  await sendPacket(ctx.tx, [statement("UPDATE adjustment_batches SET file_digest = UNHEX(SHA2(CONCAT(HEX(file_digest), ':', id), 256)) WHERE id = ?", [batch.id])]);
  await emit(ctx, batchFact(status, batch, { status: ["pending", status] }));
}

async function settleRows(ctx: Ctx, batchId: number, status: AdjustmentStatus, by: StaffId): Promise<void> {
  await sendPacket(ctx.tx, [statement("UPDATE adjustments SET status = ?, decided_by = ?, decided_at = ? WHERE batch_id = ? AND status = 'pending'", [status, by, ctx.now, batchId])]);
}

type About = Pick<Known, "publicId" | "people" | "pointsIn" | "pointsOut" | "reason" | "requestedBy">;

const batchFact = (step: "requested" | "applied" | "rejected" | "withdrawn", { publicId: id, people, pointsIn, pointsOut, reason, requestedBy }: About, changes: Record<string, [unknown, unknown]>): Fact =>
  ({ name: `adjustment_batch.${step}`, subject: { type: "adjustment_batch", id }, data: { people, pointsIn, pointsOut, reason, makerId: requestedBy, changes } });
