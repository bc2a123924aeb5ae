import type { RowDataPacket } from "mysql2/promise";

import { pool } from "@/db/client";

const USERS_AT_ONCE = 20_000;
export const LOTS_PER_USER = 10;
const POINTS_PER_LOT = 10;
const DAY_MS = 86_400_000;

/** From user number `from` up to `to`, the lots `first` and `first + 1` of each end around `at`. */
export type Wave = { from: number; to: number; first: number; at: Date };

/**
 * Adds people with ten lots each from one earning, consistent with every invariant of the books: made in SQL, because five million lots
 * through the shop's own commands would take longer than what is to be measured.
 */
export async function loadLots(users: number, waves: readonly Wave[], now: Date): Promise<void> {
  await pool().query("CREATE TABLE IF NOT EXISTS bench_numbers (n INT PRIMARY KEY)");
  await pool().query(`INSERT IGNORE INTO bench_numbers SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d FROM (${digits(10)}) a, (${digits(10)}) b, (${digits(10)}) c, (${digits(10)}) e, (${digits(2)}) f`);
  const connection = await pool().getConnection();
  try {
    await connection.query("SET SESSION max_execution_time = 0, foreign_key_checks = 0, unique_checks = 0");
    const base = { user: await next("users"), entry: await next("points_transactions"), lot: await next("point_lots") };
    for (let done = 0; done < users; done += USERS_AT_ONCE) {
      const many = Math.min(USERS_AT_ONCE, users - done);
      for (const { sql, values } of rowsOf({ user: base.user + done, entry: base.entry + done, lot: base.lot + done * LOTS_PER_USER }, done, many, waves, now)) await connection.query(sql, values);
    }
    // The statistics of an empty table would choose other plans than a shop's.
    await connection.query("ANALYZE TABLE users, point_accounts, points_transactions, point_lots, lot_allocations, events");
  } finally {
    connection.destroy();
  }
}

const digits = (count: number): string => Array.from({ length: count }, (_, digit) => `SELECT ${digit} AS d`).join(" UNION ALL ");

async function next(table: string): Promise<number> {
  const [[row]] = await pool().query<RowDataPacket[]>(`SELECT COALESCE(MAX(id), 0) + 1 AS id FROM ${table}`);
  return row!.id as number;
}

type Base = { user: number; entry: number; lot: number };
type Insert = { sql: string; values: (string | number | Date)[] };

function rowsOf(base: Base, done: number, many: number, waves: readonly Wave[], now: Date): Insert[] {
  const points = LOTS_PER_USER * POINTS_PER_LOT;
  const earlier = new Date(now.getTime() - 30 * DAY_MS);
  const ends = expiryOf(done, waves);
  return [
    { sql: `INSERT INTO users (id, username, email, password_hash, created_at, updated_at)
        SELECT ? + n, CONCAT('expiry-', ? + n), CONCAT('expiry-', ? + n, '@load.points'), '!', ?, ? FROM bench_numbers WHERE n < ?`, values: [base.user, base.user, base.user, earlier, earlier, many] },
    { sql: "INSERT INTO point_accounts (user_id, points_balance, total_points_earned, created_at) SELECT ? + n, ?, ?, ? FROM bench_numbers WHERE n < ?", values: [base.user, points, points, earlier, many] },
    { sql: `INSERT INTO events (name, subject_type, subject_id, data, created_at)
        SELECT e.name, 'user', ? + n, IF(e.name = 'points.earned', JSON_OBJECT('action', 'bench', 'points', ?), JSON_OBJECT()), ? FROM bench_numbers
        JOIN (SELECT 'account.registered' AS name UNION ALL SELECT 'points.earned') e WHERE n < ?`, values: [base.user, points, earlier, many] },
    { sql: `INSERT INTO points_transactions (id, user_id, kind, points_change, balance_after, source_type, source_id, local_day, created_at)
        SELECT ? + n, ? + n, 'earn', ?, ?, 'bench', ? + n, ?, ? FROM bench_numbers WHERE n < ?`, values: [base.entry, base.user, points, points, base.user, earlier.toISOString().slice(0, 10), earlier, many] },
    { sql: `INSERT INTO point_lots (id, user_id, points_granted, points_remaining, expires_at, created_at)
        SELECT ? + n * ${LOTS_PER_USER} + k.d, ? + n, ${POINTS_PER_LOT}, ${POINTS_PER_LOT}, ${ends.sql}, ? FROM bench_numbers JOIN (${digits(LOTS_PER_USER)}) k WHERE n < ?`,
      values: [base.lot, base.user, ...ends.values, now, earlier, many] },
    { sql: `INSERT INTO lot_allocations (entry_id, lot_id, points)
        SELECT ? + n, ? + n * ${LOTS_PER_USER} + k.d, ${POINTS_PER_LOT} FROM bench_numbers JOIN (${digits(LOTS_PER_USER)}) k WHERE n < ?`, values: [base.entry, base.lot, many] },
  ];
}

/** Of a wave: spread over some minutes before its end, no two of a person's alike. Of the others: a month and more from now. */
function expiryOf(done: number, waves: readonly Wave[]): { sql: string; values: Date[] } {
  const cases = waves.map(({ from, to, first }) => `WHEN n + ${done} >= ${from} AND n + ${done} < ${to} AND k.d IN (${first}, ${first + 1}) THEN ? - INTERVAL (n MOD 600) * 2 + k.d - ${first} SECOND`);
  return { sql: `CASE ${cases.join(" ")} ELSE ? + INTERVAL 30 * (k.d + 1) DAY END`, values: waves.map(({ at }) => at) };
}
