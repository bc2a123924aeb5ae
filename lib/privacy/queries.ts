import "server-only";

import { and, eq, inArray, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { readRows, statement, type Value } from "@/db/packet";
import { orders, pointAccounts, users } from "@/db/schema";
import type { UserId } from "@/lib/ctx";
import { invariant } from "@/lib/invariant";

/** What stands in the way of erasing an account: orders under way and points owed. */
export async function findErasureObstacles(db: Db, userId: UserId): Promise<{ orders: number; debt: number; points: number; isLastOwner: boolean }> {
  const [[underWay], [account], owners] = await Promise.all([
    db.select({ total: sql<number>`count(*)`.mapWith(Number) }).from(orders).where(and(eq(orders.userId, userId), inArray(orders.status, ["pending", "paid", "shipped"]))),
    db.select({ debt: pointAccounts.pointsDebt, points: pointAccounts.pointsBalance }).from(pointAccounts).where(eq(pointAccounts.userId, userId)),
    db.select({ id: users.id }).from(users).where(eq(users.role, "owner")).limit(2),
  ]);
  return { orders: underWay?.total ?? 0, debt: account?.debt ?? 0, points: account?.points ?? 0, isLastOwner: owners.length === 1 && owners[0]!.id === userId };
}

/** Rows of one list in memory at a time. */
const ROWS_AT_ONCE = 500;
/** Pages of one list: far more than a person can fill, and an end all the same. */
const PAGES_MAX = 2_000;

/** A list of what is known about a person: its statement has a `?` for the person, for the last key of the page before, and for the page's length. */
type Part = { name: string; sql: string; start: Value };

const byId = (name: string, columns: string, table: string, where = "user_id = ?"): Part => ({
  name, start: 0, sql: `SELECT id AS page_key, ${columns} FROM ${table} WHERE ${where} AND id > ? ORDER BY id LIMIT ?`,
});

const PARTS: readonly Part[] = [
  byId("addresses", "recipient, phone, region, street, postcode, is_default = 1 AS isDefault, created_at AS createdAt", "addresses"),
  byId("ledger", "id, kind, points_change AS pointsChange, balance_after AS balanceAfter, source_type AS sourceType, source_id AS sourceId, local_day AS localDay, breakdown, reason, created_at AS createdAt", "points_transactions"),
  byId("lots", "id, points_granted AS pointsGranted, points_remaining AS pointsRemaining, expires_at AS expiresAt, created_at AS createdAt", "point_lots"),
  byId("pendingPoints", "points, source_type AS sourceType, source_id AS sourceId, activates_at AS activatesAt, status, created_at AS createdAt", "pending_points"),
  byId("cards", "perk, quantity, source_type AS sourceType, source_id AS sourceId, created_at AS createdAt", "perk_moves"),
  byId(
    "orders",
    `public_id AS id, status, points_spent AS pointsSpent, total_cents AS totalCents, discount_cents AS discountCents, cash_due_cents AS cashDueCents, cash_paid_cents AS cashPaidCents,
     delivery_cents AS deliveryCents, coupon_cents AS couponCents, coupon_points AS couponPoints, delivery, address, pickup, created_at AS createdAt,
     (SELECT JSON_ARRAYAGG(JSON_OBJECT('carrier', s.carrier, 'trackingNumber', s.tracking_number, 'sentAt', s.created_at)) FROM shipments s WHERE s.order_id = orders.id) AS parcels,
     (SELECT JSON_ARRAYAGG(JSON_OBJECT('product', i.product_name, 'sku', i.sku_name, 'quantity', i.quantity, 'points', i.points, 'cashDueCents', i.cash_due_cents))
      FROM order_items i WHERE i.order_id = orders.id) AS items`,
    "orders",
  ),
  { name: "cart", start: 0, sql: "SELECT sku_id AS page_key, (SELECT p.name FROM skus s JOIN products p ON p.id = s.product_id WHERE s.id = cart_items.sku_id) AS product, quantity, created_at AS createdAt FROM cart_items WHERE user_id = ? AND sku_id > ? ORDER BY sku_id LIMIT ?" },
  byId("coupons", "(SELECT t.name FROM coupon_templates t WHERE t.id = coupons.template_id) AS coupon, code, status, order_public_id AS orderId, usable_from AS usableFrom, expires_at AS expiresAt, used_at AS usedAt, created_at AS createdAt", "coupons"),
  byId("spins", "(SELECT d.name FROM draws d WHERE d.id = spins.draw_id) AS draw, (SELECT p.name FROM draw_prizes p WHERE p.id = spins.prize_id) AS prize, paid_with AS paidWith, points, roll, nonce, created_at AS createdAt", "spins"),
  byId("checkIns", "local_day AS localDay, kind, streak_days AS streakDays, points, created_at AS createdAt", "check_ins"),
  byId("tasks", "(SELECT t.name FROM tasks t WHERE t.id = user_tasks.task_id) AS task, period, progress, completed = 1 AS completed, completed_at AS completedAt, points, rolled_back_at AS rolledBackAt", "user_tasks"),
  byId("notifications", "kind, data, link, read_at AS readAt, created_at AS createdAt", "notifications"),
  { name: "waitingFor", start: 0, sql: "SELECT sku_id AS page_key, (SELECT p.name FROM skus s JOIN products p ON p.id = s.product_id WHERE s.id = stock_watches.sku_id) AS product, created_at AS createdAt FROM stock_watches WHERE user_id = ? AND sku_id > ? ORDER BY sku_id LIMIT ?" },
  byId("reviews", "(SELECT p.name FROM products p WHERE p.id = reviews.product_id) AS product, rating, body, status, created_at AS createdAt", "reviews"),
  byId("staffInvitations", "email, expires_at AS expiresAt, accepted_at AS acceptedAt, created_at AS createdAt", "staff_invitations", "accepted_by = ?"),
  { name: "sessions", start: "", sql: "SELECT HEX(token_digest) AS page_key, device, created_at AS createdAt, seen_at AS lastUsedAt, expires_at AS expiresAt FROM sessions WHERE user_id = ? AND HEX(token_digest) > ? ORDER BY HEX(token_digest) LIMIT ?" },
  byId("mail", "recipient, template, status, sent_at AS sentAt, created_at AS createdAt", "mail_messages"),
  byId("customEvents", "name, data, created_at AS createdAt", "custom_events"),
  { name: "visits", start: "0001-01-01", sql: "SELECT local_day AS page_key, local_day AS localDay, created_at AS createdAt FROM visits WHERE user_id = ? AND local_day > ? ORDER BY local_day LIMIT ?" },
  { name: "lookedAt", start: "", sql: "SELECT CONCAT(local_day, ':', LPAD(product_id, 20, '0')) AS page_key, local_day AS localDay, (SELECT p.name FROM products p WHERE p.id = product_views.product_id) AS product FROM product_views WHERE user_id = ? HAVING page_key > ? ORDER BY page_key LIMIT ?" },
  { name: "orderGroup", start: 0, sql: "SELECT user_id AS page_key, last_order_on AS lastOrderOn, orders, value_cents AS valueCents, recency, frequency, value_score AS valueScore, rfm_group AS `group` FROM report_people WHERE user_id = ? AND user_id > ? LIMIT ?" },
  byId("invited", "visitor_id IS NOT NULL AS isMember, subject, local_day AS localDay", "share_visits", "sharer_id = ?"),
  byId("adjustments", "points, reason, note, expires_at AS expiresAt, status, decided_at AS decidedAt, created_at AS createdAt", "adjustments"),
  byId("riskAlerts", "rule, mode, evidence, status, decision_note AS decisionNote, decided_at AS decidedAt, created_at AS createdAt", "risk_alerts"),
  byId("appeals", "body, status, answer, decided_at AS decidedAt, created_at AS createdAt", "appeals"),
  { name: "riskSignals", start: "", sql: "SELECT CONCAT(DATE_FORMAT(hour_starts_at, '%Y-%m-%dT%H'), kind) AS page_key, kind, hour_starts_at AS hourStartsAt, times FROM risk_signals WHERE user_id = ? HAVING page_key > ? ORDER BY page_key LIMIT ?" },
  byId("history", "name, created_at AS createdAt", "events", "subject_type = 'user' AND subject_id = CONVERT(? USING ascii)"),
];

/** Everything about one person as JSON, in pieces: a long life in the shop never stands in memory whole. */
export async function* ownData(db: Db, userId: UserId, now: Date): AsyncGenerator<string> {
  yield `{"exportedAt":${JSON.stringify(now)},"account":${JSON.stringify(await readAccount(db, userId))}`;
  for (const part of PARTS) {
    yield `,\n${JSON.stringify(part.name)}:[`;
    let separator = "";
    for await (const rows of pagesOf(part, userId)) {
      yield separator + rows.map((row) => JSON.stringify(row)).join(",\n");
      separator = ",\n";
    }
    yield "]";
  }
  yield "}\n";
}

async function* pagesOf({ sql: text, start }: Part, userId: UserId): AsyncGenerator<Record<string, unknown>[]> {
  let last = start;
  for (let page = 0; page < PAGES_MAX; page++) {
    const rows = await readRows(statement(text, [userId, last, ROWS_AT_ONCE]));
    if (rows.length > 0) yield rows.map(({ page_key: _key, ...row }) => row);
    if (rows.length < ROWS_AT_ONCE) return;
    last = rows.at(-1)!.page_key as Value;
  }
}

async function readAccount(db: Db, userId: UserId) {
  const [account] = await db
    .select({
      username: users.username, email: users.email, emailVerifiedAt: users.emailVerifiedAt, role: users.role, locale: users.locale, theme: users.theme, birthday: users.birthday,
      timeZone: users.timeZone, createdAt: users.createdAt, pointsBalance: pointAccounts.pointsBalance, pointsPending: pointAccounts.pointsPending,
      pointsDebt: pointAccounts.pointsDebt, totalPointsEarned: pointAccounts.totalPointsEarned, status: pointAccounts.status,
    })
    .from(users)
    .innerJoin(pointAccounts, eq(pointAccounts.userId, users.id))
    .where(eq(users.id, userId));
  invariant(account, "everybody has an account");
  return account;
}
