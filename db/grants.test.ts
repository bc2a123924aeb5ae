import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { getTableName, is } from "drizzle-orm";
import { MySqlTable } from "drizzle-orm/mysql-core";
import { expect, test } from "vitest";

import { APPEND_ONLY, excessOf, reaches, readGrants, wantedOn } from "./grants";
import * as schema from "./schema";

test("what SHOW GRANTS says is read, whatever the names hold", () => {
  expect(readGrants([
    "GRANT USAGE ON *.* TO `mall_app`@`127.0.0.1`",
    "GRANT ALL PRIVILEGES ON `mall\\_%`.* TO `mall`@`%` WITH GRANT OPTION",
    "GRANT SELECT, INSERT ON `mall`.`events` TO `mall_app`@`127.0.0.1`",
    "GRANT SELECT (`id`), UPDATE (`id`, `note`) ON `a``b`.`t` TO `x`@`%`",
    "GRANT EXECUTE ON PROCEDURE `mall`.`p` TO `x`@`%`",
    "GRANT `clerk`@`%` TO `mall_app`@`%`",
  ])).toEqual([
    { privileges: [], schema: null, table: null },
    { privileges: ["ALL PRIVILEGES", "GRANT OPTION"], schema: "mall\\_%", table: null },
    { privileges: ["SELECT", "INSERT"], schema: "mall", table: "events" },
    { privileges: ["SELECT", "UPDATE"], schema: "a`b", table: "t" },
  ]);
});

test("a grant on a pattern reaches the schemas that MySQL lets it reach", () => {
  expect([["mall", "mall"], ["mall%", "mall_test"], ["mall\\_%", "mall_test"], ["m_ll", "mall"], ["%", "x"]].every(([pattern, name]) => reaches(pattern!, name!))).toBe(true);
  expect([["mall", "mall2"], ["mall\\_%", "malls"], ["mall.", "mallx"], ["m_ll", "mll"]].some(([pattern, name]) => reaches(pattern!, name!))).toBe(false);
});

test("an append-only table is kept by the database unless something reaches it that changes rows", () => {
  const tables = readGrants(APPEND_ONLY.map((table) => `GRANT SELECT, INSERT ON \`mall\`.\`${table}\` TO \`a\`@\`%\``));
  expect(excessOf(tables, "mall")).toEqual([]);
  expect(excessOf([...tables, { privileges: ["UPDATE"], schema: "mall", table: "events" }], "mall")).toEqual([{ table: "events", privileges: ["UPDATE"] }]);
  expect(excessOf([...tables, { privileges: ["UPDATE"], schema: "other", table: "events" }, { privileges: ["DELETE"], schema: "mall", table: "sessions" }], "mall")).toEqual([]);
  expect(excessOf([{ privileges: ["ALL PRIVILEGES"], schema: "mall%", table: null }], "mall")).toHaveLength(APPEND_ONLY.length);
  expect(excessOf([{ privileges: ["SELECT", "PROCESS"], schema: null, table: null }], "mall")).toEqual([]);
});

const tables = new Map(Object.entries(schema).flatMap(([name, table]) => (is(table, MySqlTable) ? [[getTableName(table), name] as const] : [])));

test("each append-only table exists, and what is not one can be worked on", () => {
  expect(APPEND_ONLY.filter((table) => !tables.has(table))).toEqual([]);
  expect([wantedOn("events"), wantedOn("users"), wantedOn("__drizzle_migrations")]).toEqual([["SELECT", "INSERT"], ["SELECT", "INSERT", "UPDATE", "DELETE"], ["SELECT"]]);
});

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(path) && !/\.test\.ts$/.test(path) ? [path] : [];
  });

/** How a statement would need more on a table than to read it and to add to it. */
const workOn = (table: string, name: string): RegExp[] => [
  new RegExp(`\\b(update|delete)\\(\\s*${name}\\s*\\)`),
  new RegExp(`\\b(UPDATE|DELETE FROM|DELETE|REPLACE INTO|TRUNCATE)\\s+${table}\\b`),
  new RegExp(`\\bupdateRows\\(\\s*"${table}"`),
  new RegExp(`\\binsert\\(${name}\\)[^;]*onDuplicateKeyUpdate`),
  new RegExp(`\\bINSERT INTO ${table}\\b[^\`"]*ON DUPLICATE KEY`),
  new RegExp(`\\b(FROM|JOIN)\\s+${table}\\b[^\`"]*\\bFOR UPDATE(?! OF)`),
  new RegExp(`\\bfrom\\(${name}\\)[^;]*\\.for\\("update`),
];

test("no statement of the shop changes, removes or locks what is append-only", () => {
  const files = ["lib", "server", "app", "scripts/seed", "db"].flatMap(sources).map((file) => ({ file, text: readFileSync(file, "utf8") }));
  const found = APPEND_ONLY.flatMap((table) => files.flatMap(({ file, text }) => workOn(table, tables.get(table)!).flatMap((way) => (way.test(text) ? [`${file}: ${way.exec(text)![0].slice(0, 80)}`] : []))));
  expect(found).toEqual([]);
});
