import "server-only";

import type { RowDataPacket } from "mysql2";

import { readRows, statement, type Statement } from "@/db/packet";
import { addDays, dayOf, startOfDay, type Day } from "@/lib/day";

import type { Facts } from "../evaluate";
import type { Action } from "../rule";

/** Something that happened and that rules could reward, without who the person was then. `order` is the order in which rows of one instant were written. */
export type Recorded = { at: Date; order: number; userId: number; action: Action; source: { type: string; id: string }; facts: Facts };

export type Span = { since: Date; until: Date; timeZone: string };

/**
 * What happened in the span and could be rewarded under these actions, in the order of time, as the tables of record have it. Of more than `max`, the latest; the first day that is
 * there in part is left out, so that each day is whole.
 */
export async function listHappenings(span: Span, actions: ReadonlySet<Action>, max: number): Promise<{ happenings: Recorded[]; since: Date; isCut: boolean }> {
  const all: Recorded[] = [];
  let isCut = false;
  // One after the other: each may be a large table, and the shop is open.
  for (const { of, read } of SOURCES) {
    if (!of.some((action) => actions.has(action))) continue;
    const found = await read(span, max + 1);
    isCut ||= found.length > max;
    for (const each of found) if (actions.has(each.action)) all.push(each);
  }
  all.sort((a, b) => a.at.getTime() - b.at.getTime() || a.order - b.order);
  isCut ||= all.length > max;
  if (!isCut) return { happenings: all, since: span.since, isCut };
  const oldest = all[Math.max(0, all.length - max)]!.at;
  const today = startOfDay(dayOf(span.until, span.timeZone), span.timeZone);
  const nextDay = startOfDay(addDays(dayOf(oldest, span.timeZone), 1), span.timeZone);
  const since = nextDay > today ? today : nextDay;
  return { happenings: all.filter(({ at }) => at >= since).slice(0, max), since, isCut };
}

type Read = (span: Span, limit: number) => Promise<Recorded[]>;

const read = async (query: Statement, make: (row: RowDataPacket, index: number) => Recorded): Promise<Recorded[]> => (await readRows(query)).map(make);

/** The first visit of each day, with the time at which it was rewarded; a shop that keeps no visits has the rewarded ones in its books. */
const visits: Read = ({ since, until, timeZone }, limit) =>
  read(
    statement(
      `SELECT user_id, local_day, MIN(at) AS at FROM (
         SELECT user_id, local_day, created_at AS at FROM visits WHERE local_day >= ? AND created_at >= ? AND created_at <= ?
         UNION ALL SELECT user_id, local_day, created_at FROM points_transactions WHERE local_day >= ? AND source_type = 'visit' AND kind = 'earn' AND created_at <= ?) v
       GROUP BY user_id, local_day ORDER BY at DESC LIMIT ?`,
      [dayOf(since, timeZone), since, until, dayOf(since, timeZone), until, limit],
    ),
    (row) => ({ at: row.at, order: row.user_id, userId: row.user_id, action: "login", source: { type: "visit", id: `${row.user_id}:${row.local_day}` }, facts: {} }),
  );

/** Registrations are rewarded once their address was proved. */
const registrations: Read = ({ since, until }, limit) =>
  read(
    statement("SELECT id, email_verified_at AS at FROM users WHERE email_verified_at >= ? AND email_verified_at <= ? ORDER BY email_verified_at DESC LIMIT ?", [since, until, limit]),
    (row) => ({ at: row.at, order: row.id, userId: row.id, action: "register", source: { type: "register", id: String(row.id) }, facts: {} }),
  );

/**
 * Days that were checked in or made up, with the streak that they had then: days that were made up later have moved some of them up since,
 * and what was said on the day is in its event.
 */
const checkIns: Read = async ({ since, until }, limit) => {
  const rows = await readRows(statement(
    "SELECT id, user_id, local_day, kind, streak_days, created_at FROM check_ins WHERE created_at >= ? AND created_at <= ? AND kind IN ('check_in','make_up') ORDER BY created_at DESC, id DESC LIMIT ?",
    [since, until, limit],
  ));
  rows.reverse();
  const people = [...new Set(rows.map((row) => row.user_id as number))];
  const [earlier, moved] = await Promise.all([countEarlierDays(people, since), readStreaks(rows.filter(({ kind }) => kind === "make_up").map((row) => row.user_id as number), since)]);
  const counts = new Map(earlier);
  const next = (key: string): number => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
  return rows.map((row) => {
    const day = row.local_day as Day;
    const source = { type: "check_in", id: `${row.user_id}:${day}` };
    return {
      at: row.created_at, order: row.id, userId: row.user_id, action: "checkin", source,
      facts: {
        streakDays: moved.get(source.id) ?? row.streak_days, localDay: day, isMakeUp: row.kind === "make_up",
        checkInsInMonth: next(`${row.user_id} ${day.slice(0, 7)}`), checkInsEver: next(String(row.user_id)),
      },
    };
  });
};

const PEOPLE_AT_ONCE = 5_000;

/** Runs a query for people in groups of a bounded size. */
export async function forPeople(people: readonly number[], query: (group: readonly number[], marks: string) => Statement): Promise<RowDataPacket[]> {
  const rows: RowDataPacket[] = [];
  for (let from = 0; from < people.length; from += PEOPLE_AT_ONCE) {
    const group = people.slice(from, from + PEOPLE_AT_ONCE);
    rows.push(...(await readRows(query(group, group.map(() => "?").join(",")))));
  }
  return rows;
}

/** How many days each person had before the span: by month, and in all. */
async function countEarlierDays(people: readonly number[], since: Date): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const rows = await forPeople(people, (group, marks) =>
    statement(
      `SELECT user_id, LEFT(local_day, 7) AS month, COUNT(*) AS days FROM check_ins WHERE user_id IN (${marks}) AND created_at < ? AND kind IN ('check_in','make_up') GROUP BY user_id, month`,
      [...group, since],
    ));
  for (const row of rows) {
    counts.set(`${row.user_id} ${row.month}`, Number(row.days));
    counts.set(String(row.user_id), (counts.get(String(row.user_id)) ?? 0) + Number(row.days));
  }
  return counts;
}

/** The streaks that check-ins had when they were made, for people who made up days since. */
async function readStreaks(people: readonly number[], since: Date): Promise<Map<string, number>> {
  const rows = await forPeople([...new Set(people)], (group, marks) =>
    statement(
      `SELECT subject_id, data->>'$.day' AS day, data->>'$.streakDays' AS streak FROM events
       WHERE subject_type = 'user' AND subject_id IN (${marks}) AND name = 'points.checked_in' AND created_at >= ?`,
      [...group.map(String), since],
    ));
  return new Map(rows.map((row) => [`${row.subject_id}:${row.day}`, Number(row.streak)]));
}

/** A paid order counts as one, and again as the buyer's first or as another. Categories are those that products have now. */
const paidOrders: Read = async ({ since, until }, limit) => {
  const rows = await readRows(statement(
    `SELECT p.id, p.settled_at AS at, o.id AS order_id, o.public_id, o.user_id, o.cash_due_cents,
       (SELECT COUNT(*) FROM orders e JOIN payments f ON f.order_id = e.id AND f.status = 'paid'
        WHERE e.user_id = o.user_id AND (f.settled_at < p.settled_at OR (f.settled_at = p.settled_at AND f.id < p.id))) AS earlier
     FROM payments p JOIN orders o ON o.id = p.order_id
     WHERE p.status = 'paid' AND p.settled_at >= ? AND p.settled_at <= ? ORDER BY p.settled_at DESC, p.id DESC LIMIT ?`,
    [since, until, limit],
  ));
  const items = new Map<number, { categoryId: number | null; quantity: number; cashCents: number }[]>();
  const lines = await forPeople(rows.map((row) => row.order_id as number), (group, marks) =>
    statement(`SELECT i.order_id, i.quantity, i.cash_due_cents, p.category_id FROM order_items i JOIN products p ON p.id = i.product_id WHERE i.order_id IN (${marks})`, group));
  for (const line of lines) items.set(line.order_id, [...(items.get(line.order_id) ?? []), { categoryId: line.category_id, quantity: line.quantity, cashCents: line.cash_due_cents }]);
  return rows.flatMap((row) => {
    const facts: Facts = { cashCents: row.cash_due_cents, items: items.get(row.order_id) ?? [], orderId: row.public_id };
    const second: Action = Number(row.earlier) === 0 ? "first_order" : "repurchase";
    return (["purchase", second] as const).map((action) => ({ at: row.at, order: row.id, userId: row.user_id, action, source: { type: action, id: row.public_id }, facts }));
  });
};

const shares: Read = ({ since, until }, limit) =>
  read(
    statement("SELECT id, sharer_id, created_at FROM share_visits WHERE created_at >= ? AND created_at <= ? ORDER BY created_at DESC LIMIT ?", [since, until, limit]),
    (row) => ({ at: row.created_at, order: row.id, userId: row.sharer_id, action: "share", source: { type: "share", id: String(row.id) }, facts: {} }),
  );

const reviews: Read = ({ since, until }, limit) =>
  read(
    statement("SELECT id, user_id, moderated_at FROM reviews WHERE status = 'approved' AND moderated_at >= ? AND moderated_at <= ? ORDER BY moderated_at DESC LIMIT ?", [since, until, limit]),
    (row) => ({ at: row.moderated_at, order: row.id, userId: row.user_id, action: "review", source: { type: "review", id: String(row.id) }, facts: {} }),
  );

/** Birthdays of the span. One that was rewarded has its time in the books; another counts at the start of its day, when the nightly job looks. */
const birthdays: Read = async ({ since, until, timeZone }, limit) => {
  const rows = await readRows(statement(
    `WITH RECURSIVE days (day) AS (SELECT CAST(? AS DATE) UNION ALL SELECT day + INTERVAL 1 DAY FROM days WHERE day < ?)
     SELECT u.id, DATE_FORMAT(d.day, '%Y-%m-%d') AS day, COALESCE(t.created_at, w.created_at) AS at FROM days d
     JOIN users u ON u.birthday IS NOT NULL AND u.email_verified_at IS NOT NULL AND u.erased_at IS NULL
       AND (DATE_FORMAT(u.birthday, '%m-%d') = DATE_FORMAT(d.day, '%m-%d') OR (DATE_FORMAT(u.birthday, '%m-%d') = '02-29' AND DATE_FORMAT(d.day, '%m-%d') = '02-28' AND DAY(LAST_DAY(d.day)) = 28))
     LEFT JOIN points_transactions t ON t.source_type = 'birthday' AND t.source_id = CONVERT(CONCAT(u.id, ':', YEAR(d.day)) USING ascii) AND t.kind = 'earn'
     LEFT JOIN pending_points w ON w.source_type = 'birthday' AND w.source_id = CONVERT(CONCAT(u.id, ':', YEAR(d.day)) USING ascii)
     ORDER BY d.day DESC LIMIT ?`,
    [dayOf(since, timeZone), dayOf(until, timeZone), limit],
  ));
  return rows
    .map((row): Recorded => ({
      at: row.at ?? startOfDay(row.day as Day, timeZone), order: row.id, userId: row.id, action: "birthday", source: { type: "birthday", id: `${row.id}:${String(row.day).slice(0, 4)}` }, facts: {},
    }))
    .filter(({ at }) => at >= since && at <= until);
};

/** Both sides of an invitation whose friend kept an order. */
const referrals: Read = async ({ since, until }, limit) => {
  const rows = await readRows(statement(
    "SELECT friend_id, inviter_id, settled_at FROM referrals WHERE status = 'rewarded' AND settled_at >= ? AND settled_at <= ? ORDER BY settled_at DESC LIMIT ?", [since, until, limit],
  ));
  return rows.flatMap((row) =>
    ([["referral", row.inviter_id], ["referred", row.friend_id]] as const).map(([action, userId]) => ({
      at: row.settled_at, order: row.friend_id, userId, action, source: { type: action, id: String(row.friend_id) }, facts: {},
    })));
};

const customEvents: Read = ({ since, until }, limit) =>
  read(
    statement("SELECT id, user_id, name, created_at FROM custom_events WHERE created_at >= ? AND created_at <= ? ORDER BY created_at DESC LIMIT ?", [since, until, limit]),
    (row) => ({ at: row.created_at, order: row.id, userId: row.user_id, action: "custom", source: { type: "custom_event", id: String(row.id) }, facts: { eventName: row.name } }),
  );

const SOURCES: readonly { of: readonly Action[]; read: Read }[] = [
  { of: ["login"], read: visits }, { of: ["register"], read: registrations }, { of: ["checkin"], read: checkIns }, { of: ["purchase", "first_order", "repurchase"], read: paidOrders },
  { of: ["share"], read: shares }, { of: ["review"], read: reviews }, { of: ["birthday"], read: birthdays }, { of: ["referral", "referred"], read: referrals }, { of: ["custom"], read: customEvents },
];

/** What the ledger calls the cause of an action's points. */
export const SOURCE_TYPES: Readonly<Record<Action, string>> = {
  login: "visit", register: "register", checkin: "check_in", purchase: "purchase", first_order: "first_order", repurchase: "repurchase", share: "share", review: "review",
  birthday: "birthday", referral: "referral", referred: "referred", custom: "custom_event",
};
