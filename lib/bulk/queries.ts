import "server-only";

import { and, asc, desc, eq, gt, inArray, max, ne } from "drizzle-orm";

import type { Db } from "@/db/client";
import { bulkFailures, bulkRuns, staffRoles, users } from "@/db/schema";
import { permissionsOf } from "@/lib/accounts/permission";
import type { Actor, StaffId } from "@/lib/ctx";
import type { RefusalCode } from "@/lib/refusal";
import type { Policy } from "@/lib/settings/policy";

import { LIST_READS } from "./list-queries";
import { isOperation, OPERATIONS, TRIED, type BulkList, type BulkParams, type OperationKey, type Progress } from "./operation";

export type BulkRun = Progress & {
  id: number; publicId: string; operation: OperationKey; params: BulkParams; selection: { ids: (number | string)[] } | { query: string }; cursorId: number;
  requestedBy: number; requesterName: string; createdAt: Date; finishedAt: Date | null;
};

const runColumns = {
  id: bulkRuns.id, publicId: bulkRuns.publicId, operation: bulkRuns.operation, params: bulkRuns.params, selection: bulkRuns.selection, status: bulkRuns.status, total: bulkRuns.total, done: bulkRuns.done,
  failed: bulkRuns.failed, cursorId: bulkRuns.cursorId, requestedBy: bulkRuns.requestedBy, requesterName: users.username, createdAt: bulkRuns.createdAt, finishedAt: bulkRuns.finishedAt,
};

const selectRuns = (db: Db) => db.select(runColumns).from(bulkRuns).innerJoin(users, eq(users.id, bulkRuns.requestedBy));

/** Runs of operations that this version knows. */
const known = (rows: readonly unknown[]): BulkRun[] => (rows as BulkRun[]).filter(({ operation }) => isOperation(operation));

export async function findRun(db: Db, publicId: string): Promise<BulkRun | null> {
  return known(await selectRuns(db).where(eq(bulkRuns.publicId, publicId)))[0] ?? null;
}

/** Runs that are not over, the oldest first. */
export async function listOpenRuns(db: Db, limit: number): Promise<BulkRun[]> {
  return known(await selectRuns(db).where(inArray(bulkRuns.status, ["queued", "running"])).orderBy(asc(bulkRuns.id)).limit(limit));
}

const RUNS_SHOWN = 50;

/** The latest runs of some operations. */
export async function listRuns(db: Db, operations: readonly OperationKey[]): Promise<BulkRun[]> {
  return operations.length === 0 ? [] : known(await selectRuns(db).where(inArray(bulkRuns.operation, [...operations])).orderBy(desc(bulkRuns.id)).limit(RUNS_SHOWN));
}

export type BulkFailure = { item: string; code: RefusalCode; detail: Record<string, string | number> };

/** Rows that a run could not do, in the order of their names. */
export const listFailures = (db: Db, runId: number, { after = "", limit }: { after?: string; limit: number }): Promise<BulkFailure[]> =>
  db
    .select({ item: bulkFailures.item, code: bulkFailures.code, detail: bulkFailures.detail })
    .from(bulkFailures)
    .where(and(eq(bulkFailures.runId, runId), gt(bulkFailures.item, after), ne(bulkFailures.code, TRIED)))
    .orderBy(asc(bulkFailures.item))
    .limit(limit) as Promise<BulkFailure[]>;

/** What people call these rows. Colleagues have names only for those who may see them. */
export const namesOf = async (db: Db, list: BulkList, ids: readonly number[], reader: { locale: string; seesStaff: boolean }): Promise<Map<number, string>> =>
  new Map(ids.length === 0 ? [] : await LIST_READS[list].names(db, ids, reader));

/** How many rows of a list match its address now, and the newest of all rows: what comes later is not meant. */
export async function measure(db: Db, list: BulkList, query: string, policy: Policy): Promise<{ total: number; upTo: number }> {
  const { table, count } = LIST_READS[list];
  const [total, [newest]] = await Promise.all([count(db, new URLSearchParams(query), policy), db.select({ id: max(table.id) }).from(table)]);
  return { total, upTo: Number(newest?.id ?? 0) };
}

/** The rows that a run comes to next, by id: those that were chosen, or those that match the address now. */
export async function nextRows(db: Db, run: Pick<BulkRun, "operation" | "selection" | "cursorId" | "params">, limit: number, policy: Policy): Promise<number[]> {
  const { selection, cursorId: after, params: { upTo } } = run;
  if ("ids" in selection) return selection.ids.map(Number).filter((id) => id > after).slice(0, limit);
  return LIST_READS[OPERATIONS[run.operation].list].next(db, new URLSearchParams(selection.query), { after, upTo, limit }, policy);
}

/** Whoever asked for a run, with what they may do now; null for who does not work here any more. */
export async function findRequester(db: Db, id: number): Promise<Extract<Actor, { kind: "staff" }> | null> {
  const [row] = await db
    .select({ role: users.role, builtIn: staffRoles.builtIn, permissions: staffRoles.permissions })
    .from(users)
    .leftJoin(staffRoles, eq(staffRoles.id, users.staffRoleId))
    .where(eq(users.id, id));
  if (!row || row.role === "shopper") return null;
  return { kind: "staff", id: id as StaffId, role: row.role, permissions: permissionsOf(row.role, row.permissions && { builtIn: row.builtIn, permissions: row.permissions }) };
}
