import "server-only";

import type { RowDataPacket } from "mysql2";

import { readRows, statement } from "@/db/packet";

import type { Fact } from "../event";
import type { StoredEvent } from "../handler";

/** Reports looked through for the newest that has settled; the runs of three hours at one a minute. */
const REPORTS_MAX = 200;

/** What earlier runs of a job reported, the newest first. */
export async function listReports(job: string): Promise<unknown[]> {
  const rows = await readRows(statement("SELECT report FROM job_runs WHERE job = ? AND report IS NOT NULL ORDER BY id DESC LIMIT ?", [job, REPORTS_MAX]));
  return rows.map((row) => row.report as unknown);
}

/** The greatest id that shows, and the database's own time: the clocks of several machines may disagree. */
export async function getNewestEvent(): Promise<{ id: number; databaseTime: number }> {
  const [row] = await readRows(statement("SELECT COALESCE((SELECT MAX(id) FROM events), 0) AS id, CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED) AS time"));
  return { id: Number(row!.id), databaseTime: Number(row!.time) };
}

const COLUMNS = "e.id, e.name, e.actor_id, e.subject_id, e.data, e.created_at";
const marks = (values: readonly unknown[]): string => values.map(() => "?").join(",");

/** Events of these names within (`after`, `upTo`] that nobody has handled, oldest first. Walks the ids alone, so the range bounds the cost. */
export async function listUnhandled(names: readonly Fact["name"][], after: number, upTo: number, max: number): Promise<StoredEvent[]> {
  const rows = await readRows(statement(
    `SELECT ${COLUMNS} FROM events e FORCE INDEX (PRIMARY) LEFT JOIN handled_events h ON h.event_id = e.id
     WHERE e.id > ? AND e.id <= ? AND e.name IN (${marks(names)}) AND h.event_id IS NULL ORDER BY e.id LIMIT ?`,
    [after, upTo, ...names, max],
  ));
  return rows.map(eventFrom);
}

/** Those of these events that nobody has handled. */
export async function listUnhandledOf(ids: readonly string[]): Promise<StoredEvent[]> {
  if (ids.length === 0) return [];
  const rows = await readRows(statement(
    `SELECT ${COLUMNS} FROM events e LEFT JOIN handled_events h ON h.event_id = e.id WHERE e.id IN (${marks(ids)}) AND h.event_id IS NULL ORDER BY e.id`,
    ids.map(Number),
  ));
  return rows.map(eventFrom);
}

/** The newest report of a run of a job, and when that began; null before the first. */
export async function findNewestReport(job: string): Promise<{ at: Date; report: unknown } | null> {
  const [row] = await readRows(statement("SELECT started_at, report FROM job_runs WHERE job = ? AND report IS NOT NULL ORDER BY id DESC LIMIT 1", [job]));
  return row ? { at: row.started_at as Date, report: row.report as unknown } : null;
}

export type GivenUp = { id: number; at: Date; reason: string };

/** Events that were given up and that nobody has handled since, the newest first. */
export async function listGivenUp(max: number): Promise<GivenUp[]> {
  const rows = await readRows(statement(
    `SELECT CAST(g.subject_id AS UNSIGNED) AS id, g.created_at AS at, g.data->>'$.reason' AS reason FROM events g
     LEFT JOIN handled_events h ON h.event_id = CAST(g.subject_id AS UNSIGNED) WHERE g.subject_type = 'event' AND g.name = 'event.given_up' AND h.event_id IS NULL ORDER BY g.id DESC LIMIT ?`,
    [max],
  ));
  return rows.map((row) => ({ id: Number(row.id), at: row.at as Date, reason: String(row.reason ?? "") }));
}

const eventFrom = (row: RowDataPacket): StoredEvent => ({ id: row.id, name: row.name, actorId: row.actor_id, subjectId: row.subject_id, data: row.data, createdAt: row.created_at });
