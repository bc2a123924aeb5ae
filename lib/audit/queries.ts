import "server-only";

import { and, asc, desc, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import type { Pool, RowDataPacket } from "mysql2/promise";

import type { Db } from "@/db/client";
import { accountHolds, jobRuns, users } from "@/db/schema";
import type { UserId } from "@/lib/ctx";

import type { Evidence, Violation } from "./findings";
import { invariants, type Invariant } from "./invariants";

export type { Violation } from "./findings";

/** Rows of one invariant that are reported; more are counted as "at least". */
export const SHOWN_MAX = 1_000;

/**
 * A connection that checks reads whole tables: it gets room to join and to sum in memory, where the server's defaults would go to disk,
 * and each statement so much time. It is nobody else's afterwards.
 */
export const checkSession = (statementMs: number): string =>
  `SET SESSION max_execution_time = ${statementMs}, tmp_table_size = 1073741824, max_heap_table_size = 1073741824, join_buffer_size = 67108864, sort_buffer_size = 33554432, transaction_isolation = 'READ-COMMITTED', time_zone = '+00:00'`;

/** Runs one invariant as one statement, so that it sees one moment of a shop that goes on working. */
export async function checkInvariant(connection: Pick<Pool, "query">, invariant: Invariant, now: Date): Promise<Violation["rows"]> {
  const [rows] = await connection.query<RowDataPacket[]>(`${invariant.sql} LIMIT ${SHOWN_MAX}`, invariant.needsNow ? [now] : []);
  return rows;
}

/** Runs every invariant of the books. Returns those that found rows: the ids at fault, and by how much. */
export async function findViolations(connection: Pick<Pool, "query">, now: Date, onChecked?: (invariant: Invariant, found: number) => void): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (const invariant of invariants) {
    const rows = await checkInvariant(connection, invariant, now);
    onChecked?.(invariant, rows.length);
    if (rows.length > 0) violations.push({ invariant: invariant.name, rows });
  }
  return violations;
}

/** What a check of the books found, as it is kept: `next` is where the following check goes on when this one ran out of time. */
export type BooksCheck = {
  checked: number; broken: number; rows: number; people: number; held: number; seconds: number; next: string | null;
  findings: { invariant: string; evidence: Evidence }[];
  /** Invariants whose statement took too long. */
  unchecked: string[];
};

/** The name of its runs among those of the jobs: the check leaves more behind than a job reports. */
export const BOOKS_CHECK = "books-check";

/** The last finished check of the books. */
export async function findLastCheck(db: Db): Promise<{ at: Date; check: BooksCheck } | null> {
  const [run] = await db
    .select({ at: jobRuns.finishedAt, report: jobRuns.report })
    .from(jobRuns)
    .where(and(eq(jobRuns.job, BOOKS_CHECK), isNotNull(jobRuns.finishedAt), isNotNull(jobRuns.report)))
    .orderBy(desc(jobRuns.id))
    .limit(1);
  return run?.at && run.report ? { at: run.at, check: run.report as unknown as BooksCheck } : null;
}

export type Hold = { id: number; invariant: string; evidence: Evidence; createdAt: Date };
export type HeldAccount = { userId: UserId; username: string; holds: Hold[] };

const PEOPLE_PER_PAGE = 50;

/** People whose account is held, the longest held first, with what was found of each. */
export async function listHeldAccounts(db: Db): Promise<{ accounts: HeldAccount[]; hasMore: boolean }> {
  const open = isNull(accountHolds.clearedAt);
  const people = await db.selectDistinct({ userId: accountHolds.userId }).from(accountHolds).where(open).orderBy(asc(accountHolds.userId)).limit(PEOPLE_PER_PAGE + 1);
  const ids = people.slice(0, PEOPLE_PER_PAGE).map(({ userId }) => userId);
  if (ids.length === 0) return { accounts: [], hasMore: false };
  const rows = await db
    .select({ id: accountHolds.id, userId: accountHolds.userId, username: users.username, invariant: accountHolds.invariantName, evidence: accountHolds.evidence, createdAt: accountHolds.createdAt })
    .from(accountHolds)
    .innerJoin(users, eq(users.id, accountHolds.userId))
    .where(and(open, inArray(accountHolds.userId, ids)))
    .orderBy(asc(accountHolds.id));
  const accounts = new Map<number, HeldAccount>();
  for (const { userId, username, evidence, ...hold } of rows) {
    const account = accounts.get(userId) ?? { userId: userId as UserId, username, holds: [] };
    account.holds.push({ ...hold, evidence: evidence as Evidence });
    accounts.set(userId, account);
  }
  return { accounts: [...accounts.values()], hasMore: people.length > PEOPLE_PER_PAGE };
}

export type ClearedHold = { id: number; userId: number; username: string; invariant: string; clearedAt: Date; clearedNote: string | null; clearedByName: string | null };

const CLEARED_SHOWN = 20;

/** Holds that were cleared, the latest first, with who cleared them and why. */
export async function listClearedHolds(db: Db): Promise<ClearedHold[]> {
  const rows = await db
    .select({
      id: accountHolds.id, userId: accountHolds.userId, username: users.username, invariant: accountHolds.invariantName,
      clearedAt: accountHolds.clearedAt, clearedBy: accountHolds.clearedBy, clearedNote: accountHolds.clearedNote,
    })
    .from(accountHolds)
    .innerJoin(users, eq(users.id, accountHolds.userId))
    .where(isNotNull(accountHolds.clearedAt))
    .orderBy(desc(accountHolds.clearedAt), desc(accountHolds.id))
    .limit(CLEARED_SHOWN);
  const clerks = [...new Set(rows.flatMap(({ clearedBy }) => (clearedBy === null ? [] : [clearedBy])))];
  const names = new Map(clerks.length === 0 ? [] : (await db.select({ id: users.id, name: users.username }).from(users).where(inArray(users.id, clerks))).map(({ id, name }) => [id, name] as const));
  return rows.map(({ clearedBy, clearedAt, ...row }) => ({ ...row, clearedAt: clearedAt!, clearedByName: clearedBy === null ? null : (names.get(clearedBy) ?? null) }));
}
