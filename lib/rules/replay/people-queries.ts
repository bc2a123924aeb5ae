import "server-only";

import { readRows, statement } from "@/db/packet";

import type { Member } from "../evaluate";
import { segmentsOf } from "../member";
import { forPeople, type Span } from "./happening-queries";

type LevelRow = { id: number; rank: number; multiplierPercent: number; isActive: boolean };
type Ladder = { from: Date; levels: LevelRow[] };
type Change = { at: Date; from: string };

/** Who people were at an instant of the span: their level and segments, and whether their account could earn. */
export type PeopleThen = { member: (userId: number, at: Date) => Member; mayEarn: (userId: number, at: Date) => boolean };

export async function readPeople(people: readonly number[], span: Span, asksSegments: boolean): Promise<PeopleThen> {
  const [ladders, held, closed, buyers] = [await readLadders(span), await readHeld(people, span), await readClosed(span), asksSegments ? await readBuyers(people) : new Map<number, Buyer>()];
  return {
    mayEarn: (userId, at) => !(closed.get(userId) ?? []).some(({ from, to }) => from <= at && (to === null || at < to)),
    member(userId, at) {
      const { rank, multiplierPercent } = standing(ladders, held(userId, at), at);
      const buyer = buyers.get(userId);
      const segments = buyer ? segmentsOf({ joinedAt: buyer.joinedAt, orders: buyer.paidAt.filter((paid) => paid <= at).length }, at) : [];
      return { levelRank: rank, multiplierPercent, segments };
    },
  };
}

/** The highest level in force that is not above the one that somebody has; who has none stands on the lowest. */
function standing(ladders: readonly Ladder[], levelId: number | null, at: Date): { rank: number; multiplierPercent: number } {
  const { levels } = ladders.findLast(({ from }) => from <= at) ?? ladders[0]!;
  const active = levels.filter(({ isActive }) => isActive).sort((a, b) => a.rank - b.rank);
  const held = levels.find(({ id }) => id === levelId);
  return active.findLast(({ rank }) => held !== undefined && rank <= held.rank) ?? active[0] ?? { rank: 0, multiplierPercent: 100 };
}

/** What the levels were from when on: today's, with what was changed since taken back. */
async function readLadders({ since }: Span): Promise<Ladder[]> {
  const [rows, events] = await Promise.all([
    readRows(statement("SELECT id, `rank`, multiplier_percent, is_active FROM levels")),
    readRows(statement("SELECT name, subject_id, data, created_at FROM events WHERE subject_type = 'level' AND name IN ('level.created','level.changed') AND created_at >= ? ORDER BY id DESC", [since])),
  ]);
  let levels: LevelRow[] = rows.map((row) => ({ id: row.id, rank: row.rank, multiplierPercent: row.multiplier_percent, isActive: Boolean(row.is_active) }));
  const ladders: Ladder[] = [];
  for (const event of events) {
    ladders.push({ from: event.created_at, levels });
    const id = Number(event.subject_id);
    const changes = (event.data as { changes: Record<string, [unknown, unknown]> }).changes;
    const before = Object.fromEntries(Object.entries(changes).filter(([field]) => ["rank", "multiplierPercent", "isActive"].includes(field)).map(([field, [was]]) => [field, was]));
    levels = event.name === "level.created" ? levels.filter((level) => level.id !== id) : levels.map((level) => (level.id === id ? { ...level, ...before } : level));
  }
  return [...ladders, { from: new Date(0), levels }].sort((a, b) => a.from.getTime() - b.from.getTime());
}

/** The level that somebody had: the present one since it began, and before a change the one that it names. */
async function readHeld(people: readonly number[], { since }: Span): Promise<(userId: number, at: Date) => number | null> {
  const [rows, names] = await Promise.all([
    forPeople(people, (group, marks) => statement(`SELECT user_id, level_id, since FROM member_levels WHERE user_id IN (${marks})`, group)),
    readRows(statement("SELECT id, name, name_en FROM levels")),
  ]);
  const now = new Map(rows.map((row) => [row.user_id as number, { levelId: row.level_id as number, since: row.since as Date }]));
  const moved = rows.filter((row) => row.since >= since).map((row) => row.user_id as number);
  const events = await forPeople(moved, (group, marks) =>
    statement(
      `SELECT subject_id, data->>'$.from' AS was, created_at FROM events WHERE subject_type = 'user' AND subject_id IN (${marks}) AND name = 'account.level_changed' AND created_at >= ? ORDER BY id`,
      [...group.map(String), since],
    ));
  const changes = new Map<number, Change[]>();
  for (const event of events) changes.set(Number(event.subject_id), [...(changes.get(Number(event.subject_id)) ?? []), { at: event.created_at, from: event.was }]);
  const named = (name: string): number | null => names.find((row) => row.name === name || row.name_en === name)?.id ?? null;
  return (userId, at) => {
    const present = now.get(userId);
    if (!present || present.since <= at) return present?.levelId ?? null;
    const next = changes.get(userId)?.find((change) => change.at > at);
    return next ? named(next.from) : null;
  };
}

type Closed = { from: Date; to: Date | null };

/** When accounts were frozen or held. The present state and the events of the span tell of the state before it. */
async function readClosed({ since }: Span): Promise<Map<number, Closed[]>> {
  const [frozen, events, holds] = await Promise.all([
    readRows(statement("SELECT user_id FROM point_accounts WHERE status = 'frozen'")),
    readRows(statement("SELECT name, subject_id, created_at FROM events WHERE name IN ('account.frozen','account.unfrozen') AND subject_type = 'user' AND created_at >= ? ORDER BY id", [since])),
    readRows(statement(
      `SELECT user_id, created_at, cleared_at FROM account_holds WHERE cleared_at IS NULL OR cleared_at >= ?
       UNION ALL SELECT user_id, created_at, decided_at FROM risk_alerts WHERE mode = 'hold' AND (decided_at IS NULL OR decided_at >= ?)`,
      [since, since],
    )),
  ]);
  const closed = new Map<number, Closed[]>();
  const add = (userId: number, from: Date, to: Date | null) => closed.set(userId, [...(closed.get(userId) ?? []), { from, to }]);
  const open = new Map<number, Date>();
  const seen = new Set<number>();
  for (const { name, subject_id: subject, created_at: at } of events) {
    const userId = Number(subject);
    if (name === "account.frozen") open.set(userId, at);
    else if (open.has(userId) || !seen.has(userId)) {
      add(userId, open.get(userId) ?? new Date(0), at);
      open.delete(userId);
    }
    seen.add(userId);
  }
  for (const [userId, from] of open) add(userId, from, null);
  for (const row of frozen) if (!seen.has(row.user_id)) add(row.user_id, new Date(0), null);
  for (const row of holds) add(row.user_id, row.created_at, row.cleared_at);
  return closed;
}

type Buyer = { joinedAt: Date; paidAt: Date[] };

/** When people joined, and when each of their orders that stand was paid. */
async function readBuyers(people: readonly number[]): Promise<Map<number, Buyer>> {
  const joined = await forPeople(people, (group, marks) => statement(`SELECT id, created_at FROM users WHERE id IN (${marks})`, group));
  const paid = await forPeople(people, (group, marks) =>
    statement(
      `SELECT o.user_id, COALESCE(p.settled_at, o.created_at) AS at FROM orders o LEFT JOIN payments p ON p.order_id = o.id AND p.status = 'paid'
       WHERE o.user_id IN (${marks}) AND o.status IN ('paid','shipped','completed')`,
      group,
    ));
  const buyers = new Map<number, Buyer>(joined.map((row) => [row.id, { joinedAt: row.created_at, paidAt: [] }]));
  for (const row of paid) buyers.get(row.user_id)?.paidAt.push(row.at);
  return buyers;
}
