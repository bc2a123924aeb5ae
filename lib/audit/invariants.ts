import { NEXT_STATUSES } from "@/lib/orders/status";

import { handAdjustments } from "./adjustment-invariants";
import { catalogue } from "./catalogue-invariants";
import { checkIns } from "./checkin-invariants";
import { couponRules } from "./coupon-invariants";
import { lotteries } from "./draw-invariants";
import { flash } from "./flash-invariants";
import { fulfilment } from "./fulfilment-invariants";
import { payments } from "./payment-invariants";
import { programme } from "./programme-invariants";
import { refunds } from "./refund-invariants";
import { risks } from "./risk-invariants";

/** What must hold after every commit. The statement finds the rows that break it: none, or ids and the difference. */
export type Invariant = {
  name: string;
  sql: string;
  /** The statement has one `?`, for the time. */
  needsNow?: boolean;
  /** It tells of the shop's own work and not of a person's books: whom it names is not to blame, and their account is not held for it. */
  isAboutShop?: boolean;
};

/** Sweeps come every few minutes; what has been past its expiry for this long was forgotten. */
const SWEPT_WITHIN = "INTERVAL 1 DAY";

const EDGES = Object.entries(NEXT_STATUSES).flatMap(([from, next]) => next.map((to) => `('${from}','${to}')`)).join(",");
/** An order that cash is due for waits for it; `order_events` holds the steps after that. */
const STATUS_AT_FIRST = "IF(o.cash_due_cents > 0, 'pending', 'paid')";

/** Events that tell of points earned: by rules, by checking in, by a task, and when pending ones became usable. */
const EARNING_EVENTS = "'points.earned', 'points.checked_in', 'points.activated', 'task.claimed'";

const accounts: Invariant[] = [
  {
    name: "every person has a point account",
    sql: "SELECT u.id AS user_id FROM users u LEFT JOIN point_accounts a ON a.user_id = u.id WHERE a.user_id IS NULL",
  },
  {
    name: "no amount of an account is negative",
    sql: `SELECT user_id, points_balance, points_pending, points_debt, total_points_earned FROM point_accounts
      WHERE points_balance < 0 OR points_pending < 0 OR points_debt < 0 OR total_points_earned < 0`,
  },
  {
    name: "balance less debt is the sum of the ledger",
    sql: `SELECT a.user_id, a.points_balance - a.points_debt AS account, COALESCE(l.points, 0) AS ledger, a.points_balance - a.points_debt - COALESCE(l.points, 0) AS difference
      FROM point_accounts a LEFT JOIN (SELECT user_id, SUM(points_change) AS points FROM points_transactions GROUP BY user_id) l ON l.user_id = a.user_id
      WHERE a.points_balance - a.points_debt <> COALESCE(l.points, 0)`,
  },
  {
    name: "balance is what is left in the lots",
    sql: `SELECT a.user_id, a.points_balance AS account, COALESCE(l.points, 0) AS lots, a.points_balance - COALESCE(l.points, 0) AS difference
      FROM point_accounts a LEFT JOIN (SELECT user_id, SUM(points_remaining) AS points FROM point_lots GROUP BY user_id) l ON l.user_id = a.user_id
      WHERE a.points_balance <> COALESCE(l.points, 0)`,
  },
  {
    name: "points earned are the sum of the earnings",
    sql: `SELECT a.user_id, a.total_points_earned AS account, COALESCE(l.points, 0) AS ledger, a.total_points_earned - COALESCE(l.points, 0) AS difference
      FROM point_accounts a LEFT JOIN (SELECT user_id, SUM(points_change) AS points FROM points_transactions WHERE kind = 'earn' GROUP BY user_id) l ON l.user_id = a.user_id
      WHERE a.total_points_earned <> COALESCE(l.points, 0)`,
  },
  {
    name: "an account is frozen when its last event says so",
    sql: `SELECT a.user_id, a.status, f.name AS last_event
      FROM point_accounts a LEFT JOIN (
        SELECT CAST(subject_id AS UNSIGNED) AS user_id, name, ROW_NUMBER() OVER (PARTITION BY subject_id ORDER BY id DESC) AS place
        FROM events WHERE subject_type = 'user' AND name IN ('account.frozen', 'account.unfrozen')) f ON f.user_id = a.user_id AND f.place = 1
      WHERE (a.status = 'frozen') <> (COALESCE(f.name, '') = 'account.frozen')`,
  },
];

const ledger: Invariant[] = [
  {
    name: "balances after each entry are a chain",
    sql: `SELECT user_id, id AS entry_id, balance_after, before_it + points_change AS expected, balance_after - before_it - points_change AS difference
      FROM (SELECT id, user_id, points_change, balance_after, LAG(balance_after, 1, 0) OVER (PARTITION BY user_id ORDER BY id) AS before_it FROM points_transactions) t
      WHERE balance_after <> before_it + points_change`,
  },
  {
    name: "an entry goes the way of its kind",
    sql: `SELECT user_id, id AS entry_id, kind, points_change FROM points_transactions
      WHERE points_change = 0 OR (kind IN ('earn', 'restore') AND points_change < 0) OR (kind IN ('spend', 'expire', 'claw_back') AND points_change > 0)`,
  },
  {
    name: "an entry is traced to its lots",
    sql: `SELECT e.user_id, e.id AS entry_id, e.kind, e.points_change, COALESCE(m.points, 0) AS in_lots, e.points_change - COALESCE(m.points, 0) AS difference
      FROM points_transactions e
      LEFT JOIN (SELECT entry_id, SUM(points) AS points, MIN(points) AS least, MAX(points) AS most FROM lot_allocations GROUP BY entry_id) m ON m.entry_id = e.id
      WHERE (e.kind IN ('spend', 'expire') AND COALESCE(m.points, 0) <> e.points_change)
        OR (e.points_change > 0 AND (m.least < 0 OR COALESCE(m.points, 0) > e.points_change))
        OR (e.points_change < 0 AND (m.most > 0 OR COALESCE(m.points, 0) < e.points_change))`,
  },
  {
    name: "an entry has one cause, and a cause one entry of a kind",
    sql: "SELECT source_type, source_id, kind, COUNT(*) AS entries FROM points_transactions GROUP BY source_type, source_id, kind HAVING COUNT(*) > 1",
  },
];

const lots: Invariant[] = [
  {
    name: "a lot holds between nothing and what was put in",
    sql: "SELECT user_id, id AS lot_id, points_granted, points_remaining FROM point_lots WHERE points_remaining < 0 OR points_remaining > points_granted",
  },
  {
    name: "what is left in a lot is the sum of its allocations",
    sql: `SELECT p.user_id, p.id AS lot_id, p.points_remaining, COALESCE(m.points, 0) AS allocated, p.points_remaining - COALESCE(m.points, 0) AS difference
      FROM point_lots p LEFT JOIN (SELECT lot_id, SUM(points) AS points FROM lot_allocations GROUP BY lot_id) m ON m.lot_id = p.id
      WHERE p.points_remaining <> COALESCE(m.points, 0)`,
  },
  {
    name: "an allocation names a lot of the entry's person",
    sql: `SELECT a.entry_id, a.lot_id, e.user_id, p.user_id AS lot_owner
      FROM lot_allocations a LEFT JOIN points_transactions e ON e.id = a.entry_id LEFT JOIN point_lots p ON p.id = a.lot_id
      WHERE e.id IS NULL OR p.id IS NULL OR p.user_id <> e.user_id`,
  },
  {
    name: "a spend takes from living lots, an expiry from dead ones",
    sql: `SELECT e.user_id, a.entry_id, a.lot_id, e.kind, p.expires_at, e.created_at
      FROM lot_allocations a JOIN points_transactions e ON e.id = a.entry_id JOIN point_lots p ON p.id = a.lot_id
      WHERE (e.kind = 'spend' AND p.expires_at <= e.created_at) OR (e.kind = 'expire' AND p.expires_at > e.created_at)`,
  },
  {
    name: "a lot expires once, and again only when points came back to it",
    sql: `SELECT p.user_id, a.lot_id, SUM(e.kind = 'expire') AS expiries, SUM(e.kind = 'restore') AS returns
      FROM lot_allocations a JOIN points_transactions e ON e.id = a.entry_id AND e.kind IN ('expire', 'restore') JOIN point_lots p ON p.id = a.lot_id
      GROUP BY p.user_id, a.lot_id HAVING SUM(e.kind = 'expire') > 1 + SUM(e.kind = 'restore')`,
  },
  {
    name: "expired points are swept within a day",
    sql: `SELECT user_id, id AS lot_id, points_remaining, expires_at FROM point_lots WHERE open_until < ? - ${SWEPT_WITHIN}`,
    needsNow: true,
    isAboutShop: true,
  },
];

const earnings: Invariant[] = [
  {
    name: "a frozen person neither earns nor spends",
    sql: `WITH freezes AS (
        SELECT CAST(subject_id AS UNSIGNED) AS user_id, subject_id, name, id AS from_id, LEAD(id, 1, ~0) OVER (PARTITION BY subject_id ORDER BY id) AS to_id,
          COALESCE(CAST(LEFT(JSON_UNQUOTE(NULLIF(JSON_EXTRACT(data, '$.until'), CAST('null' AS JSON))), 23) AS DATETIME(3)), '9999-12-31') AS ends_at
        FROM events WHERE subject_type = 'user' AND name IN ('account.frozen', 'account.unfrozen'))
      SELECT * FROM (
        SELECT f.user_id, e.id AS event_id, e.name FROM freezes f
          JOIN events e ON e.subject_type = 'user' AND e.subject_id = f.subject_id AND e.name IN ('points.earned', 'points.checked_in') AND e.id BETWEEN f.from_id AND f.to_id AND e.created_at < f.ends_at
          WHERE f.name = 'account.frozen'
        UNION ALL
        SELECT f.user_id, e.id, e.name FROM freezes f JOIN orders o ON o.user_id = f.user_id AND o.points_spent > 0
          JOIN events e ON e.subject_type = 'order' AND e.subject_id = o.public_id AND e.name = 'order.redeemed' AND e.id BETWEEN f.from_id AND f.to_id AND e.created_at < f.ends_at
          WHERE f.name = 'account.frozen') t`,
  },
];

const stock: Invariant[] = [
  {
    name: "stock is the sum of its moves, and never negative",
    sql: `SELECT s.sku_id, s.stock, COALESCE(m.pieces, 0) AS moved, s.stock - COALESCE(m.pieces, 0) AS difference
      FROM sku_stock s LEFT JOIN (SELECT sku_id, SUM(quantity) AS pieces FROM stock_moves GROUP BY sku_id) m ON m.sku_id = s.sku_id
      WHERE s.stock < 0 OR s.stock <> COALESCE(m.pieces, 0)`,
  },
  {
    name: "an order took its pieces, and a cancelled one gave them back",
    sql: `SELECT o.id AS order_id, o.status, i.sku_id, i.pieces, COALESCE(m.pieces, 0) AS moved
      FROM orders o JOIN (SELECT order_id, sku_id, SUM(quantity) AS pieces FROM order_items GROUP BY order_id, sku_id) i ON i.order_id = o.id
      LEFT JOIN (SELECT source_id, sku_id, SUM(quantity) AS pieces FROM stock_moves WHERE reason IN ('order', 'release') GROUP BY source_id, sku_id) m
        ON m.source_id = o.public_id AND m.sku_id = i.sku_id
      WHERE COALESCE(m.pieces, 0) <> IF(o.status = 'cancelled', 0, -i.pieces)`,
  },
  {
    name: "pieces that an order moved have their order",
    sql: `SELECT m.id AS move_id, m.sku_id, m.quantity, m.source_id FROM stock_moves m LEFT JOIN orders o ON o.public_id = m.source_id
      WHERE m.reason IN ('order', 'release') AND o.id IS NULL`,
  },
];

const orders: Invariant[] = [
  {
    name: "an order is the sum of its items",
    sql: `SELECT o.id AS order_id, o.total_cents, i.cents, o.points_spent, i.points, o.cash_due_cents, i.due
      FROM orders o LEFT JOIN (SELECT order_id, SUM(unit_cents * quantity) AS cents, SUM(points) AS points, SUM(cash_due_cents) AS due,
        SUM(discount_cents) AS discount, SUM(coupon_cents) AS coupon, SUM(coupon_points) AS coupon_points FROM order_items GROUP BY order_id) i ON i.order_id = o.id
      WHERE i.order_id IS NULL OR o.total_cents <> i.cents OR o.points_spent <> i.points OR o.cash_due_cents <> i.due + o.delivery_cents
        OR o.discount_cents <> i.discount OR o.coupon_cents <> i.coupon OR o.coupon_points <> i.coupon_points`,
  },
  {
    name: "an order's price is its discount and its cash",
    sql: `SELECT id AS order_id, total_cents, discount_cents, cash_due_cents, points_spent FROM orders
      WHERE total_cents + delivery_cents <> discount_cents + coupon_cents + cash_due_cents OR discount_cents < 0 OR cash_due_cents < 0 OR points_spent < 0 OR (discount_cents > 0 AND points_spent + coupon_points = 0)
        OR (coupon_id IS NULL AND coupon_cents + coupon_points > 0)`,
  },
  {
    name: "an order's points were taken from its buyer",
    sql: `SELECT o.id AS order_id, o.user_id, o.points_spent, COALESCE(-e.points_change, 0) AS taken, o.points_spent - COALESCE(-e.points_change, 0) AS difference
      FROM orders o LEFT JOIN points_transactions e ON e.source_type = 'order' AND e.source_id = o.public_id AND e.kind = 'spend' AND e.user_id = o.user_id
      WHERE o.points_spent <> COALESCE(-e.points_change, 0)`,
  },
  {
    name: "a cancelled order returned its points, and no other did",
    sql: `SELECT o.id AS order_id, o.user_id, o.status, o.points_spent, COALESCE(e.points_change, 0) AS returned
      FROM orders o LEFT JOIN points_transactions e ON e.source_type = 'order' AND e.source_id = o.public_id AND e.kind = 'restore' AND e.user_id = o.user_id
      WHERE COALESCE(e.points_change, 0) <> IF(o.status = 'cancelled', o.points_spent, 0)`,
  },
  {
    name: "an entry about an order has its order",
    sql: `SELECT e.user_id, e.id AS entry_id, e.source_type, e.source_id FROM points_transactions e LEFT JOIN orders o ON o.public_id = SUBSTRING_INDEX(e.source_id, '~', 1)
      WHERE e.source_type IN ('order', 'purchase', 'first_order', 'repurchase') AND (o.id IS NULL OR o.user_id <> e.user_id)`,
  },
  {
    name: "an order's cash was paid once, in full, or not at all",
    sql: `SELECT o.id AS order_id, o.status, o.cash_due_cents, o.cash_paid_cents, COALESCE(p.cents, 0) AS received, COALESCE(p.attempts, 0) AS payments
      FROM orders o LEFT JOIN (SELECT order_id, SUM(amount_cents) AS cents, COUNT(*) AS attempts FROM payments WHERE status = 'paid' GROUP BY order_id) p ON p.order_id = o.id
      WHERE o.cash_paid_cents <> COALESCE(p.cents, 0) OR COALESCE(p.attempts, 0) > 1
        OR o.cash_paid_cents <> IF(o.status IN ('pending', 'cancelled'), 0, o.cash_due_cents)
        OR (o.status = 'pending') <> (o.pay_by IS NOT NULL) OR (o.status = 'pending' AND o.cash_due_cents = 0)`,
  },
  {
    name: "an order moves along the status table",
    sql: `SELECT order_id, id AS step_id, from_status, to_status, before_it
      FROM (SELECT s.id, s.order_id, s.from_status, s.to_status, LAG(s.to_status, 1, ${STATUS_AT_FIRST}) OVER (PARTITION BY s.order_id ORDER BY s.id) AS before_it
        FROM order_events s JOIN orders o ON o.id = s.order_id) t
      WHERE NOT (from_status <=> before_it) OR (before_it, to_status) NOT IN (${EDGES})`,
  },
  {
    name: "an order stands where its last step led",
    sql: `SELECT o.id AS order_id, o.status, COALESCE(s.to_status, ${STATUS_AT_FIRST}) AS last_step
      FROM orders o LEFT JOIN (SELECT order_id, MAX(id) AS id FROM order_events GROUP BY order_id) m ON m.order_id = o.id LEFT JOIN order_events s ON s.id = m.id
      WHERE o.status <> COALESCE(s.to_status, ${STATUS_AT_FIRST})`,
  },
];

const records: Invariant[] = [
  {
    name: "a request key is used once",
    sql: "SELECT actor_id, request_key, COUNT(*) AS times FROM idempotency_keys GROUP BY actor_id, request_key HAVING COUNT(*) > 1",
  },
  {
    name: "a request key keeps its reply",
    sql: "SELECT actor_id, request_key FROM idempotency_keys WHERE reply IS NULL",
  },
  {
    name: "a reply names an order that exists",
    sql: `SELECT k.actor_id, k.request_key, k.reply ->> '$.orderId' AS order_id FROM idempotency_keys k LEFT JOIN orders o ON o.public_id = CONVERT(k.reply ->> '$.orderId' USING ascii)
      WHERE JSON_TYPE(k.reply) = 'OBJECT' AND k.reply ->> '$.orderId' IS NOT NULL AND o.id IS NULL`,
  },
  {
    name: "an order's request made one order",
    sql: "SELECT user_id, request_id, COUNT(*) AS orders FROM orders GROUP BY user_id, request_id HAVING COUNT(*) > 1",
  },
  {
    name: "each step of an order is in the events once",
    sql: `SELECT o.id AS order_id, o.status, COALESCE(e.redeemed, 0) AS redeemed, COALESCE(e.paid, 0) AS paid, COALESCE(e.cancelled, 0) AS cancelled,
        COALESCE(e.shipped, 0) AS shipped, COALESCE(e.completed, 0) AS completed
      FROM orders o LEFT JOIN (
        SELECT subject_id, SUM(name = 'order.redeemed') AS redeemed, SUM(name = 'order.paid') AS paid, SUM(name = 'order.cancelled') AS cancelled,
          SUM(name = 'order.shipped') AS shipped, SUM(name = 'order.completed') AS completed
        FROM events WHERE subject_type = 'order' GROUP BY subject_id) e ON e.subject_id = o.public_id
      WHERE COALESCE(e.redeemed, 0) <> 1 OR COALESCE(e.paid, 0) <> (o.cash_paid_cents > 0) OR COALESCE(e.cancelled, 0) <> (o.status = 'cancelled')
        OR COALESCE(e.shipped, 0) <> (o.shipped_at IS NOT NULL) OR COALESCE(e.completed, 0) <> (o.status = 'completed' OR (o.status = 'refunded' AND EXISTS (SELECT 1 FROM order_events s WHERE s.order_id = o.id AND s.to_status = 'completed')))`,
  },
  {
    // An event may tell of several entries: what one occurrence earned by different terms. So earnings agree in their sum.
    name: "each change of points is in the events once",
    sql: `SELECT u.id AS user_id, l.earned, e.earned AS earned_events, l.adjusted, e.adjusted AS adjusted_events, l.expired, e.expired AS expired_events, e.registered
      FROM users u
      LEFT JOIN (
        SELECT user_id, SUM(IF(kind = 'earn', points_change, 0)) AS earned, SUM(kind = 'adjust') AS adjustments,
          SUM(IF(kind = 'adjust', points_change, 0)) AS adjusted, SUM(kind = 'expire') AS expiries, SUM(IF(kind = 'expire', -points_change, 0)) AS expired
        FROM points_transactions GROUP BY user_id) l ON l.user_id = u.id
      LEFT JOIN (
        SELECT CAST(subject_id AS UNSIGNED) AS user_id, SUM(name = 'account.registered') AS registered,
          SUM(IF(name IN (${EARNING_EVENTS}), CAST(data -> '$.points' AS SIGNED), 0)) AS earned,
          SUM(name = 'points.adjusted') AS adjustments, SUM(IF(name = 'points.adjusted', CAST(data -> '$.points' AS SIGNED), 0)) AS adjusted,
          SUM(name = 'points.expired') AS expiries, SUM(IF(name = 'points.expired', CAST(data -> '$.points' AS SIGNED), 0)) AS expired
        FROM events WHERE subject_type = 'user' GROUP BY subject_id) e ON e.user_id = u.id
      WHERE COALESCE(e.registered, 0) <> 1 OR COALESCE(l.earned, 0) <> COALESCE(e.earned, 0)
        OR COALESCE(l.adjustments, 0) <> COALESCE(e.adjustments, 0) OR COALESCE(l.adjusted, 0) <> COALESCE(e.adjusted, 0)
        OR COALESCE(l.expiries, 0) <> COALESCE(e.expiries, 0) OR COALESCE(l.expired, 0) <> COALESCE(e.expired, 0)`,
  },
  {
    name: "whoever acted exists",
    sql: `SELECT t.place, t.row_id, t.user_id FROM (
        SELECT 'points_transactions' AS place, CAST(id AS CHAR CHARACTER SET ascii) COLLATE ascii_bin AS row_id, actor_id AS user_id FROM points_transactions WHERE actor_id IS NOT NULL
        UNION ALL SELECT 'events', CAST(id AS CHAR CHARACTER SET ascii) COLLATE ascii_bin, actor_id FROM events WHERE actor_id IS NOT NULL
        UNION ALL SELECT 'order_events', CAST(id AS CHAR CHARACTER SET ascii) COLLATE ascii_bin, actor_id FROM order_events WHERE actor_id IS NOT NULL
        UNION ALL SELECT 'idempotency_keys', request_key, actor_id FROM idempotency_keys) t
      LEFT JOIN users u ON u.id = t.user_id WHERE u.id IS NULL`,
  },
  {
    name: "an item belongs to the buyer of its order",
    sql: "SELECT o.id AS order_id, o.user_id, i.user_id AS item_user_id FROM order_items i LEFT JOIN orders o ON o.id = i.order_id WHERE o.id IS NULL OR o.user_id <> i.user_id",
  },
  {
    name: "no session is newer than its person's version",
    sql: "SELECT s.user_id, s.session_version, u.session_version AS current FROM sessions s LEFT JOIN users u ON u.id = s.user_id WHERE u.id IS NULL OR s.session_version > u.session_version",
  },
];

/** From the account outward: when one fails, look at the first that does. */
export const invariants: readonly Invariant[] = [...accounts, ...ledger, ...lots, ...checkIns, ...earnings, ...programme, ...catalogue, ...stock, ...orders, ...payments, ...refunds, ...fulfilment, ...flash, ...lotteries, ...couponRules, ...handAdjustments, ...risks, ...records];
