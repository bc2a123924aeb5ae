import mysql from "mysql2/promise";

import { checkSession, findViolations, SHOWN_MAX, type Violation } from "@/lib/audit/queries";
import { currentTime } from "@/lib/clock";

/** Rows of a broken invariant that are printed; `--json` has them all, up to `SHOWN_MAX`. */
const PRINTED_MAX = 20;

/**
 * `npm run verify:ledger`: runs every invariant of the books on the database of DATABASE_URL and prints a line for each.
 * Exit code 0 when none finds a row, else 1, with the ids at fault and the difference; 2 when it could not run. `--json` prints one object.
 * It only reads: `npm run job reconcile-ledger` runs the same checks, holds the accounts that they name and tells the owners.
 */
async function main(): Promise<void> {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set");
  const asJson = process.argv.includes("--json");
  // A connection of its own: the shop's statements have a time limit, and these read whole tables.
  const connection = await mysql.createConnection({ uri: url, timezone: "Z", dateStrings: ["DATE"] });
  try {
    await connection.query(checkSession(0));
    const counts: { invariant: string; rows: number }[] = [];
    const violations = await findViolations(connection, currentTime(), ({ name }, found) => {
      counts.push({ invariant: name, rows: found });
      if (!asJson) console.log(lineFor(name, found));
    });
    if (asJson) console.log(JSON.stringify({ ok: violations.length === 0, invariants: counts, violations }));
    else for (const line of reportOf(violations, counts.length)) console.log(line);
    process.exitCode = violations.length === 0 ? 0 : 1;
  } finally {
    await connection.end();
  }
}

const lineFor = (name: string, found: number): string => `${found === 0 ? "ok  " : "FAIL"} ${found >= SHOWN_MAX ? `${SHOWN_MAX}+` : found} ${name}`;

function reportOf(violations: readonly Violation[], checked: number): string[] {
  if (violations.length === 0) return [`${checked} invariants, 0 rows`];
  const details = violations.flatMap(({ invariant, rows }) => [
    `\n${invariant}:`,
    ...rows.slice(0, PRINTED_MAX).map(describe),
    ...(rows.length > PRINTED_MAX ? [`  and ${rows.length - PRINTED_MAX} more (--json prints them)`] : []),
  ]);
  return [...details, `\n${checked} invariants, ${violations.length} broken`];
}

const describe = (row: Record<string, unknown>): string => `  ${Object.entries(row).map(([field, value]) => `${field}=${textOf(value)}`).join(" ")}`;

const textOf = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
