import mysql, { type RowDataPacket } from "mysql2/promise";
import { inject } from "vitest";

import { pool } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { currentTime } from "@/lib/clock";
import { findViolations, type Violation } from "@/lib/audit/queries";
import { forgetPolicy } from "@/lib/settings/queries";

/**
 * One database per worker, migrated once. Tests are not rolled back: commands, lanes and jobs open transactions of their own,
 * on connections of their own, and what they promise is about commits. So each file starts empty, and each test works with
 * people and products that it made itself.
 */
export async function prepareDatabase(): Promise<void> {
  const here = globalThis as { testDatabase?: Promise<void> };
  await (here.testDatabase ??= migrate(process.env.DATABASE_URL!));
}

async function migrate(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  const connection = await mysql.createConnection(inject("mysqlUrl"));
  await connection.query(`CREATE DATABASE IF NOT EXISTS ${mysql.escapeId(name)}`);
  await connection.end();
  await migrateDatabase(url);
}

/** The address of another database on the server of this run. */
export function databaseUrl(name: string): string {
  const url = new URL(inject("mysqlUrl"));
  url.pathname = `/${name}`;
  return url.href;
}

/** Deletes every row but keeps counting ids, so that no person or product of one file is taken for another's. */
export async function emptyDatabase(): Promise<void> {
  const tables = await rows<{ name: string }>("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT LIKE '\\_\\_%'");
  const connection = await pool().getConnection();
  try {
    await connection.query("SET foreign_key_checks = 0");
    // The roles that came with the schema are no data of a shop.
    for (const { name } of tables) await connection.query(`DELETE FROM ${mysql.escapeId(name)}${name === "staff_roles" ? " WHERE built_in IS NULL" : ""}`);
    await connection.query("SET foreign_key_checks = 1");
  } finally {
    connection.release();
  }
  forgetPolicy();
}

/** Rows of a plain statement: what the database holds, whatever the shop says. */
export async function rows<Row>(sql: string, values: readonly (string | number | Date | Buffer | null)[] = []): Promise<Row[]> {
  const [found] = await pool().query<RowDataPacket[]>(sql, [...values]);
  return found as unknown as Row[];
}

/** The first column of the first row, as a number. */
export async function count(sql: string, values: readonly (string | number | Date)[] = []): Promise<number> {
  const [row] = await rows<Record<string, unknown>>(sql, values);
  return Number(Object.values(row ?? {})[0] ?? 0);
}

/** Everything that the invariants of the books find wrong in this worker's database. */
export const violations = async (now: Date = currentTime()): Promise<Violation[]> => findViolations(pool(), now);
