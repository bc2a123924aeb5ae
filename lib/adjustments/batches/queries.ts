import "server-only";

import { createHash } from "node:crypto";

import { and, eq, inArray, isNull, lte, or, sql, type SQL } from "drizzle-orm";

import type { Db } from "@/db/client";
import { adjustmentBatches, pointAccounts, pointLots, users } from "@/db/schema";
import type { AdjustmentReason, AdjustmentStatus } from "@/db/schema/control";
import { readCsvLines } from "@/lib/csv-read";
import type { UserId } from "@/lib/ctx";
import { dayOf, startOfDay } from "@/lib/day";

import { sumAlone } from "../queries";

import { BATCH_ROWS_MAX, batchNeedsSecond, batchRows, contentOf, isGood, judgeRows, personKey, sumRows, type BatchPerson, type BatchRow, type BatchSums, type GoodRow, type JudgedRow, type PeopleOfFile } from "./batch-file";

/** So many keys of one list: with more the optimizer gives up its index. */
const KEYS_AT_ONCE = 2_000;

/** The rows of a CSV; null when it is no table, has none, or has too many. */
export function readBatchRows(text: string): BatchRow[] | null {
  const lines = readCsvLines(text);
  const rows = lines && batchRows(lines);
  return rows && rows.length > 0 && rows.length <= BATCH_ROWS_MAX ? rows : null;
}

type Judging = { makerId: number; /** Whoever works in the shop is there only for those who may see colleagues' accounts. */ seesStaff: boolean; now: Date; timeZone: string };
export type Validated = BatchSums & { rows: JudgedRow[] };

/** Judges the rows of a file: who they mean, and whether each could be done now. Nothing is written. */
export async function validateBatch(db: Db, rows: readonly BatchRow[], { makerId, seesStaff, now, timeZone }: Judging): Promise<Validated> {
  const visible = seesStaff ? undefined : or(eq(users.role, "shopper"), eq(users.id, makerId));
  const judged = judgeRows(rows, await readPeople(db, rows, { visible, now }), { makerId, today: dayOf(now, timeZone) });
  return { rows: judged, ...sumRows(judged) };
}

async function readPeople(db: Db, rows: readonly BatchRow[], { visible, now }: { visible: SQL | undefined; now: Date }): Promise<PeopleOfFile> {
  const keys = rows.map(({ who }) => personKey(who));
  const [ids, emails] = [keys.flatMap((key) => (key && "id" in key ? [key.id] : [])), keys.flatMap((key) => (key && "email" in key ? [key.email] : []))];
  const found: { email: string; person: BatchPerson }[] = [];
  for (const some of chunks(unique(ids))) found.push(...(await peopleWhere(db, and(inArray(users.id, some), visible))));
  for (const some of chunks(unique(emails))) found.push(...(await peopleWhere(db, and(inArray(users.email, some), visible))));
  const removals = new Set(rows.flatMap(({ points }) => (/^[-−]/.test(points) ? [1] : [])));
  const overdue = removals.size > 0 ? await overduePoints(db, unique(found.map(({ person }) => person.userId)), now) : new Map<number, number>();
  for (const { person } of found) person.pointsAvailable -= overdue.get(person.userId) ?? 0;
  return { byId: new Map(found.map(({ person }) => [person.userId, person])), byEmail: new Map(found.map(({ email, person }) => [email, person])) };
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

function chunks<T>(values: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(values.length / KEYS_AT_ONCE) }, (_, index) => values.slice(index * KEYS_AT_ONCE, (index + 1) * KEYS_AT_ONCE));
}

async function peopleWhere(db: Db, where: SQL | undefined): Promise<{ email: string; person: BatchPerson }[]> {
  const rows = await db
    .select({ id: users.id, email: users.email, balance: pointAccounts.pointsBalance, isHeld: sql<number>`exists (select 1 from account_holds h where h.user_id = ${users.id} and h.cleared_at is null)`.mapWith(Boolean) })
    .from(users)
    .innerJoin(pointAccounts, eq(pointAccounts.userId, users.id))
    .where(and(where, isNull(users.erasedAt)));
  return rows.map(({ id, email, balance, isHeld }) => ({ email, person: { userId: id as UserId, pointsAvailable: balance, isHeld } }));
}

/** How many of these people were forgotten, or came to work here where that hides them, since a file was judged. Under their accounts' locks the answer stays true. */
export async function countHidden(db: Db, ids: readonly number[], seesStaff: boolean): Promise<number> {
  let hidden = 0;
  for (const some of chunks(ids)) {
    const rows = await db.select({ role: users.role, erasedAt: users.erasedAt }).from(users).where(inArray(users.id, some));
    hidden += some.length - rows.filter(({ role, erasedAt }) => erasedAt === null && (seesStaff || role === "shopper")).length;
  }
  return hidden;
}

/** Points in lots that have expired and were not swept yet: in the balance, but not to be taken. */
async function overduePoints(db: Db, ids: readonly number[], now: Date): Promise<Map<number, number>> {
  const sums = new Map<number, number>();
  for (const some of chunks(ids)) {
    const rows = await db
      .select({ userId: pointLots.userId, points: sql<number>`sum(${pointLots.pointsRemaining})`.mapWith(Number) })
      .from(pointLots).where(and(inArray(pointLots.userId, some), lte(pointLots.openUntil, now))).groupBy(pointLots.userId);
    for (const { userId, points } of rows) sums.set(userId, points);
  }
  return sums;
}

export type KnownBatch = { batchId: string; status: AdjustmentStatus };

/** The batch that came of the same file before. */
export async function findBatchOf(db: Db, fileDigest: Buffer): Promise<KnownBatch | null> {
  const [row] = await db.select({ batchId: adjustmentBatches.publicId, status: adjustmentBatches.status }).from(adjustmentBatches).where(eq(adjustmentBatches.fileDigest, fileDigest)).limit(1);
  return row ?? null;
}

/** The digest of what a file says. Null while a row names nobody, or no points: such a file is no file yet. */
export function digestOf(rows: readonly JudgedRow[], reason: AdjustmentReason): Buffer | null {
  const whole = rows.filter((row): row is GoodRow => row.userId !== null && row.points !== null);
  return whole.length === rows.length ? createHash("sha256").update(reason).update("\n").update(contentOf(whole)).digest() : null;
}

export type BatchPreview = Validated & { needsSecond: boolean; threshold: number; known: KnownBatch | null };

/** What would become of a file now. */
export async function previewBatch(db: Db, rows: readonly BatchRow[], { reason, threshold, ...judging }: Judging & { reason: AdjustmentReason; threshold: number }): Promise<BatchPreview> {
  const judged = await validateBatch(db, rows, judging);
  const good = judged.rows.filter(isGood);
  const fileDigest = digestOf(judged.rows, reason);
  const [known, alone] = await Promise.all([
    fileDigest && findBatchOf(db, fileDigest), sumAlone(db, judging.makerId, startOfDay(dayOf(judging.now, judging.timeZone), judging.timeZone)),
  ]);
  return { ...judged, needsSecond: batchNeedsSecond(good, alone, threshold), threshold, known };
}
