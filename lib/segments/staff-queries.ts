import "server-only";

import { and, asc, desc, eq, gt, like, lt, or, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { readRows, statement } from "@/db/packet";
import { segmentMembers, segments, users } from "@/db/schema";
import type { UserId } from "@/lib/ctx";
import { containing } from "@/lib/like";
import { errnoOf } from "@/lib/log";
import { oneMore, turnPage, type Cursor, type Turned } from "@/lib/page";

import { conditionOf } from "./condition";
import type { RfmGroup, SegmentDefinition } from "./segment";

export type StaffSegment = { id: number; name: string; nameEn: string; definition: SegmentDefinition; isActive: boolean; refreshedAt: Date | null; createdAt: Date; members: number };

const SEGMENTS_MAX = 500;

const columns = {
  id: segments.id, name: segments.name, nameEn: segments.nameEn, definition: segments.definition, isActive: segments.isActive, refreshedAt: segments.refreshedAt, createdAt: segments.createdAt,
  members: sql<number>`(select count(*) from ${segmentMembers} where ${segmentMembers.segmentId} = ${segments.id})`.mapWith(Number),
};

/** Segments, the newest first, with how many belong to each. */
export async function listSegmentsForStaff(db: Db, { search = "", isActive }: { search?: string; isActive?: boolean } = {}): Promise<{ segments: StaffSegment[]; counts: { active: number; inactive: number } }> {
  const text = search.trim();
  const matching = text === "" ? undefined : or(like(segments.name, containing(text)), like(segments.nameEn, containing(text)));
  const [rows, totals] = await Promise.all([
    db.select(columns).from(segments).where(and(matching, isActive === undefined ? undefined : eq(segments.isActive, isActive))).orderBy(desc(segments.id)).limit(SEGMENTS_MAX),
    db.select({ isActive: segments.isActive, total: sql<number>`count(*)`.mapWith(Number) }).from(segments).groupBy(segments.isActive),
  ]);
  const countOf = (wanted: boolean): number => totals.find((row) => row.isActive === wanted)?.total ?? 0;
  return { segments: rows, counts: { active: countOf(true), inactive: countOf(false) } };
}

export async function findSegmentForStaff(db: Db, id: number): Promise<StaffSegment | null> {
  const [row] = await db.select(columns).from(segments).where(eq(segments.id, id)).limit(1);
  return row ?? null;
}

/** The oldest segment in use that is one group by orders and nothing else; null when there is none. */
export async function findSegmentOfGroup(db: Db, group: RfmGroup): Promise<number | null> {
  const [row] = await db
    .select({ id: segments.id })
    .from(segments)
    .where(and(eq(segments.isActive, true), sql`${segments.definition} = cast(${JSON.stringify({ rfmGroups: [group] })} as json)`))
    .orderBy(asc(segments.id))
    .limit(1);
  return row?.id ?? null;
}

/** Segments that a form offers. */
export const listSegmentChoices = (db: Db): Promise<{ id: number; name: string; nameEn: string }[]> =>
  db.select({ id: segments.id, name: segments.name, nameEn: segments.nameEn }).from(segments).where(eq(segments.isActive, true)).orderBy(asc(segments.name), asc(segments.id)).limit(SEGMENTS_MAX);

export type Member = { id: UserId; username: string; email: string; since: Date };

/** People of a segment, those with the highest ids first. */
export async function listMembers(db: Db, segmentId: number, cursor: Cursor, limit: number): Promise<Turned<Member>> {
  const { before, after } = cursor;
  const rows = await db
    .select({ id: users.id, username: users.username, email: users.email, since: segmentMembers.createdAt })
    .from(segmentMembers)
    .innerJoin(users, eq(users.id, segmentMembers.userId))
    .where(and(eq(segmentMembers.segmentId, segmentId), before === undefined ? undefined : lt(segmentMembers.userId, before), after === undefined ? undefined : gt(segmentMembers.userId, after)))
    .orderBy(after === undefined ? desc(segmentMembers.userId) : asc(segmentMembers.userId))
    .limit(oneMore(limit));
  return turnPage(rows as Member[], limit, cursor);
}

const TAKES_TOO_LONG = 3024;

/** How many people a definition holds now; null when counting them takes too long for somebody who waits. */
export async function countMatching(definition: SegmentDefinition, now: Date, zone: string): Promise<number | null> {
  const { sql: condition, values } = conditionOf(definition, now, zone);
  try {
    const [row] = await readRows(statement(`SELECT /*+ MAX_EXECUTION_TIME(4000) */ COUNT(*) AS people FROM users u WHERE u.erased_at IS NULL AND (${condition})`, values));
    return Number(row?.people ?? 0);
  } catch (error) {
    if (errnoOf(error) === TAKES_TOO_LONG) return null;
    throw error;
  }
}
