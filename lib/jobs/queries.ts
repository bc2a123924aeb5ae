import "server-only";

import type { RowDataPacket } from "mysql2";

import { readRows, statement } from "@/db/packet";
import { Progress } from "@/lib/events/handling/progress";
import { findNewestReport, listGivenUp, listUnhandledOf } from "@/lib/events/handling/queries";

import type { JobRun } from "./schedule";

const COLUMNS = "r.id, r.job, r.started_at, r.finished_at, r.report, r.error";

const runFrom = (row: RowDataPacket): JobRun => ({ id: row.id, startedAt: row.started_at, finishedAt: row.finished_at, report: row.report, error: row.error });

/** The last run of each job that ever ran. */
export async function listLastRuns(): Promise<Map<string, JobRun>> {
  const rows = await readRows(statement(`SELECT ${COLUMNS} FROM job_runs r JOIN (SELECT job, MAX(id) AS id FROM job_runs GROUP BY job) newest ON newest.id = r.id`));
  return new Map(rows.map((row) => [String(row.job), runFrom(row)]));
}

/** Runs of one job, the newest first; `before` is the last one of the page before. */
export async function listRuns(job: string, { before, limit, onlyFailed }: { before?: number; limit: number; onlyFailed?: boolean }): Promise<{ runs: JobRun[]; nextBefore: number | null }> {
  const rows = await readRows(statement(
    `SELECT ${COLUMNS} FROM job_runs r WHERE r.job = ? AND r.id < ?${onlyFailed ? " AND r.error IS NOT NULL" : ""} ORDER BY r.id DESC LIMIT ?`, [job, before ?? Number.MAX_SAFE_INTEGER, limit + 1],
  ));
  const runs = rows.slice(0, limit).map(runFrom);
  return { runs, nextBefore: rows.length > limit ? runs.at(-1)!.id : null };
}

export const TROUBLED_MAX = 200;

/** An event that what follows from it could not be done for. `givenUpAt` is null while each run tries it again. */
export type TroubledEvent = { id: number; name: string; actorId: number | null; subjectType: string; subjectId: string; createdAt: Date; reason: string | null; givenUpAt: Date | null };

/** Events that are still tried again and those that were given up, the newest first; and when the dispatcher reported last. */
export async function listTroubledEvents(): Promise<{ events: TroubledEvent[]; failing: number; asOf: Date | null }> {
  const [newest, lost] = await Promise.all([findNewestReport("dispatch-events"), listGivenUp(TROUBLED_MAX)]);
  const known = Progress.safeParse(newest?.report);
  const failures = known.success ? known.data.failures.slice(0, TROUBLED_MAX) : [];
  const reasons = (newest?.report as { reasons?: Record<string, string> } | undefined)?.reasons ?? {};
  const givenUp = new Map(lost.map((each) => [each.id, each]));
  const ids = [...new Set([...failures.map(Number), ...givenUp.keys()])];
  const events = await describeEvents(ids);
  return {
    events: events.map((event) => ({ ...event, reason: givenUp.get(event.id)?.reason ?? reasons[String(event.id)] ?? null, givenUpAt: givenUp.get(event.id)?.at ?? null })),
    failing: known.success ? known.data.failures.length : 0, asOf: newest?.at ?? null,
  };
}

type Described = Omit<TroubledEvent, "reason" | "givenUpAt">;

/** Those that somebody has handled meanwhile are not among them. */
async function describeEvents(ids: readonly number[]): Promise<Described[]> {
  if (ids.length === 0) return [];
  const rows = await readRows(statement(
    `SELECT e.id, e.name, e.actor_id, e.subject_type, e.subject_id, e.created_at FROM events e LEFT JOIN handled_events h ON h.event_id = e.id
     WHERE e.id IN (${ids.map(() => "?").join(",")}) AND h.event_id IS NULL ORDER BY e.id DESC LIMIT ?`,
    [...ids, TROUBLED_MAX],
  ));
  return rows.map((row) => ({ id: row.id, name: row.name, actorId: row.actor_id, subjectType: row.subject_type, subjectId: row.subject_id, createdAt: row.created_at }));
}

/** One of the events that failed or were given up, whole, so that it can be tried again; null for any other. */
export async function findTroubledEvent(id: number): Promise<Awaited<ReturnType<typeof listUnhandledOf>>[number] | null> {
  const { events } = await listTroubledEvents();
  if (!events.some((event) => event.id === id)) return null;
  const [event] = await listUnhandledOf([String(id)]);
  return event ?? null;
}
