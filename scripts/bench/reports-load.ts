import type { RowDataPacket } from "mysql2/promise";

import { pool } from "@/db/client";
import { startOfDay, type Day } from "@/lib/day";

import { DIRECT_ZONE } from "./reports-direct";

const USERS_AT_ONCE = 20_000;
/** People registered within so many days before today, evenly. */
export const HISTORY_DAYS = 400;
export const ENTRIES_PER_USER = 10;
const PRODUCTS = 200;

/**
 * Adds people with a past of up to 400 days, made in SQL: ten entries each (seven earnings into lots of their own, two orders, and a lot that
 * expired), two orders, about twelve visits and three looks at products. The books of each are right: entries, lots, allocations and balance agree.
 */
export async function loadHistory(users: number, today: Day, say: (text: string) => void): Promise<void> {
  const connection = await pool().getConnection();
  try {
    await connection.query("SET SESSION max_execution_time = 0, foreign_key_checks = 0, unique_checks = 0");
    await connection.query("CREATE TABLE IF NOT EXISTS bench_numbers (n INT PRIMARY KEY)");
    await connection.query(`INSERT IGNORE INTO bench_numbers SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d FROM (${digits(10)}) a, (${digits(10)}) b, (${digits(10)}) c, (${digits(10)}) e, (${digits(2)}) f`);
    const [[rule]] = await connection.query<RowDataPacket[]>("SELECT MIN(id) AS id FROM points_rules");
    const values = { base: 0, many: 0, rule: Number(rule!.id), today, midnight: startOfDay(today, DIRECT_ZONE) };
    for (const sql of onceRows()) await connection.query({ sql, namedPlaceholders: true } as never, values);
    for (let done = 0; done < users; done += USERS_AT_ONCE) {
      const part = { ...values, base: done + 1, many: Math.min(USERS_AT_ONCE, users - done) };
      for (const sql of rowsOf()) await connection.query({ sql, namedPlaceholders: true } as never, part);
      if (done % (USERS_AT_ONCE * 10) === 0) say(`${Math.min(users, done + USERS_AT_ONCE).toLocaleString("en")} of ${users.toLocaleString("en")} people`);
    }
    // The statistics of an empty table would choose other plans than a shop's.
    await connection.query("ANALYZE TABLE users, point_accounts, points_transactions, point_lots, lot_allocations, orders, order_items, order_events, refunds, visits, product_views");
  } finally {
    connection.destroy();
  }
}

const digits = (count: number): string => Array.from({ length: count }, (_, digit) => `SELECT ${digit} AS d`).join(" UNION ALL ");
const KS = (from: number, to: number): string => `(${Array.from({ length: to - from + 1 }, (_, index) => `SELECT ${from + index} AS k`).join(" UNION ALL ")}) ks`;

const ID = "(:base + n)";
/** How many days ago person `id` registered: 1 to 400. */
const JOINED = `(1 + ${ID} * 7919 MOD ${HISTORY_DAYS})`;
/** How many days ago their entry `k` was made: the first on the day they registered, the last a tenth of their time ago. */
const AGO = `FLOOR(${JOINED} * (${ENTRIES_PER_USER} - k) / ${ENTRIES_PER_USER})`;
const daysAgo = (ago: string): string => `(:today - INTERVAL ${ago} DAY)`;
const instantOf = (ago: string): string => `(:midnight - INTERVAL ${ago} DAY + INTERVAL (${ID} * 37 + k * 61) MOD 86000 SECOND)`;
/** Points of earning `k`, and of what took them again: orders 7 and 8 from lots 0 and 1, the expiry 9 from lot 2. */
const POINTS = "(20 * (k + 1))";
const entryId = `((${ID} - 1) * ${ENTRIES_PER_USER} + k + 1)`;
const lotId = (k: string): string => `((${ID} - 1) * 7 + ${k} + 1)`;
const orderId = `((${ID} - 1) * 2 + k - 6)`;
const numbers = "FROM bench_numbers CROSS JOIN";
const some = "WHERE n < :many";
const DEEP_END = Array.from({ length: 7 }, (_, k) => (k < 3 ? 0 : 20 * (k + 1))).reduce((sum, points) => sum + points, 0);
const EARNED = Array.from({ length: 7 }, (_, k) => 20 * (k + 1)).reduce((sum, points) => sum + points, 0);
const product = `(1 + (${ID} * 31 + k * 17) MOD ${PRODUCTS})`;
/** Every other person pays ten yuan of their second order in cash. */
const CASH = `IF(k = 8 AND ${ID} MOD 2 = 0, 1000, 0)`;

const onceRows = (): string[] => [
  `INSERT INTO products (id, slug, name, description, description_en, status) SELECT n + 1, CONCAT('bench-', n + 1), CONCAT('bench ', n + 1), '', '', 'active' FROM bench_numbers WHERE n < ${PRODUCTS}`,
  `INSERT INTO skus (id, product_id, name, price_mode, points_price) SELECT n + 1, n + 1, 'one', 'points', 20 FROM bench_numbers WHERE n < ${PRODUCTS}`,
  `INSERT INTO sku_stock (sku_id, stock) SELECT n + 1, 1000000 FROM bench_numbers WHERE n < ${PRODUCTS}`,
];

const rowsOf = (): string[] => [
  `INSERT INTO users (id, username, email, password_hash, created_at, updated_at) SELECT ${ID}, CONCAT('bench-', ${ID}), CONCAT('bench-', ${ID}, '@load.points'), '!', ${instantOf(JOINED)}, ${instantOf(JOINED)} ${numbers} (SELECT 0 AS k) ks ${some}`,
  `INSERT INTO point_accounts (user_id, points_balance, total_points_earned, created_at) SELECT ${ID}, ${DEEP_END}, ${EARNED}, ${instantOf(JOINED)} ${numbers} (SELECT 0 AS k) ks ${some}`,
  `INSERT INTO points_transactions (id, user_id, kind, points_change, balance_after, rule_id, source_type, source_id, local_day, created_at)
   SELECT ${entryId}, ${ID}, CASE WHEN k < 7 THEN 'earn' WHEN k < 9 THEN 'spend' ELSE 'expire' END, IF(k < 7, ${POINTS}, -20 * (k - 6)),
     CASE WHEN k < 7 THEN 10 * (k + 1) * (k + 2) WHEN k = 7 THEN ${EARNED - 20} WHEN k = 8 THEN ${EARNED - 60} ELSE ${DEEP_END} END, IF(k < 7 AND k <> 1, :rule + k MOD 3, NULL),
     ELT(k + 1, 'register', 'task', 'check_in', 'visit', 'purchase', 'review', 'share', 'order', 'order', 'expiry'), IF(k = 1, CONCAT(${ID}, ':', 1 + ${ID} MOD 3, ':once'), CONCAT(${ID}, '-', k)), ${daysAgo(AGO)}, ${instantOf(AGO)}
   ${numbers} ${KS(0, 9)} ${some}`,
  `INSERT INTO point_lots (id, user_id, points_granted, points_remaining, expires_at, created_at)
   SELECT ${lotId("k")}, ${ID}, ${POINTS}, IF(k < 3, 0, ${POINTS}), IF(k = 2, :midnight - INTERVAL FLOOR(${JOINED} / 10) DAY, :midnight + INTERVAL 366 DAY - INTERVAL ${AGO} DAY) + INTERVAL k SECOND, ${instantOf(AGO)}
   ${numbers} ${KS(0, 6)} ${some}`,
  `INSERT INTO lot_allocations (entry_id, lot_id, points) SELECT ${entryId}, ${lotId("IF(k < 7, k, k - 7)")}, IF(k < 7, ${POINTS}, -20 * (k - 6)) ${numbers} ${KS(0, 9)} ${some}`,
  `INSERT INTO orders (id, public_id, user_id, request_id, body_digest, status, points_spent, points_left, total_cents, discount_cents, cash_due_cents, cash_paid_cents, delivery, created_at)
   SELECT ${orderId}, LPAD(${orderId}, 22, '0'), ${ID}, CONCAT('bench-', k), REPEAT('\\0', 32), ELT(1 + ${ID} MOD 4, 'paid', 'shipped', 'completed', 'completed'), 20 * (k - 6), 0, 20 * (k - 6) + ${CASH}, 20 * (k - 6), ${CASH}, ${CASH}, 'shipped', ${instantOf(AGO)}
   ${numbers} ${KS(7, 8)} ${some}`,
  `INSERT INTO order_items (order_id, line, user_id, sku_id, product_id, product_name, product_name_en, sku_name, sku_name_en, picture, quantity, unit_cents, points, cash_due_cents)
   SELECT ${orderId}, 1, ${ID}, ${product}, ${product}, 'bench', 'bench', 'one', 'one', 'gift', 1, 20, 20 * (k - 6), ${CASH} ${numbers} ${KS(7, 8)} ${some}`,
  `INSERT INTO order_events (order_id, from_status, to_status, created_at) SELECT ${orderId}, 'pending', 'paid', ${instantOf(AGO)} ${numbers} (SELECT 8 AS k) ks ${some} AND ${ID} MOD 2 = 0`,
  `INSERT INTO refunds (public_id, order_id, line, quantity, points, cash_cents, is_restocked, reason, created_at)
   SELECT LPAD(${orderId}, 22, 'r'), ${orderId}, 1, 1, 0, 0, 1, 'bench', ${instantOf(`GREATEST(0, ${AGO} - 2)`)} ${numbers} (SELECT 8 AS k) ks ${some} AND ${ID} MOD 50 = 0`,
  `INSERT INTO user_tasks (user_id, task_id, period, progress, completed, completed_at, points, created_at) SELECT ${ID}, 1 + ${ID} MOD 3, 'once', 1, 1, ${instantOf(AGO)}, 40, ${instantOf(AGO)} ${numbers} (SELECT 1 AS k) ks ${some}`,
  `INSERT IGNORE INTO visits (user_id, local_day, created_at) SELECT ${ID}, ${daysAgo(AGO)}, ${instantOf(AGO)} ${numbers} ${KS(0, 9)} ${some}`,
  ...[[1, 3], [7, 4], [30, 5]].map(([after, every]) => `INSERT IGNORE INTO visits (user_id, local_day) SELECT ${ID}, ${daysAgo(`(${JOINED} - ${after})`)} FROM bench_numbers ${some} AND ${ID} MOD ${every} = 0 AND ${JOINED} >= ${after}`),
  `INSERT IGNORE INTO product_views (local_day, user_id, product_id) SELECT ${daysAgo(AGO)}, ${ID}, ${product} ${numbers} ${KS(6, 8)} ${some}`,
];
