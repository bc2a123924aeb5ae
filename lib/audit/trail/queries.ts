import "server-only";

import type { RowDataPacket } from "mysql2";

import { readRows, statement, type Value } from "@/db/packet";
import { addDays, startOfDay, type Day } from "@/lib/day";
import type { Fact } from "@/lib/events/event";
import { FACT_SUBJECTS, SUBJECT_TYPES, type SubjectType } from "@/lib/events/fact-subjects";
import { oneMore, turnPage, type Cursor, type Turned } from "@/lib/page";

export type TrailFilter = { q?: string; who?: "staff" | "clock"; actor?: number; type?: SubjectType; subject?: string; name?: Fact["name"]; from?: Day; to?: Day };
export type TrailRow = { id: number; name: string; actorId: number | null; actorName: string | null; subjectType: string; subjectId: string; data: Record<string, unknown>; createdAt: Date };
export type TrailPage = Turned<TrailRow> & { /** Where a search that found too little went on to look no further. */ searchedTo: number | null };

/** Ids that one page looks through where no index leads to what is asked: more are looked through on the next page. */
const WINDOW = 300_000;
/** Ids are given out in about the order of time: so far from the edge of a day an event of that day may be. */
const SLACK = 50_000;
/** Kinds of subjects that have few events: all of them are found by the index on the subject. */
const FEW: ReadonlySet<string> = new Set(SUBJECT_TYPES.filter((type) => !["user", "order", "coupon", "seal", "review", "sku"].includes(type)));

// What a seal keeps of its rows is for programs, and long.
const COLUMNS = "e.id, e.name, e.actor_id, u.username AS actor_name, e.subject_type, e.subject_id, IF(e.name = 'audit.sealed', JSON_REMOVE(e.data, '$.marks', '$.ids'), e.data) AS data, e.created_at";

type Condition = { sql: string; values: Value[] };

/** A page of the trail, newest first. `zone` is where the days of the filter begin. */
export async function listTrail(filter: TrailFilter, { limit, zone, ...cursor }: Cursor & { limit: number; zone: string }): Promise<TrailPage> {
  const nothing: TrailPage = { rows: [], nextBefore: null, previousAfter: null, searchedTo: null };
  const conditions = await conditionsOf(filter, zone);
  if (!conditions) return nothing;
  const bounds = await boundsOf(filter, zone, cursor);
  const index = indexFor(filter);
  const isOlder = cursor.after === undefined;
  // Without an index of its own the walk along the ids is bounded.
  const window = index === "PRIMARY" ? (isOlder ? { above: Math.max(bounds.above, bounds.below - WINDOW), below: bounds.below } : { above: bounds.above, below: Math.min(bounds.below, bounds.above + WINDOW) }) : bounds;
  const all = [...conditions, { sql: "e.id > ? AND e.id < ?", values: [window.above, window.below] }];
  const rows = await readRows(statement(
    `SELECT ${COLUMNS} FROM events e FORCE INDEX (${index}) LEFT JOIN users u ON u.id = e.actor_id WHERE ${all.map(({ sql }) => `(${sql})`).join(" AND ")} ORDER BY e.id ${isOlder ? "DESC" : "ASC"} LIMIT ?`,
    [...all.flatMap(({ values }) => values), oneMore(limit)],
  ));
  const page = turnPage(rows.map(rowFrom), limit, cursor);
  const isCut = isOlder && page.nextBefore === null && window.above > bounds.above;
  return { ...page, nextBefore: isCut ? window.above + 1 : page.nextBefore, searchedTo: isCut ? window.above : null };
}

const rowFrom = (row: RowDataPacket): TrailRow => ({
  id: row.id as number, name: String(row.name), actorId: row.actor_id as number | null, actorName: row.actor_name as string | null, subjectType: String(row.subject_type), subjectId: String(row.subject_id),
  data: (typeof row.data === "string" ? JSON.parse(row.data) : row.data) as Record<string, unknown>, createdAt: row.created_at as Date,
});

const indexFor = ({ q, actor, type, subject, name }: TrailFilter): string => {
  if (type && subject) return "events_subject_idx";
  if (actor !== undefined) return "events_actor_idx";
  if (q) return "events_subject_idx, events_actor_idx, PRIMARY";
  const kind = type ?? (name && FACT_SUBJECTS[name]);
  return kind && FEW.has(kind) ? "events_subject_idx" : "PRIMARY";
};

/** What the rows must be; null when nobody and nothing is called what is searched. */
async function conditionsOf({ q, who, actor, type, subject, name, from, to }: TrailFilter, zone: string): Promise<Condition[] | null> {
  const found: Condition[] = [];
  const add = (sql: string, ...values: Value[]): void => void found.push({ sql, values });
  if (q) {
    const people = (await readRows(statement("SELECT id FROM users WHERE username = ? LIMIT 5", [q]))).map((row) => row.id as number);
    const types = SUBJECT_TYPES.map(() => "?").join(",");
    const marks = people.map(() => "?").join(",");
    const byPerson = people.length > 0 ? ` OR e.actor_id IN (${marks}) OR (e.subject_type = 'user' AND e.subject_id IN (${marks}))` : "";
    if (people.length === 0 && !/^[\x21-\x7e]{1,64}$/.test(q)) return null;
    add(`(e.subject_type IN (${types}) AND e.subject_id = ?)${byPerson}`, ...SUBJECT_TYPES, /^[\x21-\x7e]{1,64}$/.test(q) ? q : "", ...people, ...people.map(String));
  }
  if (actor !== undefined) add("e.actor_id = ?", actor);
  if (who === "clock") add("e.actor_id IS NULL");
  if (who === "staff") add("u.role <> 'shopper'");
  const kind = type ?? (name && FACT_SUBJECTS[name]);
  if (kind) add("e.subject_type = ?", kind);
  if (subject) add("e.subject_id = ?", subject);
  if (name) add("e.name = ?", name);
  else add("e.name <> 'audit.sealed'");
  if (from) add("e.created_at >= ?", startOfDay(from, zone));
  if (to) add("e.created_at < ?", startOfDay(addDays(to, 1), zone));
  return found;
}

/** Between which ids the page lies, both ends left out. */
async function boundsOf({ from, to }: TrailFilter, zone: string, { before, after }: Cursor): Promise<{ above: number; below: number }> {
  const [newest] = await readRows(statement("SELECT COALESCE(MAX(id), 0) AS id FROM events"));
  const last = Number(newest!.id);
  const [first, end] = await Promise.all([from ? idAt(startOfDay(from, zone), last) : null, to ? idAt(startOfDay(addDays(to, 1), zone), last) : null]);
  return { above: Math.max(after ?? 0, first === null ? 0 : first - SLACK, 0), below: Math.min(before ?? last + 1, end === null ? last + 1 : end + SLACK) };
}

/** About the first id of a time: halves the ids until it has found it. */
async function idAt(time: Date, last: number): Promise<number> {
  let [low, high] = [0, last + 1];
  while (high - low > SLACK / 10) {
    const middle = Math.floor((low + high) / 2);
    const [row] = await readRows(statement("SELECT created_at FROM events WHERE id >= ? ORDER BY id LIMIT 1", [middle]));
    if (row && (row.created_at as Date) < time) low = middle;
    else high = middle;
  }
  return low;
}

/** All that fits, page after page, for a file; at most `max` rows. */
export async function* walkTrail(filter: TrailFilter, zone: string, max: number): AsyncGenerator<TrailRow[]> {
  let before: number | undefined;
  for (let told = 0; told < max; ) {
    const { rows, nextBefore } = await listTrail(filter, { limit: Math.min(500, max - told), zone, before });
    if (rows.length > 0) yield rows;
    told += rows.length;
    if (nextBefore === null) return;
    before = nextBefore;
  }
}

/** What an actor is called. */
export async function findActorName(id: number): Promise<string | null> {
  const [row] = await readRows(statement("SELECT username FROM users WHERE id = ?", [id]));
  return row ? String(row.username) : null;
}
