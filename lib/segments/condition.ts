import type { Statement, Value } from "@/db/packet";
import { addDays, dayOf, endOfDay, startOfDay } from "@/lib/day";

import type { SegmentDefinition } from "./segment";

/** An order that waits for its cash is one already; one that was cancelled, or taken back whole, is not any more. */
const KEPT = "o.user_id = u.id AND o.status NOT IN ('cancelled', 'refunded')";
const ORDERS = `SELECT 1 FROM orders o FORCE INDEX (orders_request_key) WHERE ${KEPT}`;
const COUNT_ORDERS = `SELECT COUNT(*) FROM orders o FORCE INDEX (orders_request_key) WHERE ${KEPT}`;
const CHECK_INS = "SELECT 1 FROM check_ins c WHERE c.user_id = u.id AND c.kind = 'check_in' AND c.local_day >= ?";

/** What is asked of one row `u` of users for it to belong, in SQL. Days are days of the programme; "within 7 days" is today and the seven before. */
export function conditionOf(definition: SegmentDefinition, now: Date, zone: string): Statement {
  const { userIds, ...asked } = definition;
  const parts = partsOf(asked, now, zone);
  // Whoever is chosen by hand belongs; a segment that asks nothing holds nobody else.
  const all = parts.length === 0 ? "FALSE" : parts.map(({ sql }) => `(${sql})`).join(" AND ");
  const values = parts.flatMap((part) => part.values);
  if (!userIds || userIds.length === 0) return { sql: all, values };
  return { sql: `(${all}) OR u.id IN (${userIds.map(() => "?").join(",")})`, values: [...values, ...userIds] };
}

function partsOf(asked: Omit<SegmentDefinition, "userIds">, now: Date, zone: string): Statement[] {
  const today = dayOf(now, zone);
  const dayBefore = (days: number): string => addDays(today, -days);
  const since = (days: number): Date => startOfDay(addDays(today, -days), zone);
  const parts: Statement[] = [];
  const ask = <T>(value: T | undefined, sql: string | ((value: T) => string), values: (value: T) => readonly Value[]): void => {
    if (value !== undefined) parts.push({ sql: typeof sql === "string" ? sql : sql(value), values: values(value) });
  };
  ask(asked.levelIds, onLevels, (ids) => [...ids, ...ids]);
  ask(asked.rfmGroups, inGroups, (groups) => [...groups]);
  ask(asked.joinedWithinDays, "u.created_at >= ?", (days) => [since(days)]);
  ask(asked.joinedBeforeDays, "u.created_at < ?", (days) => [since(days)]);
  ask(asked.ordersMin, `(${COUNT_ORDERS}) >= ?`, (many) => [many]);
  ask(asked.ordersMax, `(${COUNT_ORDERS}) <= ?`, (many) => [many]);
  ask(asked.paidOrdersMin, `(${COUNT_ORDERS} AND o.cash_paid_cents > 0) >= ?`, (many) => [many]);
  ask(asked.orderedWithinDays, `EXISTS (${ORDERS} AND o.created_at >= ?)`, (days) => [since(days)]);
  ask(asked.noOrderForDays, `NOT EXISTS (${ORDERS} AND o.created_at >= ?)`, (days) => [since(days)]);
  ask(asked.checkedInWithinDays, `EXISTS (${CHECK_INS})`, (days) => [dayBefore(days)]);
  ask(asked.noCheckInForDays, `NOT EXISTS (${CHECK_INS})`, (days) => [dayBefore(days)]);
  ask(asked.pointsMin, "EXISTS (SELECT 1 FROM point_accounts a WHERE a.user_id = u.id AND a.points_balance >= ?)", (points) => [points]);
  ask(asked.pointsExpiringWithinDays, "EXISTS (SELECT 1 FROM point_lots l FORCE INDEX (point_lots_open_idx) WHERE l.user_id = u.id AND l.open_until > ? AND l.open_until <= ?)",
    (days) => [now, endOfDay(addDays(today, days), zone)]);
  return parts;
}

/** Who has no kept order is in no group. */
const inGroups = (groups: readonly string[]): string => `EXISTS (SELECT 1 FROM report_people r WHERE r.user_id = u.id AND r.rfm_group IN (${groups.map(() => "?").join(",")}))`;

/** Who was never placed stands on the lowest level. */
const onLevels = (ids: readonly number[]): string => {
  const marks = ids.map(() => "?").join(",");
  return `EXISTS (SELECT 1 FROM member_levels m WHERE m.user_id = u.id AND m.level_id IN (${marks}))
    OR (NOT EXISTS (SELECT 1 FROM member_levels m WHERE m.user_id = u.id) AND (SELECT l.id FROM levels l WHERE l.is_active ORDER BY l.\`rank\` LIMIT 1) IN (${marks}))`;
};
