import type { RowDataPacket } from "mysql2";

import { connectionOf, pool, type Tx } from "./client";

export type Value = string | number | boolean | Date | Buffer | null;
/** A statement with `?` for each bound value. */
export type Statement = { sql: string; values: readonly Value[] };
/** Text that goes into a statement as it is, in a place where a value would be bound: a session variable. */
export type Raw = { raw: string };

export const statement = (sql: string, values: readonly Value[] = []): Statement => ({ sql, values });

/**
 * Sends several statements in one round trip; one result for each, in order (rows for a SELECT, a header for the rest).
 * When one fails, those before it have run: the transaction around must roll back, and `transact` does.
 */
export async function sendPacket(tx: Tx, statements: readonly Statement[]): Promise<RowDataPacket[][]> {
  if (statements.length === 0) return [];
  const sql = statements.map((each) => each.sql).join(";\n");
  const values = statements.flatMap((each) => each.values);
  const [results] = await connectionOf(tx).query(sql, values);
  return (statements.length === 1 ? [results] : results) as RowDataPacket[][];
}

/** Runs one reading statement outside any transaction. */
export async function readRows({ sql, values }: Statement): Promise<RowDataPacket[]> {
  const [rows] = await pool().query<RowDataPacket[]>(sql, [...values]);
  return rows;
}

/** How many rows the statement behind a result matched. */
export const affectedRows = (result: unknown): number => (result as { affectedRows?: number } | undefined)?.affectedRows ?? 0;

/** `INSERT` of many rows. A cell may be raw text, for ids that an earlier statement of the packet left in a variable. */
export function insertRows(table: string, columns: readonly string[], rows: readonly (readonly (Value | Raw)[])[]): Statement {
  const { text, values } = tuples(rows, "");
  return { sql: `INSERT INTO ${table} (${columns.join(", ")}) VALUES ${text}`, values };
}

/**
 * Sets columns of many rows by key in one statement. The first column is the key.
 * STRAIGHT_JOIN reads the given rows first, so that exactly those rows are locked, in the given order.
 */
export function updateRows(table: string, columns: readonly [string, ...string[]], rows: readonly (readonly Value[])[]): Statement {
  const [key, ...changed] = columns;
  const { text, values } = tuples(rows, "ROW");
  const set = changed.map((column) => `t.${column} = v.${column}`).join(", ");
  return { sql: `UPDATE (VALUES ${text}) v (${columns.join(", ")}) STRAIGHT_JOIN ${table} t ON t.${key} = v.${key} SET ${set}`, values };
}

/** Keeps the first id of the INSERT just before it. Rows of one INSERT have consecutive ids (checked at start-up). */
export const keepFirstId = (variable: string): Statement => statement(`SET @${variable} = LAST_INSERT_ID()`);

/** The id of row `index` of the INSERT whose first id was kept. */
export const idInRow = (variable: string, index: number): Raw => ({ raw: `@${variable} + ${index}` });

function tuples(rows: readonly (readonly (Value | Raw)[])[], prefix: string): { text: string; values: Value[] } {
  const values: Value[] = [];
  const text = rows.map((row) => `${prefix}(${row.map((cell) => bind(cell, values)).join(",")})`).join(",");
  return { text, values };
}

function bind(cell: Value | Raw, values: Value[]): string {
  if (isRaw(cell)) return cell.raw;
  values.push(cell);
  return "?";
}

const isRaw = (cell: Value | Raw): cell is Raw => cell !== null && typeof cell === "object" && "raw" in cell;
