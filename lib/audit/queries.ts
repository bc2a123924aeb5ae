import "server-only";

import type { Pool, RowDataPacket } from "mysql2/promise";

import { invariants, type Invariant } from "./invariants";

/** Rows of one invariant that are reported; more are counted as "at least". */
export const SHOWN_MAX = 1_000;

export type Violation = { invariant: string; rows: Record<string, unknown>[] };

/**
 * Runs every invariant of the books, each as one statement, so that each sees one moment of a shop that goes on working.
 * Returns those that found rows: the ids at fault, and by how much.
 */
export async function findViolations(connection: Pick<Pool, "query">, now: Date, onChecked?: (invariant: Invariant, found: number) => void): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (const invariant of invariants) {
    const [rows] = await connection.query<RowDataPacket[]>(`${invariant.sql} LIMIT ${SHOWN_MAX}`, invariant.needsNow ? [now] : []);
    onChecked?.(invariant, rows.length);
    if (rows.length > 0) violations.push({ invariant: invariant.name, rows });
  }
  return violations;
}
