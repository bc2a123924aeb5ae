import "server-only";

import { readRows, statement, type Statement, type Value } from "@/db/packet";
import type { AdjustmentReason, AdjustmentStatus } from "@/db/schema/control";
import { startOfDay, endOfDay } from "@/lib/day";
import { containing } from "@/lib/like";
import { LIST_PAGE, pageWindow } from "@/lib/list-address";

import { ADJUSTMENT_SOURCE } from "./adjustment";
import type { AdjustmentState } from "./adjustment-list";

/** An adjustment of one person, or a batch of many. */
export type AdjustmentRow = {
  kind: "one" | "batch";
  publicId: string;
  /** Null for a batch. */
  userId: number | null;
  username: string | null;
  fileName: string;
  people: number;
  pointsIn: number;
  pointsOut: number;
  reason: AdjustmentReason;
  status: AdjustmentStatus;
  makerId: number;
  maker: string;
  decider: string | null;
  createdAt: Date;
  decidedAt: Date | null;
};

type Asking = Pick<AdjustmentState, "q" | "filters"> & { staffId: number; timeZone: string };
type Part = { where: string; values: Value[] };

/** Adjustments and batches together, one page of them. */
export async function listAdjustments(asking: Asking & Pick<AdjustmentState, "sort" | "page">): Promise<{ rows: AdjustmentRow[]; total: number }> {
  const { limit, offset } = pageWindow(asking, LIST_PAGE);
  const [rows, total] = await Promise.all([readPage(asking, asking.sort, limit, offset), countAdjustments(asking)]);
  return { rows, total };
}

const EXPORTED_AT_ONCE = 500;

/** All that match, some at a time. */
export async function* allAdjustments(asking: Asking & Pick<AdjustmentState, "sort">): AsyncGenerator<AdjustmentRow[]> {
  for (let offset = 0; ; offset += EXPORTED_AT_ONCE) {
    const rows = await readPage(asking, asking.sort, EXPORTED_AT_ONCE, offset);
    if (rows.length > 0) yield rows;
    if (rows.length < EXPORTED_AT_ONCE) return;
  }
}

async function readPage(asking: Asking, sort: AdjustmentState["sort"], limit: number, offset: number): Promise<AdjustmentRow[]> {
  const [one, batch] = [onesWhere(asking), batchesWhere(asking)];
  const way = sort?.down === false ? "ASC" : "DESC";
  // By time each half is read from its own end, and no further than the page.
  const isByTime = sort?.by !== "points";
  const most = offset + limit;
  const order = isByTime ? `t.createdAt ${way}, t.kind, t.id ${way}` : `t.pointsIn + t.pointsOut ${way}, t.id ${way}`;
  const half = (select: string, id: string): string => `(${select}${isByTime ? ` ORDER BY ${id} ${way} LIMIT ${most}` : ""})`;
  const rows = await readRows(statement(
    `SELECT t.*, m.username AS maker, d.username AS decider FROM (
       ${half(`SELECT 'one' AS kind, a.id, a.public_id AS publicId, a.user_id AS userId, u.username, '' AS fileName, 1 AS people, GREATEST(a.points, 0) AS pointsIn, GREATEST(-a.points, 0) AS pointsOut,
          a.reason, a.status, a.requested_by AS makerId, a.decided_by AS deciderId, a.created_at AS createdAt, a.decided_at AS decidedAt
        FROM adjustments a JOIN users u ON u.id = a.user_id WHERE ${one.where}`, "a.id")}
       UNION ALL
       ${half(`SELECT 'batch', b.id, b.public_id, NULL, NULL, b.file_name, b.people, b.points_in, b.points_out, b.reason, b.status, b.requested_by, b.decided_by, b.created_at, b.decided_at
        FROM adjustment_batches b WHERE ${batch.where}`, "b.id")}
     ) t JOIN users m ON m.id = t.makerId LEFT JOIN users d ON d.id = t.deciderId ORDER BY ${order} LIMIT ? OFFSET ?`,
    [...one.values, ...batch.values, limit, offset],
  ));
  return rows.map(({ id: _id, deciderId: _deciderId, ...row }) => row as AdjustmentRow);
}

export async function countAdjustments(asking: Asking): Promise<number> {
  const [one, batch] = [onesWhere(asking), batchesWhere(asking)];
  const rows = await readRows(statement(
    `SELECT (SELECT COUNT(*) FROM adjustments a JOIN users u ON u.id = a.user_id WHERE ${one.where}) + (SELECT COUNT(*) FROM adjustment_batches b WHERE ${batch.where}) AS total`,
    [...one.values, ...batch.values],
  ));
  return Number(rows[0]?.total ?? 0);
}

/** How many wait for this member of staff to decide, if they may decide at all: not what they asked for, nor what is about their own points. */
export const countWaitingFor = (staffId: number): Promise<number> => countAdjustments({ q: "", filters: { view: "waiting" }, staffId, timeZone: "UTC" });

const all = (parts: readonly (Part | null)[], always: string): Part => {
  const wanted = parts.filter((part) => part !== null);
  return { where: [always, ...wanted.map(({ where }) => where)].join(" AND "), values: wanted.flatMap(({ values }) => values) };
};

const shared = (alias: "a" | "b", { filters: { status, reason, from, to, view }, staffId, timeZone }: Asking): (Part | null)[] => [
  status ? { where: `${alias}.status = ?`, values: [status] } : null,
  reason ? { where: `${alias}.reason = ?`, values: [reason] } : null,
  from ? { where: `${alias}.created_at >= ?`, values: [startOfDay(from, timeZone)] } : null,
  to ? { where: `${alias}.created_at < ?`, values: [endOfDay(to, timeZone)] } : null,
  view === "mine" ? { where: `${alias}.requested_by = ?`, values: [staffId] } : null,
  view === "waiting" ? { where: `${alias}.status = 'pending' AND ${alias}.requested_by <> ?`, values: [staffId] } : null,
];

function onesWhere(asking: Asking): Part {
  const { q, filters: { kind, user, view }, staffId } = asking;
  return all([
    ...shared("a", asking),
    kind === "batch" ? NOTHING : null,
    user ? { where: "a.user_id = ?", values: [user] } : null,
    view === "waiting" ? { where: "a.user_id <> ?", values: [staffId] } : null,
    searchIn(q),
  ], "a.batch_id IS NULL");
}

/** An address is found whole only, as everywhere: no search may unmask it. */
function searchIn(q: string): Part | null {
  const text = q.trim();
  if (text === "") return null;
  if (text.includes("@")) return { where: "u.email = ?", values: [text.normalize("NFKC").toLowerCase()] };
  return { where: "(u.username LIKE ? OR a.note LIKE ? OR a.public_id = ?)", values: [containing(text), containing(text), text] };
}

function batchesWhere(asking: Asking): Part {
  const { q, filters: { kind, user, view }, staffId } = asking;
  const text = q.trim();
  return all([
    ...shared("b", asking),
    kind === "one" ? NOTHING : null,
    user ? { where: "EXISTS (SELECT 1 FROM adjustments x WHERE x.batch_id = b.id AND x.user_id = ?)", values: [user] } : null,
    view === "waiting" ? { where: "NOT EXISTS (SELECT 1 FROM adjustments x WHERE x.batch_id = b.id AND x.user_id = ?)", values: [staffId] } : null,
    text === "" ? null : { where: "(b.file_name LIKE ? OR b.note LIKE ? OR b.public_id = ?)", values: [containing(text), containing(text), text] },
  ], "TRUE");
}

const NOTHING: Part = { where: "FALSE", values: [] };

export type AdjustmentFacts = AdjustmentRow & { kind: "one"; userId: number; username: string; points: number; note: string; expiresAt: Date | null; attachmentType: string | null; decisionNote: string | null; batchId: string | null; batchFile: string | null; /** Balance less debt after its entry; null while it has none. */ balanceAfter: number | null };

/** One adjustment with everything that is known of it; one of a batch too. */
export async function findAdjustment(publicId: string): Promise<AdjustmentFacts | null> {
  const rows = await readRows(statement(
    `SELECT 'one' AS kind, a.public_id AS publicId, a.user_id AS userId, u.username, '' AS fileName, 1 AS people, GREATEST(a.points, 0) AS pointsIn, GREATEST(-a.points, 0) AS pointsOut,
       a.points, a.reason, a.status, a.note, a.expires_at AS expiresAt, a.attachment_type AS attachmentType, a.requested_by AS makerId, m.username AS maker, d.username AS decider,
       a.created_at AS createdAt, a.decided_at AS decidedAt, a.decision_note AS decisionNote, b.public_id AS batchId, b.file_name AS batchFile,
       (SELECT e.balance_after FROM points_transactions e WHERE e.source_type = '${ADJUSTMENT_SOURCE}' AND e.source_id = CONVERT(a.public_id USING ascii) AND e.user_id = a.user_id) AS balanceAfter
     FROM adjustments a JOIN users u ON u.id = a.user_id JOIN users m ON m.id = a.requested_by LEFT JOIN users d ON d.id = a.decided_by LEFT JOIN adjustment_batches b ON b.id = a.batch_id
     WHERE a.public_id = ?`,
    [publicId],
  ));
  return (rows[0] as AdjustmentFacts | undefined) ?? null;
}

export type BatchFacts = AdjustmentRow & { kind: "batch"; note: string; decisionNote: string | null };

export async function findBatch(publicId: string): Promise<BatchFacts | null> {
  const rows = await readRows(statement(
    `SELECT 'batch' AS kind, b.public_id AS publicId, NULL AS userId, NULL AS username, b.file_name AS fileName, b.people, b.points_in AS pointsIn, b.points_out AS pointsOut, b.reason, b.status, b.note,
       b.requested_by AS makerId, m.username AS maker, d.username AS decider, b.created_at AS createdAt, b.decided_at AS decidedAt, b.decision_note AS decisionNote
     FROM adjustment_batches b JOIN users m ON m.id = b.requested_by LEFT JOIN users d ON d.id = b.decided_by WHERE b.public_id = ?`,
    [publicId],
  ));
  return (rows[0] as BatchFacts | undefined) ?? null;
}

export type BatchLine = { publicId: string; userId: number; username: string; points: number; note: string; expiresAt: Date | null; status: AdjustmentStatus; pointsAvailable: number; isHeld: boolean };

const LINES = `SELECT a.public_id AS publicId, a.user_id AS userId, u.username, a.points, a.note, a.expires_at AS expiresAt, a.status, EXISTS (SELECT 1 FROM account_holds h WHERE h.user_id = a.user_id AND h.cleared_at IS NULL) AS isHeld,
    p.points_balance - COALESCE((SELECT SUM(l.points_remaining) FROM point_lots l WHERE l.user_id = a.user_id AND l.open_until <= ?), 0) AS pointsAvailable
  FROM adjustments a JOIN adjustment_batches b ON b.id = a.batch_id JOIN users u ON u.id = a.user_id JOIN point_accounts p ON p.user_id = a.user_id WHERE b.public_id = ?`;

const linesFrom = async (read: Statement): Promise<BatchLine[]> => (await readRows(read)).map((row) => ({ ...row, isHeld: Boolean(row.isHeld), pointsAvailable: Number(row.pointsAvailable) }) as BatchLine);

/** The people of a batch in the order of their file, with what each has now. */
export const listBatchLines = (publicId: string, now: Date, { limit, offset }: { limit: number; offset: number }): Promise<BatchLine[]> =>
  linesFrom(statement(`${LINES} ORDER BY a.id LIMIT ? OFFSET ?`, [now, publicId, limit, offset]));

/** Lines of a waiting batch that could not be applied now: taken out is more than is there, held, or past its day. */
export const listBatchTrouble = (publicId: string, now: Date, limit: number): Promise<BatchLine[]> =>
  linesFrom(statement(`SELECT * FROM (${LINES} AND a.status = 'pending') t WHERE t.isHeld OR t.expiresAt <= ? OR (t.points < 0 AND t.pointsAvailable < -t.points) LIMIT ?`, [now, publicId, now, limit]));

/** Whether an invariant found a person's books wrong and nobody has cleared them: nothing is adjusted there. */
export const isInDoubt = async (userId: number): Promise<boolean> =>
  (await readRows(statement("SELECT 1 AS found FROM account_holds WHERE user_id = ? AND cleared_at IS NULL LIMIT 1", [userId]))).length > 0;

/** Whether a batch has anything of this person's. */
export async function isInBatch(publicId: string, userId: number): Promise<boolean> {
  const rows = await readRows(statement("SELECT 1 AS found FROM adjustments a JOIN adjustment_batches b ON b.id = a.batch_id WHERE b.public_id = ? AND a.user_id = ? LIMIT 1", [publicId, userId]));
  return rows.length > 0;
}

export type PersonAdjustment = { publicId: string; points: number; reason: AdjustmentReason; status: AdjustmentStatus; maker: string; createdAt: Date };

/** The latest adjustments of one person, those of batches too. */
export async function listAdjustmentsOf(userId: number, limit: number): Promise<PersonAdjustment[]> {
  const rows = await readRows(statement(
    "SELECT a.public_id AS publicId, a.points, a.reason, a.status, m.username AS maker, a.created_at AS createdAt FROM adjustments a JOIN users m ON m.id = a.requested_by WHERE a.user_id = ? ORDER BY a.id DESC LIMIT ?",
    [userId, limit],
  ));
  return rows as PersonAdjustment[];
}
