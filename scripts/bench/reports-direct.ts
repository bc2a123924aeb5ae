import type { RowDataPacket } from "mysql2/promise";

import { addDays, endOfDay, startOfDay, type Day } from "@/lib/day";
import type { EntryKind } from "@/lib/points/ledger";
import { activityOf, MONTH_DAYS, type ActivityReport } from "@/lib/reports/activity";
import { flowByDay, flowBySource, flowOf, type LedgerSum, type PointsReport } from "@/lib/reports/flow";
import { FUNNEL_STEPS, funnelOf, type FunnelReport } from "@/lib/reports/funnel";
import { repurchaseOf, rfmGroupOf, RFM_GROUPS, scoresOf, type RepurchaseReport } from "@/lib/reports/people";
import type { ProductSums } from "@/lib/reports/products";
import { daysIn, rangeEnding, type DayRange, type WindowDays } from "@/lib/reports/range";
import { COHORT_WEEKS, mondayOf, retentionOf, weeklyCohortsOf, type RetentionReport, type WeeklyCohorts } from "@/lib/reports/retention";

// The reports once more, each asked of the books themselves: what the roll-up must agree with, and be faster than.

/** The programme's days here are those of a zone without daylight saving. */
export const DIRECT_ZONE = "Asia/Shanghai";
const localDay = (column: string): string => `DATE(CONVERT_TZ(${column}, '+00:00', '+08:00'))`;
const KEPT = "status IN ('paid', 'shipped', 'completed')";

export type Ask = (sql: string, values?: readonly (string | number | Date)[]) => Promise<RowDataPacket[]>;
const start = (day: Day): Date => startOfDay(day, DIRECT_ZONE);
const end = (day: Day): Date => endOfDay(day, DIRECT_ZONE);

export async function pointsDirectly(ask: Ask, range: DayRange): Promise<Omit<PointsReport, "rules"> & { rules: Record<string, [number, number]> }> {
  const sums = (await ask(
    `SELECT CAST(local_day AS CHAR) AS day, kind, source_type AS source, SUM(IF(points_change > 0, points_change, 0)) AS pointsIn, SUM(IF(points_change < 0, -points_change, 0)) AS pointsOut
     FROM points_transactions WHERE local_day BETWEEN ? AND ? GROUP BY 1, 2, 3`, [range.first, range.last],
  )).map((row): LedgerSum => ({ day: row.day as Day, kind: row.kind as EntryKind, source: row.source as string, pointsIn: Number(row.pointsIn), pointsOut: Number(row.pointsOut) }));
  const rules = await ask("SELECT rule_id AS id, SUM(points_change) AS points, COUNT(*) AS entries FROM points_transactions WHERE local_day BETWEEN ? AND ? AND kind = 'earn' AND rule_id IS NOT NULL GROUP BY rule_id", [range.first, range.last]);
  return { range, days: flowByDay(sums, range), sources: flowBySource(sums), totals: flowOf(sums), rules: Object.fromEntries(rules.map(({ id, points, entries }) => [String(id), [Number(points), Number(entries)]])) };
}

const registeredDirectly = async (ask: Ask, range: DayRange) =>
  (await ask(`SELECT CAST(${localDay("created_at")} AS CHAR) AS day, COUNT(*) AS people FROM users WHERE created_at >= ? AND created_at < ? GROUP BY 1`, [start(range.first), end(range.last)]))
    .map((row) => ({ day: row.day as Day, people: Number(row.people) }));

export async function retentionDirectly(ask: Ask, range: DayRange, wholeThrough: Day): Promise<RetentionReport> {
  const presence = await ask(
    `SELECT CAST(cohort AS CHAR) AS cohort, CAST(v.local_day AS CHAR) AS day, COUNT(*) AS people
     FROM (SELECT id, ${localDay("created_at")} AS cohort FROM users WHERE created_at >= ? AND created_at < ?) u
     JOIN visits v ON v.user_id = u.id AND v.local_day IN (u.cohort + INTERVAL 1 DAY, u.cohort + INTERVAL 7 DAY, u.cohort + INTERVAL 30 DAY) GROUP BY 1, 2`,
    [start(range.first), end(range.last)],
  );
  return retentionOf(range, await registeredDirectly(ask, range), presence.map((row) => ({ cohort: row.cohort as Day, day: row.day as Day, people: Number(row.people) })), wholeThrough);
}

export async function weeksDirectly(ask: Ask, asked: DayRange, wholeThrough: Day): Promise<WeeklyCohorts> {
  const range = { first: mondayOf(asked.first), last: addDays(mondayOf(asked.last), 6) };
  const presence = await ask(
    `SELECT CAST(cohort AS CHAR) AS cohort, CAST(week AS CHAR) AS week, COUNT(DISTINCT user_id) AS people FROM (
       SELECT u.id AS user_id, ${localDay("u.created_at")} - INTERVAL WEEKDAY(${localDay("u.created_at")}) DAY AS cohort, v.local_day - INTERVAL WEEKDAY(v.local_day) DAY AS week
       FROM users u JOIN visits v ON v.user_id = u.id WHERE u.created_at >= ? AND u.created_at < ?) seen
     WHERE week > cohort AND week <= cohort + INTERVAL ${COHORT_WEEKS} WEEK GROUP BY 1, 2`,
    [start(range.first), end(range.last)],
  );
  return weeklyCohortsOf(range, await registeredDirectly(ask, range), presence.map((row) => ({ cohort: row.cohort as Day, day: row.week as Day, people: Number(row.people) })), wholeThrough);
}

export async function activityDirectly(ask: Ask, range: DayRange, wholeThrough: Day): Promise<ActivityReport> {
  const daily = await ask("SELECT CAST(local_day AS CHAR) AS day, COUNT(DISTINCT user_id) AS people FROM visits WHERE local_day BETWEEN ? AND ? GROUP BY local_day", [range.first, range.last]);
  const monthly = new Map<string, number>();
  for (const day of daysIn(range).filter((each) => each <= wholeThrough)) {
    const [row] = await ask("SELECT COUNT(DISTINCT user_id) AS people FROM visits WHERE local_day > ? AND local_day <= ?", [addDays(day, -MONTH_DAYS), day]);
    monthly.set(day, Number(row!.people));
  }
  return activityOf(range, new Map(daily.map((row) => [row.day as string, Number(row.people)])), monthly);
}

export async function repurchaseDirectly(ask: Ask, asOf: Day): Promise<RepurchaseReport> {
  const theirs = `FROM orders o JOIN users u ON u.id = o.user_id WHERE o.${KEPT} AND u.erased_at IS NULL AND o.created_at < ?`;
  const byOrders = await ask(`SELECT LEAST(many, 5) AS orders, COUNT(*) AS people FROM (SELECT o.user_id, COUNT(*) AS many ${theirs} GROUP BY o.user_id) t GROUP BY 1`, [end(asOf)]);
  const gaps = await ask(
    `SELECT DATEDIFF(day, LAG_DAY) AS days, COUNT(*) AS many FROM (SELECT ${localDay("o.created_at")} AS day, LAG(${localDay("o.created_at")}) OVER (PARTITION BY o.user_id ORDER BY o.created_at, o.id) AS LAG_DAY ${theirs}) t WHERE LAG_DAY IS NOT NULL GROUP BY 1`,
    [end(asOf)],
  );
  return repurchaseOf(asOf, new Map(byOrders.map((row) => [Number(row.orders), Number(row.people)])), new Map(gaps.map((row) => [Number(row.days), Number(row.many)])));
}

/** People by group. */
export async function rfmDirectly(ask: Ask, asOf: Day, pointsPerYuan: number): Promise<Record<string, number>> {
  const people = await ask(
    `SELECT CAST(MAX(${localDay("o.created_at")}) AS CHAR) AS lastOrderOn, COUNT(*) AS orders, SUM(o.cash_paid_cents - o.cash_refunded_cents) + FLOOR(SUM(o.points_spent - o.points_refunded) * 100 / ?) AS valueCents
     FROM orders o JOIN users u ON u.id = o.user_id WHERE o.${KEPT} AND u.erased_at IS NULL AND o.created_at < ? GROUP BY o.user_id`,
    [pointsPerYuan, end(asOf)],
  );
  const groups: Record<string, number> = Object.fromEntries(RFM_GROUPS.map((group) => [group, 0]));
  for (const row of people) groups[rfmGroupOf(scoresOf({ lastOrderOn: row.lastOrderOn as Day, orders: Number(row.orders), valueCents: Number(row.valueCents) }, asOf))]!++;
  return groups;
}

/** Each step by itself, and a person counts for the steps before theirs. */
export async function funnelDirectly(ask: Ask, asOf: Day, windowDays: WindowDays): Promise<FunnelReport> {
  const { first, last } = rangeEnding(asOf, windowDays);
  const [received, paid, ordered] = ["status = 'completed'", "status IN ('paid', 'shipped', 'completed', 'refunded')", "TRUE"].map((which) => ({ sql: `SELECT user_id FROM orders WHERE created_at >= ? AND created_at < ? AND ${which}`, values: [start(first), end(last)] }));
  const viewed = { sql: "SELECT user_id FROM product_views WHERE local_day BETWEEN ? AND ?", values: [first, last] };
  const visited = { sql: "SELECT user_id FROM visits WHERE local_day BETWEEN ? AND ?", values: [first, last] };
  const parts: { sql: string; values: (string | Date)[] }[] = [visited, viewed, ordered!, paid!, received!];
  const people = new Map<string, number>();
  for (const [index, step] of FUNNEL_STEPS.entries()) {
    const further = parts.slice(index);
    const [row] = await ask(`SELECT COUNT(DISTINCT user_id) AS people FROM (${further.map(({ sql }) => sql).join(" UNION ")}) t`, further.flatMap(({ values }) => values));
    people.set(step, Number(row!.people));
  }
  return funnelOf(asOf, windowDays, people);
}

/** By product, without those that did nothing. */
export async function productsDirectly(ask: Ask, range: DayRange): Promise<Record<string, ProductSums>> {
  const sums: Record<string, ProductSums> = {};
  const add = (rows: readonly RowDataPacket[]): void => {
    for (const { id, ...figures } of rows) {
      const of = (sums[String(id)] ??= { views: 0, orders: 0, pieces: 0, points: 0, cashCents: 0, refundedPieces: 0, refundedPoints: 0, refundedCents: 0 });
      for (const [name, value] of Object.entries(figures)) of[name as keyof ProductSums] += Number(value);
    }
  };
  const within = [start(range.first), end(range.last)];
  add(await ask("SELECT product_id AS id, COUNT(*) AS views FROM product_views WHERE local_day BETWEEN ? AND ? GROUP BY 1", [range.first, range.last]));
  add(await ask(
    `SELECT i.product_id AS id, COUNT(DISTINCT o.id) AS orders, SUM(i.quantity) AS pieces, SUM(i.points) AS points, SUM(i.cash_due_cents) AS cashCents
     FROM (SELECT id, created_at AS paid_at FROM orders WHERE cash_due_cents = 0 AND created_at >= ? AND created_at < ?
       UNION ALL SELECT order_id, created_at FROM order_events WHERE to_status = 'paid' AND created_at >= ? AND created_at < ?) o JOIN order_items i ON i.order_id = o.id GROUP BY 1`, [...within, ...within],
  ));
  add(await ask(
    `SELECT i.product_id AS id, SUM(r.quantity) AS refundedPieces, SUM(r.points) AS refundedPoints, SUM(r.cash_cents) AS refundedCents
     FROM refunds r JOIN order_items i ON i.order_id = r.order_id AND i.line = r.line WHERE r.created_at >= ? AND r.created_at < ? GROUP BY 1`, within,
  ));
  return sums;
}

/** Rule and distinct people who earned by it. */
export async function ruleReachDirectly(ask: Ask, asOf: Day, windowDays: WindowDays): Promise<Record<string, number>> {
  const { first, last } = rangeEnding(asOf, windowDays);
  const rows = await ask("SELECT rule_id AS id, COUNT(DISTINCT user_id) AS people FROM points_transactions WHERE local_day BETWEEN ? AND ? AND kind = 'earn' AND rule_id IS NOT NULL GROUP BY rule_id", [first, last]);
  return Object.fromEntries(rows.map(({ id, people }) => [String(id), Number(people)]));
}

export type LiabilitySums = { lots: number; outstanding: number; overdue: number; ledger: number; debt: number };

/** What is owed at the end of a day, from the allocations of all entries up to it: nothing is taken back from how things stand now, but the debt. */
export async function liabilityDirectly(ask: Ask, asOf: Day): Promise<LiabilitySums> {
  const [row] = await ask(
    `SELECT COALESCE(SUM(points), 0) AS lots, COALESCE(SUM(IF(expires_at > ?, points, 0)), 0) AS outstanding, COALESCE(SUM(IF(expires_at <= ?, points, 0)), 0) AS overdue FROM (
       SELECT l.expires_at, SUM(a.points) AS points FROM points_transactions t JOIN lot_allocations a ON a.entry_id = t.id JOIN point_lots l ON l.id = a.lot_id WHERE t.local_day <= ? GROUP BY l.id, l.expires_at) held`,
    [end(asOf), end(asOf), asOf],
  );
  const [ledger] = await ask("SELECT COALESCE(SUM(points_change), 0) AS points FROM points_transactions WHERE local_day <= ?", [asOf]);
  return { lots: Number(row!.lots), outstanding: Number(row!.outstanding), overdue: Number(row!.overdue), ledger: Number(ledger!.points), debt: Number(row!.lots) - Number(ledger!.points) };
}

