import { inMetric, LEDGER_METRICS, outMetric } from "../flow";

/** The sums of what is newer than what has settled carry this at the end of their name. */
export const TAIL = "~";
export const tailOf = (metric: string): string => `${metric}${TAIL}`;

/** What one statement sums: a column `day`, a column `item`, and a column for each metric. `RANGE` and `DAY(column)` stand for text that is put in. */
export type Sum = { sql: string; metrics: Readonly<Record<string, string>>; };

/** A table whose rows are only ever inserted, and what is summed of it. */
export type Source = { name: string; table: string; sums: readonly Sum[]; metrics: readonly string[] };

const source = (name: string, table: string, sums: readonly Sum[], dynamic: readonly string[] = []): Source => ({
  name, table, sums, metrics: [...sums.flatMap((sum) => Object.values(sum.metrics)), ...dynamic],
});

/** What a paid order's items are: on the day it was placed where no cash was due, on the day of the payment otherwise. */
const ITEMS = "i.product_id AS item, COUNT(DISTINCT i.order_id) AS orders, SUM(i.quantity) AS pieces, SUM(i.points) AS points, SUM(i.cash_due_cents) AS cash";

/** Named after how the order was paid, so that each source has metrics of its own. */
const itemMetrics = (way: "at_once" | "later") => ({ orders: `product.orders.${way}`, pieces: `product.pieces.${way}`, points: `product.points.${way}`, cash: `product.cash.${way}` });

export const PRODUCT_FACTS = {
  views: ["product.views"],
  orders: ["product.orders.at_once", "product.orders.later"],
  pieces: ["product.pieces.at_once", "product.pieces.later"],
  points: ["product.points.at_once", "product.points.later"],
  cashCents: ["product.cash.at_once", "product.cash.later"],
  refundedPieces: ["product.refunded_pieces"],
  refundedPoints: ["product.refunded_points"],
  refundedCents: ["product.refunded_cents"],
} as const;

export const SOURCES: readonly Source[] = [
  source("ledger", "points_transactions", [
    { sql: "SELECT t.kind AS kind, t.local_day AS day, t.source_type AS item, SUM(GREATEST(t.points_change, 0)) AS points_in, SUM(GREATEST(-t.points_change, 0)) AS points_out FROM points_transactions t WHERE RANGE GROUP BY t.kind, day, item", metrics: {} },
    { sql: "SELECT t.local_day AS day, t.rule_id AS item, SUM(t.points_change) AS points, COUNT(*) AS entries FROM points_transactions t WHERE RANGE AND t.kind = 'earn' AND t.rule_id IS NOT NULL GROUP BY day, item", metrics: { points: "rule.points", entries: "rule.entries" } },
    { sql: "SELECT t.local_day AS day, SUBSTRING_INDEX(SUBSTRING_INDEX(t.source_id, ':', 2), ':', -1) AS item, SUM(t.points_change) AS points FROM points_transactions t WHERE RANGE AND t.kind = 'earn' AND t.source_type = 'task' GROUP BY day, item", metrics: { points: "task.points" } },
    { sql: "SELECT t.local_day AS day, SUBSTRING_INDEX(SUBSTRING_INDEX(t.source_id, ':', 2), ':', -1) AS item, -SUM(t.points_change) AS points FROM points_transactions t WHERE RANGE AND t.kind = 'claw_back' AND t.source_type = 'task_undo' GROUP BY day, item", metrics: { points: "task.taken_back" } },
    { sql: "SELECT t.local_day AS day, DATE_FORMAT(DAY(l.created_at), '%Y-%m') AS item, -SUM(a.points) AS points FROM points_transactions t JOIN lot_allocations a ON a.entry_id = t.id JOIN point_lots l ON l.id = a.lot_id WHERE RANGE AND t.kind = 'expire' GROUP BY day, item", metrics: { points: "lots.expired" } },
  ], LEDGER_METRICS),
  source("orders", "orders", [
    { sql: "SELECT DAY(t.created_at) AS day, '' AS item, COUNT(*) AS placed FROM orders t WHERE RANGE GROUP BY day", metrics: { placed: "orders.placed" } },
    { sql: `SELECT DAY(t.created_at) AS day, ${ITEMS} FROM orders t JOIN order_items i ON i.order_id = t.id WHERE RANGE AND t.cash_due_cents = 0 GROUP BY day, item`, metrics: itemMetrics("at_once") },
  ]),
  source("order_events", "order_events", [
    { sql: "SELECT DAY(o.created_at) AS day, '' AS item, COUNT(*) AS undone FROM order_events t JOIN orders o ON o.id = t.order_id WHERE RANGE AND t.to_status IN ('cancelled', 'refunded') GROUP BY day", metrics: { undone: "orders.undone" } },
    { sql: `SELECT DAY(t.created_at) AS day, ${ITEMS} FROM order_events t JOIN order_items i ON i.order_id = t.order_id WHERE RANGE AND t.to_status = 'paid' GROUP BY day, item`, metrics: itemMetrics("later") },
  ]),
  source("refunds", "refunds", [
    { sql: "SELECT DAY(t.created_at) AS day, i.product_id AS item, SUM(t.quantity) AS pieces, SUM(t.points) AS points, SUM(t.cash_cents) AS cash FROM refunds t JOIN order_items i ON i.order_id = t.order_id AND i.line = t.line WHERE RANGE GROUP BY day, item",
      metrics: { pieces: "product.refunded_pieces", points: "product.refunded_points", cash: "product.refunded_cents" } },
  ]),
  source("users", "users", [{ sql: "SELECT DAY(t.created_at) AS day, '' AS item, COUNT(*) AS people FROM users t WHERE RANGE GROUP BY day", metrics: { people: "users.registered" } }]),
  source("claims", "user_tasks", [{ sql: "SELECT DAY(t.completed_at) AS day, t.task_id AS item, COUNT(*) AS claims FROM user_tasks t WHERE RANGE AND t.completed_at IS NOT NULL GROUP BY day, item", metrics: { claims: "task.claims" } }]),
];

export type Fact = { metric: string; day: string; item: string; value: number };

/** The sums of one row of a statement. Zeros are left out: no row says the same. */
export function factsFrom(sum: Sum, row: Readonly<Record<string, unknown>>): Fact[] {
  const metrics = Object.keys(sum.metrics).length > 0 ? sum.metrics : { points_in: inMetric(row.kind as never), points_out: outMetric(row.kind as never) };
  return Object.entries(metrics).flatMap(([column, metric]) => {
    const value = Number(row[column]);
    return value === 0 ? [] : [{ metric, day: String(row.day), item: String(row.item), value }];
  });
}

/** Longer than any report looks back; of earlier days the reports keep the sum. */
export const VIEWS_KEPT_DAYS = 400;

/** Tables that have a row for each person and day, and no ids: their days are counted whole. */
export const DAY_METRICS = { people: "visits.people", cohorts: "visits.cohort", views: "product.views" } as const;
