import mysql from "mysql2/promise";
import { afterAll, expect, inject, test } from "vitest";

import journal from "@/drizzle/meta/_journal.json";
import { databaseUrl } from "@/test/database";

import { migrateDatabase } from "./migrate";
import { assertSupportedServer, UnsupportedServerError } from "./server-version";

const made: string[] = [];

async function emptyDatabase(): Promise<string> {
  const name = `${inject("databasePrefix")}migrate_${made.length}`;
  made.push(name);
  const connection = await mysql.createConnection(inject("mysqlUrl"));
  await connection.query(`CREATE DATABASE ${mysql.escapeId(name)}`);
  await connection.end();
  return databaseUrl(name);
}

afterAll(async () => {
  const connection = await mysql.createConnection(inject("mysqlUrl"));
  for (const name of made) await connection.query(`DROP DATABASE ${mysql.escapeId(name)}`);
  await connection.end();
});

async function ask<Row>(url: string, sql: string): Promise<Row[]> {
  const connection = await mysql.createConnection(url);
  const [rows] = await connection.query<mysql.RowDataPacket[]>(sql);
  await connection.end();
  return rows as unknown as Row[];
}

test("four processes that migrate one database at once leave one schema, and a later one finds nothing to do", async () => {
  const url = await emptyDatabase();
  await Promise.all([1, 2, 3, 4].map(() => migrateDatabase(url)));
  const applied = await ask(url, "SELECT hash FROM __drizzle_migrations");
  expect(applied).toHaveLength(journal.entries.length);
  await migrateDatabase(url);
  expect(await ask(url, "SELECT hash FROM __drizzle_migrations")).toEqual(applied);
});

test("every once-only rule of the shop is a unique key whose columns are never null", async () => {
  const url = await emptyDatabase();
  await migrateDatabase(url);
  const keys = await ask<{ name: string; columns: string; nullable: number }>(url,
    `SELECT CONCAT(s.table_name, '.', s.index_name) AS name, GROUP_CONCAT(s.column_name ORDER BY s.seq_in_index) AS columns, SUM(s.nullable = 'YES') AS nullable
     FROM information_schema.statistics s WHERE s.table_schema = DATABASE() AND s.non_unique = 0 AND s.table_name NOT LIKE '\\_\\_%' GROUP BY s.table_name, s.index_name`);
  expect(keys.map(({ name, columns }) => `${name} ${columns}`)).toEqual(expect.arrayContaining([
    "check_ins.check_ins_day_key user_id,local_day",
    "earn_counters.PRIMARY user_id,rule_id,local_day",
    "idempotency_keys.PRIMARY actor_id,request_key",
    "orders.orders_request_key user_id,request_id",
    "payments.payments_reference_key provider,reference",
    "point_lots.point_lots_expiry_key user_id,expires_at",
    "points_transactions.points_transactions_source_key source_type,source_id,kind",
    "stock_moves.stock_moves_source_key sku_id,source_id,reason",
    "users.users_email_key email",
    "users.users_username_key username",
  ]));
  expect(keys.filter(({ nullable }) => Number(nullable) > 0)).toEqual([]);
});

test("no hot row is anybody's parent, and nothing is deleted with its parent", async () => {
  const url = await emptyDatabase();
  await migrateDatabase(url);
  const links = await ask<{ parent: string; rule: string }>(url, "SELECT referenced_table_name AS parent, delete_rule AS rule FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE()");
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter(({ rule }) => rule !== "RESTRICT" && rule !== "NO ACTION")).toEqual([]);
  expect(links.filter(({ parent }) => ["point_accounts", "point_lots", "sku_stock"].includes(parent))).toEqual([]);
});

test("amounts cannot be written below nothing, whoever writes them", async () => {
  const url = await emptyDatabase();
  await migrateDatabase(url);
  const connection = await mysql.createConnection(url);
  await connection.query("SET foreign_key_checks = 0");
  for (const statement of [
    "INSERT INTO point_accounts (user_id, points_balance) VALUES (1, -1)",
    "INSERT INTO point_accounts (user_id, points_debt) VALUES (1, -1)",
    "INSERT INTO point_lots (user_id, points_granted, points_remaining, expires_at) VALUES (1, 5, -1, NOW())",
    "INSERT INTO point_lots (user_id, points_granted, points_remaining, expires_at) VALUES (1, 5, 6, NOW())",
    "INSERT INTO sku_stock (sku_id, stock) VALUES (1, -1)",
    "INSERT INTO payments (order_id, provider, reference, amount_cents) VALUES (1, 'test', 'x', 0)",
    "INSERT INTO lot_allocations (entry_id, lot_id, points) VALUES (1, 1, 0)",
  ]) {
    await expect(connection.query(statement), statement).rejects.toMatchObject({ errno: 3819 });
  }
  await connection.end();
});

const server = (facts: object) =>
  ({ query: async () => [[{ version: "9.7.4", comment: "MySQL Community Server", step: 1, mode: "STRICT_TRANS_TABLES,NO_ZERO_DATE", ...facts }]] }) as unknown as Parameters<typeof assertSupportedServer>[0];

test.each([
  ["MariaDB by its version", { version: "10.11.6-MariaDB-1" }, /MariaDB.*needs MySQL 8\.0\.19/],
  ["MariaDB by its comment", { comment: "mariadb.org binary distribution" }, /MariaDB/],
  ["MySQL 5.7", { version: "5.7.44-log" }, /MySQL 5\.7\.44-log; Points Mall needs 8\.0\.19/],
  ["MySQL 8.0.18", { version: "8.0.18" }, /needs 8\.0\.19/],
  ["ids that skip", { step: 2 }, /auto_increment_increment/],
  ["a lax sql_mode", { mode: "NO_ZERO_DATE" }, /STRICT_TRANS_TABLES/],
])("the shop refuses to run on %s, and says why", async (_, facts, sentence) => {
  await expect(assertSupportedServer(server(facts))).rejects.toThrow(sentence);
  await expect(assertSupportedServer(server(facts))).rejects.toBeInstanceOf(UnsupportedServerError);
});

test.each(["8.0.19", "8.0.36-0ubuntu0.22.04.1", "8.4.0", "9.7.4-2", "10.0.0"])("the shop runs on MySQL %s", async (version) => {
  await expect(assertSupportedServer(server({ version }))).resolves.toBeUndefined();
});
