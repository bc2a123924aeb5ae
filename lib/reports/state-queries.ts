import "server-only";

import { and, between, desc, eq, inArray, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { reportFacts, reportMarks, reportSnapshots } from "@/db/schema";
import { parseDay, type Day } from "@/lib/day";

import type { DayRange, ReportState } from "./range";
import { TAIL, tailOf } from "./rolling/sources";

/** How far the reports have been made. */
export async function getReportState(db: Db): Promise<ReportState> {
  const marks = await listMarks(db);
  return { builtAt: marks.get("facts")?.builtAt ?? null, throughDay: marks.get("days")?.throughDay ?? null };
}

/** How far each part has been made. */
export async function listMarks(db: Db): Promise<Map<string, { throughDay: Day | null; builtAt: Date }>> {
  const rows = await db.select().from(reportMarks);
  return new Map(rows.map(({ name, throughDay, builtAt }) => [name, { throughDay: throughDay ? parseDay(throughDay) : null, builtAt }]));
}

export type FactRow = { metric: string; day: Day; item: string; value: number };

/** The sums of these metrics in a range of days: those that have settled, and the tail. */
export async function listFacts(db: Db, metrics: readonly string[], { first, last }: DayRange): Promise<FactRow[]> {
  const rows = await db
    .select({ metric: reportFacts.metric, day: reportFacts.localDay, item: reportFacts.item, value: reportFacts.value })
    .from(reportFacts)
    .where(and(inArray(reportFacts.metric, metrics.flatMap((metric) => [metric, tailOf(metric)])), between(reportFacts.localDay, first, last)));
  return rows.map((row) => ({ ...row, day: row.day as Day, metric: row.metric.endsWith(TAIL) ? row.metric.slice(0, -TAIL.length) : row.metric }));
}

/** The same over all days of the range, by item: what a report of many items needs is a row for each, not one for each day. */
export async function sumFacts(db: Db, metrics: readonly string[], { first, last }: DayRange): Promise<Map<string, number>> {
  const rows = await db
    .select({ item: reportFacts.item, value: sql<number>`sum(${reportFacts.value})`.mapWith(Number) })
    .from(reportFacts)
    .where(and(inArray(reportFacts.metric, metrics.flatMap((metric) => [metric, tailOf(metric)])), between(reportFacts.localDay, first, last)))
    .groupBy(reportFacts.item);
  return new Map(rows.map(({ item, value }) => [item, value]));
}

export type Snapshot = { asOf: Day | null; items: Map<string, number> };

/** A report's snapshot of a day; without a day, of the last for which it is whole. */
export async function findSnapshot(db: Db, report: string, asOf?: Day): Promise<Snapshot> {
  const day = asOf ?? (await lastSnapshotDay(db, report));
  if (!day) return { asOf: null, items: new Map() };
  const rows = await db.select({ item: reportSnapshots.item, value: reportSnapshots.value }).from(reportSnapshots).where(and(eq(reportSnapshots.report, report), eq(reportSnapshots.asOf, day)));
  return { asOf: day, items: new Map(rows.map(({ item, value }) => [item, value])) };
}

async function lastSnapshotDay(db: Db, report: string): Promise<Day | null> {
  const [mark] = await db.select({ day: reportMarks.throughDay }).from(reportMarks).where(eq(reportMarks.name, report));
  return mark?.day ? parseDay(mark.day) : null;
}

/** One item of a report's snapshots in a range of days. */
export async function listSnapshots(db: Db, report: string, { first, last }: DayRange, item?: string): Promise<{ asOf: Day; item: string; value: number }[]> {
  const rows = await db
    .select({ asOf: reportSnapshots.asOf, item: reportSnapshots.item, value: reportSnapshots.value })
    .from(reportSnapshots)
    .where(and(eq(reportSnapshots.report, report), between(reportSnapshots.asOf, first, last), item === undefined ? undefined : eq(reportSnapshots.item, item)))
    .orderBy(desc(reportSnapshots.asOf));
  return rows.map((row) => ({ ...row, asOf: row.asOf as Day }));
}
