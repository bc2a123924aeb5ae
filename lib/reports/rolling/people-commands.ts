import "server-only";

import { insertRows, sendPacket, statement } from "@/db/packet";
import type { Ctx } from "@/lib/ctx";
import { dayOf, endOfDay, type Day } from "@/lib/day";

import { rfmGroupOf, scoresOf } from "../people";

import { lockPart } from "./commands";
import { localDaySql } from "./local-day";

/** Ids of users of one transaction. */
const USERS_AT_ONCE = 20_000;

export const PEOPLE = "people";
const KEPT = "o.status IN ('paid', 'shipped', 'completed')";
/** People with so many orders or more are counted together. */
const ORDERS_COUNTED = 5;

/**
 * Writes down what the orders of the next so many users amount to at the end of a day, and adds what they say together to the day's snapshot:
 * "orders:2" people with two kept orders, "gap:14" pairs of orders two weeks apart, "group:loyal" and its orders and cents. True when it was
 * the last of all. Where it has come to is part of the snapshot, so it is done once, however often it is stopped.
 */
export async function stepPeople(ctx: Ctx, asOf: Day, usersAtOnce = USERS_AT_ONCE): Promise<boolean> {
  const { timeZone, pointsPerYuan } = ctx.policy;
  await lockPart(ctx, PEOPLE);
  const [cursors = [], marks = []] = await sendPacket(ctx.tx, [
    statement("SELECT value FROM report_snapshots WHERE report = ? AND as_of = ? AND item = 'cursor'", [PEOPLE, asOf]),
    statement("SELECT through_day AS throughDay FROM report_marks WHERE name = ?", [PEOPLE]),
  ]);
  if (marks[0]?.throughDay === asOf) return true;
  const after = Number(cursors[0]?.value ?? 0);
  const [ends = []] = await sendPacket(ctx.tx, [statement("SELECT MAX(id) AS until FROM (SELECT id FROM users WHERE id > ? ORDER BY id LIMIT ?) next", [after, usersAtOnce])]);
  const until = ends[0]?.until as number | null;
  if (until === null) {
    await sendPacket(ctx.tx, [statement("UPDATE report_marks SET through_day = ?, built_at = ? WHERE name = ?", [asOf, ctx.now, PEOPLE])]);
    return true;
  }
  const ordered = localDaySql("o.created_at", timeZone, dayOf(ctx.now, timeZone));
  const range = [after, until, endOfDay(asOf, timeZone)];
  const theirs = `FROM orders o FORCE INDEX (orders_request_key) JOIN users u ON u.id = o.user_id AND u.erased_at IS NULL WHERE o.user_id > ? AND o.user_id <= ? AND ${KEPT} AND o.created_at < ?`;
  const [people = [], gaps = []] = await sendPacket(ctx.tx, [
    statement(`SELECT o.user_id AS userId, MAX(${ordered}) AS lastOrderOn, COUNT(*) AS orders, SUM(o.points_spent - o.points_refunded) AS points, SUM(o.cash_paid_cents - o.cash_refunded_cents) AS cents ${theirs} GROUP BY o.user_id`, range),
    statement(`SELECT DATEDIFF(day, before_day) AS days, COUNT(*) AS many FROM (SELECT ${ordered} AS day, LAG(${ordered}) OVER (PARTITION BY o.user_id ORDER BY o.created_at, o.id) AS before_day ${theirs}) pairs WHERE before_day IS NOT NULL GROUP BY days`, range),
  ]);
  const counted = new Map<string, number>([["cursor", until - after]]);
  const count = (item: string, many: number): void => void counted.set(item, (counted.get(item) ?? 0) + many);
  for (const { days, many } of gaps) count(`gap:${days}`, Number(many));
  const rows = people.map((row) => {
    const order = { lastOrderOn: row.lastOrderOn as Day, orders: Number(row.orders), valueCents: valueOf(Number(row.points), Number(row.cents), pointsPerYuan) };
    const scores = scoresOf(order, asOf);
    const group = rfmGroupOf(scores);
    count(`orders:${Math.min(order.orders, ORDERS_COUNTED)}`, 1);
    count(`group:${group}`, 1);
    count(`group_orders:${group}`, order.orders);
    count(`group_cents:${group}`, order.valueCents);
    return [row.userId as number, order.lastOrderOn, order.orders, order.valueCents, scores.recency, scores.frequency, scores.value, group] as const;
  });
  const counts = insertRows("report_snapshots", ["report", "as_of", "item", "value"], [...counted].map(([item, value]) => [PEOPLE, asOf, item, value]));
  await sendPacket(ctx.tx, [
    statement("DELETE FROM report_people WHERE user_id > ? AND user_id <= ?", [after, until]),
    ...(rows.length > 0 ? [insertRows("report_people", ["user_id", "last_order_on", "orders", "value_cents", "recency", "frequency", "value_score", "rfm_group"], rows)] : []),
    { ...counts, sql: `${counts.sql} AS added ON DUPLICATE KEY UPDATE value = report_snapshots.value + added.value` },
  ]);
  return false;
}

/** Cash and points by the points' value, in whole cents. */
export const valueOf = (points: number, cents: number, pointsPerYuan: number): number => cents + Math.floor((points * 100) / pointsPerYuan);

/** Begins a day's count of people again. */
export async function restartPeople(ctx: Ctx, asOf: Day): Promise<void> {
  await lockPart(ctx, PEOPLE);
  await sendPacket(ctx.tx, [
    statement("DELETE FROM report_snapshots WHERE report = ? AND as_of = ?", [PEOPLE, asOf]),
    statement("UPDATE report_marks SET through_day = NULLIF(through_day, ?) WHERE name = ?", [asOf, PEOPLE]),
  ]);
}
