import "server-only";

import type { PoolConnection } from "mysql2/promise";

import { db, pool } from "@/db/client";
import { holdAccounts, recordCheck } from "@/lib/audit/commands";
import { evidenceOf, findingsOf, type Violation } from "@/lib/audit/findings";
import { invariants, type Invariant } from "@/lib/audit/invariants";
import { checkInvariant, checkSession, findLastCheck, type BooksCheck } from "@/lib/audit/queries";
import { currentTime } from "@/lib/clock";
import { errnoOf, log } from "@/lib/log";
import { perform } from "@/lib/perform";

import { clockActor, type Job, type Report } from "./job";

/** Holds of one transaction: each locks an account. */
const HOLDS_AT_ONCE = 200;
/** Invariants read whole tables; one that takes longer is left out and named. */
const STATEMENT_MS = 300_000;
const QUERY_TIMEOUT = 3024;

/** Checks the books every night: whose are wrong earn nothing until a person has looked, and owners are told. */
export const reconcileLedgerJob: Job = {
  async run(now, deadline): Promise<Report> {
    const check = await reconcileLedger(now, deadline);
    if (!check) return { alreadyRunning: 1 };
    const { checked, broken, rows, people, held, unchecked } = check;
    return { checked, broken, rows, people, held, unchecked, finished: check.next === null ? 1 : 0 };
  },
};

/**
 * Runs the invariants until the deadline, where the last check stopped if it did; holds the accounts that findings name, and keeps the result.
 * Null when a check is running, here or anywhere: two of them would read every table twice.
 */
export async function reconcileLedger(now: Date, deadline: number): Promise<BooksCheck | null> {
  const connection = await pool().getConnection();
  try {
    if (!(await isOurs(connection))) return null;
    const startedAt = Date.now();
    const { violations, checked, unchecked, next } = await checkAll(connection, now, deadline);
    const findings = findingsOf(violations, invariants);
    let held = 0;
    for (let from = 0; from < findings.length; from += HOLDS_AT_ONCE) {
      held += (await perform(clockActor("reconcile-ledger"), (ctx) => holdAccounts(ctx, findings.slice(from, from + HOLDS_AT_ONCE)), now)).length;
    }
    const check: BooksCheck = {
      checked, unchecked, next, held, broken: violations.length, rows: violations.reduce((sum, { rows }) => sum + rows.length, 0),
      people: new Set(findings.map(({ userId }) => userId)).size, seconds: Math.round((Date.now() - startedAt) / 1_000),
      findings: violations.map(({ invariant, rows }) => ({ invariant, evidence: evidenceOf(rows) })),
    };
    await perform(clockActor("reconcile-ledger"), (ctx) => recordCheck(ctx, check, currentTime()), now);
    if (check.broken > 0) log.warn({ broken: check.findings.map(({ invariant }) => invariant), people: check.people }, "the books were found wrong");
    return check;
  } finally {
    await giveUp(connection);
  }
}

/** The lock of the database ends with the connection, so a killed check does not keep it. */
async function isOurs(connection: PoolConnection): Promise<boolean> {
  await connection.query(checkSession(STATEMENT_MS));
  const [[got]] = (await connection.query("SELECT GET_LOCK(?, 0) AS held", [lockOf(connection)])) as unknown as [[{ held: number }]];
  return got.held === 1;
}

/** Its statements may run for long: no request gets this connection. The lock is given back first, for a server is slow to see that a connection is gone. */
async function giveUp(connection: PoolConnection): Promise<void> {
  try {
    await connection.query("SELECT RELEASE_LOCK(?)", [lockOf(connection)]);
  } catch (error) {
    log.debug({ err: error }, "the lock of the books ends with its connection");
  } finally {
    connection.destroy();
  }
}

const lockOf = (connection: PoolConnection): string => `points-mall:books:${connection.config.database ?? ""}`.slice(0, 64);

type Checked = { violations: Violation[]; checked: number; unchecked: string[]; next: string | null };

async function checkAll(connection: PoolConnection, now: Date, deadline: number): Promise<Checked> {
  const result: Checked = { violations: [], checked: 0, unchecked: [], next: null };
  for (const invariant of await inTurn()) {
    // One at least: a check that is always late would never go on.
    if (Date.now() >= deadline && result.checked > 0) return { ...result, next: invariant.name };
    const rows = await checkInvariant(connection, invariant, now).catch((error: unknown) => {
      if (errnoOf(error) !== QUERY_TIMEOUT) throw error;
      result.unchecked.push(invariant.name);
      return [];
    });
    result.checked++;
    if (rows.length > 0) result.violations.push({ invariant: invariant.name, rows });
  }
  return result;
}

/** All invariants, beginning with the one before which the last check ran out of time. */
async function inTurn(): Promise<Invariant[]> {
  const next = (await findLastCheck(db()))?.check.next;
  const first = Math.max(0, invariants.findIndex(({ name }) => name === next));
  return [...invariants.slice(first), ...invariants.slice(0, first)];
}
