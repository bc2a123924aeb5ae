import "server-only";

import type { RowDataPacket } from "mysql2";

import { idInRow, insertRows, keepFirstId, sendPacket, statement, updateRows, type Statement } from "@/db/packet";
import { riskReason, statusAt } from "@/lib/accounts/frozen";
import type { Ctx, UserId } from "@/lib/ctx";
import { dayOf } from "@/lib/day";
import { invariant } from "@/lib/invariant";

import { availableOn, emptyBook, pageOf, type Book, type Page } from "./book";
import { crossingRows } from "./crossing/commands";
import { lifetimeOf, type Lifetime } from "./expiry";
import type { Lot } from "./lots";
import { judgeVelocity } from "./velocity";

/** Lots read at once for a spend. Few people hold more; for them the rest is read when it is needed. */
const LOTS_AT_ONCE = 8;

/** Which lots a command needs, for the people it locks. */
export type LotChoice =
  | { kind: "spendable" }
  | { kind: "expiring-at"; instants: readonly Date[] }
  /** Those of these people at these instants, a pair each: where everybody has an expiry of their own, all instants for all people would be millions. */
  | { kind: "named"; lots: readonly { userId: UserId; expiresAt: Date }[] }
  /** Those whose expiry moves with what the person does. */
  | { kind: "sliding" }
  /** All that can be spent, for a claw-back. */
  | { kind: "open" }
  | { kind: "overdue" }
  | { kind: "ids"; ids: readonly number[] };

/**
 * Locks the accounts, in the order of their ids, and reads the chosen lots: the first statement of every command on points.
 * The account's lock guards the person's lots and ledger too, so nothing else of theirs needs one.
 * `riders` run after it in the same round trip; their results come back in order.
 */
export async function openBook(ctx: Ctx, people: Iterable<UserId>, choices: readonly LotChoice[], riders: readonly Statement[] = []): Promise<{ book: Book; ridden: RowDataPacket[][] }> {
  const ids = [...new Set(people)].sort((a, b) => a - b);
  const book = emptyBook(ctx.now, dayOf(ctx.now, ctx.policy.timeZone), ctx.policy.risk.velocity);
  if (ids.length === 0) return { book, ridden: await sendPacket(ctx.tx, riders) };
  const lotReads = choices.filter(isWanted).map((choice) => lotsOf(choice, ids, ctx.now));
  const results = await sendPacket(ctx.tx, [lockAccounts(ids), overduePoints(ids, ctx.now), ...lotReads, ...riders]);
  const [accounts = [], overdue = []] = results;
  addPages(book, accounts, overdue);
  for (const rows of results.slice(2, 2 + lotReads.length)) addLots(book, rows);
  return { book, ridden: results.slice(2 + lotReads.length) };
}

function isWanted(choice: LotChoice): boolean {
  if (choice.kind === "ids") return choice.ids.length > 0;
  if (choice.kind === "named") return choice.lots.length > 0;
  return choice.kind !== "expiring-at" || choice.instants.length > 0;
}

/** The lots that earnings of these lifetimes go into. */
export function lotsFor(lives: readonly Lifetime[]): LotChoice[] {
  const instants = new Map(lives.filter(({ isSliding }) => !isSliding).map(({ expiresAt }) => [expiresAt.getTime(), expiresAt]));
  return [{ kind: "expiring-at", instants: [...instants.values()] }, ...(lives.some(({ isSliding }) => isSliding) ? [{ kind: "sliding" } as const] : [])];
}

/** Reads the rest of the lots of people whose first few are less than they are about to spend. */
export async function completeLots(ctx: Ctx, book: Book, needs: ReadonlyMap<UserId, number>): Promise<void> {
  const short = [...needs].filter(([userId, points]) => {
    const page = pageOf(book, userId);
    const read = page.lots.reduce((sum, lot) => sum + lot.pointsRemaining, 0);
    return read < Math.min(points, availableOn(page));
  });
  if (short.length === 0) return;
  const people = short.map(([userId]) => userId);
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(`SELECT ${LOT_COLUMNS} FROM point_lots FORCE INDEX (point_lots_open_idx) WHERE user_id IN (${marks(people)}) AND open_until > ?`, [...people, ctx.now]),
  ]);
  addLots(book, rows);
}

/**
 * Writes what was posted in the book: accounts, lots, entries and allocations, with the `riders` before and the `last` statements
 * after them, in one round trip. Returns the result of the very last. This is the only place that changes a balance.
 */
export async function writeBook(ctx: Ctx, book: Book, riders: readonly Statement[] = [], last: readonly Statement[] = []): Promise<RowDataPacket[] | undefined> {
  const results = await sendPacket(ctx.tx, [...riders, ...bookStatements(ctx, book), ...last]);
  return results.at(-1);
}

function bookStatements(ctx: Ctx, book: Book): Statement[] {
  if (book.touched.size === 0) return [];
  // Whoever posted an earning has judged it; an earning that nobody judged is judged here.
  for (const userId of book.earners) judgeVelocity(book, userId);
  const newLots = [...book.changedLots].filter((lot) => lot.id === null);
  return [
    updatedAccounts(book),
    ...changedLots(book),
    ...insertedLots(book, newLots, ctx.now),
    ...slidLots(ctx, book),
    ...insertedPending(book, ctx.now),
    ...insertedEntries(book, ctx.now),
    ...insertedAllocations(book, newLots),
    ...stoppedAccounts(book),
    ...crossingRows(book.crossings, ctx.now),
  ];
}

/** Who crossed the line of a day is frozen or held before anybody can spend. Their sessions go on, so that they see why. */
function stoppedAccounts({ crossings }: Book): Statement[] {
  const ids = (mode: "freeze" | "hold"): UserId[] => crossings.filter((each) => each.mode === mode).map(({ userId }) => userId).sort((a, b) => a - b);
  const [frozen, held] = [ids("freeze"), ids("hold")];
  return [
    ...(frozen.length > 0 ? [statement(`UPDATE point_accounts SET status = 'frozen', status_reason = ?, frozen_until = NULL WHERE user_id IN (${marks(frozen)})`, [riskReason("velocity"), ...frozen])] : []),
    ...(held.length > 0 ? [statement(`UPDATE point_accounts SET is_held = TRUE WHERE user_id IN (${marks(held)})`, held)] : []),
  ];
}

/** A book without earnings leaves what people earned today as it is: most only spend. */
function updatedAccounts(book: Book): Statement {
  const pages = [...book.touched].sort((a, b) => a - b).map((id) => pageOf(book, id));
  const columns = ["user_id", "points_balance", "points_pending", "points_debt", "total_points_earned"] as const;
  if (book.earners.size === 0) return updateRows("point_accounts", columns, pages.map(accountRow));
  return updateRows("point_accounts", [...columns, "earned_on", "points_earned_on_day"], pages.map((page) => [...accountRow(page), page.earnedOn, page.pointsEarnedOnDay]));
}

/** Where inactivity ends points, earning and spending keep the rest alive. Nothing slides under another policy, and nothing is written. */
function slidLots(ctx: Ctx, book: Book): Statement[] {
  const active = new Set(book.postings.filter(({ entry }) => entry.kind === "earn" || entry.kind === "spend").map(({ entry }) => entry.userId));
  if (ctx.policy.expiry.kind !== "sliding" || active.size === 0) return [];
  const { expiresAt } = lifetimeOf(ctx.now, ctx.policy);
  return [
    statement(
      `UPDATE point_lots FORCE INDEX (point_lots_open_idx) SET expires_at = ? WHERE user_id IN (${marks([...active])}) AND open_until > ? AND open_until < ? AND is_sliding`,
      [expiresAt, ...active, ctx.now, expiresAt],
    ),
  ];
}

function insertedPending(book: Book, now: Date): Statement[] {
  if (book.pending.length === 0) return [];
  const columns = ["user_id", "points", "rule_id", "source_type", "source_id", "breakdown", "expiry", "activates_at", "released_by", "created_at"];
  return [insertRows("pending_points", columns, book.pending.map((each) => [
    each.userId, each.points, each.ruleId, each.source.type, each.source.id, JSON.stringify(each.breakdown), each.expiry && JSON.stringify(each.expiry), each.activatesAt, each.releasedBy, now,
  ]))];
}

const accountRow = (page: Page): number[] => [page.userId, page.pointsBalance, page.pointsPending, page.pointsDebt, page.totalPointsEarned];

function changedLots(book: Book): Statement[] {
  const rows = [...book.changedLots].filter((lot) => lot.id !== null).map((lot) => [lot.id!, lot.pointsGranted, lot.pointsRemaining]);
  return rows.length === 0 ? [] : [updateRows("point_lots", ["id", "points_granted", "points_remaining"], rows)];
}

function insertedLots(book: Book, lots: readonly Lot[], now: Date): Statement[] {
  if (lots.length === 0) return [];
  const owner = new Map([...book.pages.values()].flatMap((page) => page.lots.map((lot) => [lot, page.userId] as const)));
  const rows = lots.map((lot) => [owner.get(lot)!, lot.pointsGranted, lot.pointsRemaining, lot.expiresAt, lot.isSliding, now]);
  return [insertRows("point_lots", ["user_id", "points_granted", "points_remaining", "expires_at", "is_sliding", "created_at"], rows), keepFirstId("lot")];
}

function insertedEntries(book: Book, now: Date): Statement[] {
  if (book.postings.length === 0) return [];
  const rows = book.postings.map(({ entry, allocations }) => {
    invariant(Math.abs(allocations.reduce((sum, { points }) => sum + points, 0)) <= Math.abs(entry.pointsChange), "lots never move more than the entry says");
    const { ruleId = null, breakdown, actorId = null, reason = null } = entry.note;
    return [entry.userId, entry.kind, entry.pointsChange, entry.balanceAfter, ruleId, entry.source.type, entry.source.id, entry.localDay,
      breakdown ? JSON.stringify(breakdown) : null, actorId, reason, now];
  });
  const columns = ["user_id", "kind", "points_change", "balance_after", "rule_id", "source_type", "source_id", "local_day", "breakdown", "actor_id", "reason", "created_at"];
  return [insertRows("points_transactions", columns, rows), keepFirstId("entry")];
}

function insertedAllocations(book: Book, newLots: readonly Lot[]): Statement[] {
  const place = new Map(newLots.map((lot, index) => [lot, index]));
  const rows = book.postings.flatMap(({ allocations }, index) =>
    allocations.map(({ lot, points }) => [idInRow("entry", index), lot.id ?? idInRow("lot", place.get(lot)!), points]));
  return rows.length === 0 ? [] : [insertRows("lot_allocations", ["entry_id", "lot_id", "points"], rows)];
}

const LOT_COLUMNS = "id, user_id, points_granted, points_remaining, expires_at, is_sliding";
const marks = (values: readonly unknown[]): string => values.map(() => "?").join(",");

const lockAccounts = (ids: readonly UserId[]): Statement =>
  statement(
    `SELECT user_id, points_balance, points_pending, points_debt, total_points_earned, status, frozen_until, is_held, earned_on, points_earned_on_day FROM point_accounts FORCE INDEX (PRIMARY) WHERE user_id IN (${marks(ids)}) ORDER BY user_id FOR UPDATE`,
    ids,
  );

const overduePoints = (ids: readonly UserId[], now: Date): Statement =>
  statement(
    `SELECT user_id, SUM(points_remaining) AS points FROM point_lots FORCE INDEX (point_lots_open_idx) WHERE user_id IN (${marks(ids)}) AND open_until <= ? GROUP BY user_id`,
    [...ids, now],
  );

// Each names its index: with the statistics of a new table the optimizer would walk strangers' lots.
function lotsOf(choice: LotChoice, ids: readonly UserId[], now: Date): Statement {
  switch (choice.kind) {
    case "spendable":
      return statement(
        `SELECT l.id, l.user_id, l.points_granted, l.points_remaining, l.expires_at, l.is_sliding FROM (VALUES ${ids.map(() => "ROW(?)").join(",")}) p (user_id)
         JOIN LATERAL (SELECT ${LOT_COLUMNS} FROM point_lots FORCE INDEX (point_lots_open_idx)
           WHERE user_id = p.user_id AND open_until > ? ORDER BY open_until LIMIT ${LOTS_AT_ONCE}) l`,
        [...ids, now],
      );
    case "expiring-at":
      return statement(
        `SELECT ${LOT_COLUMNS} FROM point_lots FORCE INDEX (point_lots_expiry_key) WHERE user_id IN (${marks(ids)}) AND fixed_until IN (${marks(choice.instants)})`,
        [...ids, ...choice.instants],
      );
    case "named":
      return statement(
        `SELECT l.id, l.user_id, l.points_granted, l.points_remaining, l.expires_at, l.is_sliding
         FROM (VALUES ${choice.lots.map(() => "ROW(?,CAST(? AS DATETIME(3)))").join(",")}) p (user_id, expires_at)
         STRAIGHT_JOIN point_lots l FORCE INDEX (point_lots_expiry_key) ON l.user_id = p.user_id AND l.fixed_until = p.expires_at`,
        choice.lots.flatMap(({ userId, expiresAt }) => [userId, expiresAt]),
      );
    case "sliding":
      return statement(
        `SELECT ${LOT_COLUMNS} FROM point_lots FORCE INDEX (point_lots_open_idx) WHERE user_id IN (${marks(ids)}) AND open_until > ? AND is_sliding`,
        [...ids, now],
      );
    case "open":
      return statement(`SELECT ${LOT_COLUMNS} FROM point_lots FORCE INDEX (point_lots_open_idx) WHERE user_id IN (${marks(ids)}) AND open_until > ?`, [...ids, now]);
    case "overdue":
      return statement(
        `SELECT ${LOT_COLUMNS} FROM point_lots FORCE INDEX (point_lots_open_idx) WHERE user_id IN (${marks(ids)}) AND open_until <= ?`,
        [...ids, now],
      );
    case "ids":
      return statement(`SELECT ${LOT_COLUMNS} FROM point_lots WHERE id IN (${marks(choice.ids)})`, choice.ids);
  }
}

function addPages(book: Book, accounts: readonly RowDataPacket[], overdue: readonly RowDataPacket[]): void {
  const pointsOverdue = new Map(overdue.map((row) => [row.user_id as UserId, Number(row.points)]));
  for (const row of accounts) {
    book.pages.set(row.user_id, {
      userId: row.user_id,
      pointsBalance: row.points_balance,
      pointsPending: row.points_pending,
      pointsDebt: row.points_debt,
      totalPointsEarned: row.total_points_earned,
      status: statusAt(row.status, row.frozen_until, book.now),
      isHeld: row.is_held === 1,
      earnedOn: row.earned_on,
      pointsEarnedOnDay: row.points_earned_on_day,
      pointsJudgedOnDay: row.points_earned_on_day,
      pointsOverdue: pointsOverdue.get(row.user_id) ?? 0,
      lots: [],
    });
  }
}

function addLots(book: Book, rows: readonly RowDataPacket[]): void {
  for (const row of rows) {
    const page = pageOf(book, row.user_id);
    if (page.lots.some((lot) => lot.id === row.id)) continue;
    page.lots.push({ id: row.id, pointsGranted: row.points_granted, pointsRemaining: row.points_remaining, expiresAt: row.expires_at, isSliding: row.is_sliding === 1 });
  }
}
