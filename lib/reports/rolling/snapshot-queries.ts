import "server-only";

import type { Connection, RowDataPacket } from "mysql2/promise";

import { addDays, endOfDay, startOfDay, type Day } from "@/lib/day";
import { NEVER } from "@/lib/points/lots";

import { MONTH_DAYS } from "../activity";
import { FUNNEL_STEPS } from "../funnel";
import { AGE_BANDS, ageItem, BREAKAGE_EXPIRED, BREAKAGE_GRANTED, breakageBefore, expiryItem, LIABILITY_ITEMS } from "../liability";
import { WINDOWS } from "../range";
import { COHORT_WEEKS } from "../retention";

import { localDaySql } from "./local-day";

// What cannot be added up over days, read from the books on a connection of its own: these statements read much, and no request waits for them.

export type Items = Map<string, number>;
type Reader = Pick<Connection, "query">;
type Value = string | number | Date;

async function read(connection: Reader, sql: string, values: readonly Value[]): Promise<RowDataPacket[]> {
  const [rows] = await connection.query<RowDataPacket[]>(sql, [...values]);
  return rows;
}

/** Room and time to join and to sum; one moment for all statements of a transaction. */
export const SNAPSHOT_SESSION = "SET SESSION transaction_isolation = 'REPEATABLE-READ', time_zone = '+00:00', max_execution_time = 0, tmp_table_size = 1073741824, max_heap_table_size = 1073741824";

/** The first day of which there is anything about who was here. */
export async function findFirstDay(connection: Reader, zone: string, today: Day): Promise<Day | null> {
  const [row] = await read(
    connection,
    `SELECT CAST(LEAST(COALESCE((SELECT MIN(local_day) FROM visits), ?), COALESCE((SELECT MIN(local_day) FROM product_views), ?), (SELECT COALESCE(MIN(${localDaySql("created_at", zone, today)}), ?) FROM users)) AS CHAR) AS day`,
    [today, today, today],
  );
  return (row?.day as Day | null) ?? null;
}

/** Distinct people of the 30 days that end with `day`. */
export async function readMonthly(connection: Reader, day: Day): Promise<Items> {
  const [row] = await read(connection, "SELECT COUNT(DISTINCT user_id) AS people FROM visits FORCE INDEX (visits_day_idx) WHERE local_day BETWEEN ? AND ?", [addDays(day, 1 - MONTH_DAYS), day]);
  return new Map([["mau", Number(row!.people)]]);
}

/** Of the week that ends with `sunday`: distinct people by the Monday of the week in which they registered, of the weeks that are looked at. */
export async function readWeek(connection: Reader, sunday: Day, zone: string): Promise<Items> {
  const monday = addDays(sunday, -6);
  const joined = localDaySql("u.created_at", zone, sunday);
  const rows = await read(
    connection,
    `SELECT CAST(seen.cohort AS CHAR) AS cohort, COUNT(DISTINCT user_id) AS people FROM (
       SELECT v.user_id, DATE_SUB(${joined}, INTERVAL WEEKDAY(${joined}) DAY) AS cohort FROM visits v FORCE INDEX (visits_day_idx) JOIN users u ON u.id = v.user_id
       WHERE v.local_day BETWEEN ? AND ? AND u.created_at >= ? AND u.created_at < ?) seen GROUP BY seen.cohort`,
    [monday, sunday, startOfDay(addDays(monday, -7 * COHORT_WEEKS), zone), startOfDay(monday, zone)],
  );
  return new Map(rows.map((row) => [String(row.cohort), Number(row.people)]));
}

/** Items are "30:viewed": distinct people of each window who came as far as the step or further. */
export async function readFunnel(connection: Reader, asOf: Day, zone: string): Promise<Items> {
  const longest = Math.max(...WINDOWS);
  const first = addDays(asOf, 1 - longest);
  const placed = localDaySql("created_at", zone, asOf);
  const reached = (step: number): string => `GREATEST(${FUNNEL_STEPS.slice(step).map((name) => `COALESCE(MAX(${name}), '0001-01-01')`).join(", ")}${step === FUNNEL_STEPS.length - 1 ? ", '0001-01-01'" : ""})`;
  const count = (step: number, days: number): string => `COALESCE(SUM(${`reached${step}`} >= '${addDays(asOf, 1 - days)}'), 0) AS \`${days}:${FUNNEL_STEPS[step]}\``;
  const [row] = await read(
    connection,
    `SELECT ${WINDOWS.flatMap((days) => FUNNEL_STEPS.map((_, step) => count(step, days))).join(", ")} FROM (
       SELECT user_id, ${FUNNEL_STEPS.map((_, step) => `${reached(step)} AS reached${step}`).join(", ")} FROM (
         SELECT user_id, MAX(local_day) AS visited, NULL AS viewed, NULL AS ordered, NULL AS paid, NULL AS received FROM visits FORCE INDEX (visits_day_idx) WHERE local_day BETWEEN ? AND ? GROUP BY user_id
         UNION ALL SELECT user_id, NULL, MAX(local_day), NULL, NULL, NULL FROM product_views WHERE local_day BETWEEN ? AND ? GROUP BY user_id
         UNION ALL SELECT user_id, NULL, NULL, MAX(${placed}), MAX(IF(status IN ('paid','shipped','completed','refunded'), ${placed}, NULL)), MAX(IF(status = 'completed', ${placed}, NULL))
           FROM orders WHERE created_at >= ? AND created_at < ? GROUP BY user_id) steps
       GROUP BY user_id) people`,
    [first, asOf, first, asOf, startOfDay(first, zone), endOfDay(asOf, zone)],
  );
  return new Map(Object.entries(row!).map(([item, people]) => [item, Number(people)]));
}

/** Items are "rule:30:7" and "task:30:2": distinct people who earned by a rule, or claimed a task, in each window; "active:30": who was here. */
export async function readReach(connection: Reader, asOf: Day, zone: string): Promise<Items> {
  const longest = addDays(asOf, 1 - Math.max(...WINDOWS));
  const within = (day: string): string => WINDOWS.map((days) => `SUM(${day} >= '${addDays(asOf, 1 - days)}') AS w${days}`).join(", ");
  const claimed = localDaySql("completed_at", zone, asOf);
  const [rules, tasks, active] = [
    await read(connection, `SELECT rule_id AS id, ${within("last_day")} FROM (SELECT rule_id, user_id, MAX(local_day) AS last_day FROM points_transactions
      WHERE local_day BETWEEN ? AND ? AND rule_id IS NOT NULL AND kind = 'earn' GROUP BY rule_id, user_id) people GROUP BY rule_id`, [longest, asOf]),
    await read(connection, `SELECT task_id AS id, ${within("last_day")} FROM (SELECT task_id, user_id, MAX(${claimed}) AS last_day FROM user_tasks
      WHERE completed_at >= ? AND completed_at < ? GROUP BY task_id, user_id) people GROUP BY task_id`, [startOfDay(longest, zone), endOfDay(asOf, zone)]),
    await read(connection, `SELECT ${within("last_day")} FROM (SELECT user_id, MAX(local_day) AS last_day FROM visits FORCE INDEX (visits_day_idx) WHERE local_day BETWEEN ? AND ? GROUP BY user_id) people`, [longest, asOf]),
  ];
  const items: Items = new Map();
  for (const days of WINDOWS) {
    for (const row of rules) items.set(`rule:${days}:${row.id}`, Number(row[`w${days}`]));
    for (const row of tasks) items.set(`task:${days}:${row.id}`, Number(row[`w${days}`]));
    items.set(`active:${days}`, Number(active[0]?.[`w${days}`] ?? 0));
  }
  return items;
}

/**
 * The liability at the end of `asOf`. What lots hold now, less what entries of later days put in or took out, is what they held then: so it
 * may be read at any time after the day is over. To be called in a transaction that sees one moment.
 */
export async function readLiability(connection: Reader, asOf: Day, zone: string): Promise<Items> {
  const end = endOfDay(asOf, zone);
  const later = "SELECT a.lot_id, SUM(a.points) AS points FROM points_transactions t JOIN lot_allocations a ON a.entry_id = t.id WHERE t.local_day > ? GROUP BY a.lot_id";
  const opened = localDaySql("l.created_at", zone, asOf);
  const lots = await read(
    connection,
    `SELECT month, age, is_overdue AS isOverdue, SUM(points) AS points, SUM(IF(is_frozen, points, 0)) AS frozen FROM (
       SELECT l.points_remaining - COALESCE(x.points, 0) AS points, l.expires_at <= ? AS is_overdue, f.user_id IS NOT NULL AS is_frozen,
         IF(l.expires_at >= ?, 'never', DATE_FORMAT(${localDaySql("(l.expires_at - INTERVAL 1 SECOND)", zone, addDays(asOf, 3_650))}, '%Y-%m')) AS month,
         CASE ${AGE_BANDS.map((upTo) => (upTo === null ? `ELSE '${ageItem(upTo)}'` : `WHEN DATEDIFF(?, ${opened}) <= ${upTo} THEN '${ageItem(upTo)}'`)).join(" ")} END AS age
       FROM point_lots l LEFT JOIN (${later}) x ON x.lot_id = l.id
       LEFT JOIN (SELECT user_id FROM point_accounts WHERE status = 'frozen') f ON f.user_id = l.user_id
       WHERE l.points_remaining > 0 OR x.points IS NOT NULL) held
     WHERE points <> 0 GROUP BY month, age, is_overdue`,
    [end, NEVER, ...AGE_BANDS.filter((upTo) => upTo !== null).map(() => asOf), asOf],
  );
  // Nothing owed is a figure, too.
  const items: Items = new Map(Object.values(LIABILITY_ITEMS).map((item) => [item, 0]));
  const add = (item: string, points: number): void => void items.set(item, (items.get(item) ?? 0) + points);
  for (const row of lots) {
    add(LIABILITY_ITEMS.lots, Number(row.points));
    add(row.isOverdue ? LIABILITY_ITEMS.overdue : LIABILITY_ITEMS.outstanding, Number(row.points));
    if (row.isOverdue) continue;
    add(LIABILITY_ITEMS.frozen, Number(row.frozen));
    add(expiryItem(String(row.month)), Number(row.points));
    add(String(row.age), Number(row.points));
  }
  const before = breakageBefore(asOf);
  const [sums] = await read(
    connection,
    `SELECT (SELECT COALESCE(SUM(points_change), 0) FROM points_transactions WHERE local_day <= ?) AS ledger,
       (SELECT COALESCE(SUM(points_debt), 0) FROM point_accounts)
         - (SELECT COALESCE(SUM(COALESCE(a.points, 0) - t.points_change), 0) FROM points_transactions t
            LEFT JOIN (SELECT entry_id, SUM(points) AS points FROM points_transactions p JOIN lot_allocations q ON q.entry_id = p.id WHERE p.local_day > ? GROUP BY entry_id) a ON a.entry_id = t.id
            WHERE t.local_day > ?) AS debt,
       (SELECT COALESCE(SUM(points), 0) FROM pending_points WHERE created_at < ? AND (status = 'pending' OR settled_at >= ?)) AS pending,
       (SELECT COALESCE(SUM(points_granted), 0) FROM point_lots WHERE created_at < ?) AS granted,
       (SELECT COALESCE(SUM(value), 0) FROM report_facts WHERE metric IN ('lots.expired', 'lots.expired~') AND local_day <= ? AND item < ?) AS expired`,
    [asOf, asOf, asOf, end, end, startOfDay(before, zone), asOf, before.slice(0, 7)],
  );
  for (const [item, value] of [[LIABILITY_ITEMS.ledger, sums!.ledger], [LIABILITY_ITEMS.debt, sums!.debt], [LIABILITY_ITEMS.pending, sums!.pending], [BREAKAGE_GRANTED, sums!.granted], [BREAKAGE_EXPIRED, sums!.expired]] as const) add(item, Number(value));
  return items;
}
