import "server-only";

import type { RowDataPacket } from "mysql2";

import { insertRows, statement, type Statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import type { Day } from "@/lib/day";
import { invariant } from "@/lib/invariant";
import { readLevels } from "@/lib/levels/queries";
import { mayEarn, pageOf, postEarn, postPending, type Book } from "@/lib/points/book";
import { lotsFor, type LotChoice } from "@/lib/points/commands";
import { lifetimeOf } from "@/lib/points/expiry";
import type { Source } from "@/lib/points/ledger";
import { activationOf, releasedByEvent, releasedByOrder } from "@/lib/points/pending/pending";
import { perkRows, type PerkMove } from "@/lib/points/perks/commands";
import { judgeVelocity } from "@/lib/points/velocity";
import { allow, type Decision } from "@/lib/refusal";

import { evaluate, NOTHING_EARNED, type Award, type Facts, type Grant, type Member, type Standing } from "../evaluate";
import { isOrder } from "../fits";
import { segmentsOf } from "../member";
import { listRulesInForce, type RuleInForce } from "../queries";
import { keepsTotals, type Action, type Caps, type Condition, type PerkGift } from "../rule";

// Earning by rules, set-based: whoever opens a book for one person or for a hundred loads the rules, reads where the people stand
// beside the accounts' locks, and writes what was earned with the book.

export type RuleSet = { rules: RuleInForce[] };

/** The rules in force for these actions. */
export async function loadRuleSet(ctx: Ctx, actions: readonly Action[]): Promise<RuleSet> {
  return { rules: await listRulesInForce(ctx.tx, actions, ctx.now) };
}

/** The lots that earnings by these rules may go into. */
export const lotsOfRules = (ctx: Ctx, { rules }: RuleSet): LotChoice[] =>
  lotsFor(rules.filter(({ definition }) => definition.holding.kind === "none").map(({ definition }) => lifetimeOf(ctx.now, ctx.policy, definition.expiry)));

/** Where people stand with the rules, kept up to date while a set is decided. */
export class Standings {
  private readonly standing = new Map<string, Standing>();
  private readonly members = new Map<UserId, Member>();
  private readonly budgets = new Map<number, number>();
  readonly counted: { userId: UserId; ruleId: number; points: number }[] = [];
  readonly perks: PerkMove[] = [];

  member = (userId: UserId): Member => this.members.get(userId) ?? { levelRank: 0, multiplierPercent: 100, segments: [] };
  of = (userId: UserId, ruleId: number): Standing => this.standing.get(`${userId} ${ruleId}`) ?? NOTHING_EARNED;
  budgetLeft = (ruleId: number): number | null => this.budgets.get(ruleId) ?? null;

  setMember(userId: UserId, member: Member): void {
    this.members.set(userId, member);
  }

  setBudget(ruleId: number, left: number): void {
    this.budgets.set(ruleId, left);
  }

  set(userId: UserId, ruleId: number, more: Partial<Standing>): void {
    this.standing.set(`${userId} ${ruleId}`, { ...this.of(userId, ruleId), ...more });
  }

  /** Counts an earning, so that the next one of the set sees it. */
  count(userId: UserId, { ruleId, points }: { ruleId: number; points: number }, now: Date): void {
    const { timesToday, pointsToday, timesInAll, pointsInAll } = this.of(userId, ruleId);
    this.set(userId, ruleId, { timesToday: timesToday + 1, pointsToday: pointsToday + points, timesInAll: timesInAll + 1, pointsInAll: pointsInAll + points, lastAt: now });
    const left = this.budgetLeft(ruleId);
    if (left !== null) this.budgets.set(ruleId, left - points);
    this.counted.push({ userId, ruleId, points });
  }
}

const asks = (rules: readonly RuleInForce[], condition: Condition["kind"]): boolean => rules.some(({ definition }) => definition.conditions.some(({ kind }) => kind === condition));
const hasDailyCap = ({ definition: { caps } }: RuleInForce): boolean => caps.timesPerDay !== null || caps.pointsPerDay !== null;

/** What must be read beside the accounts' locks to judge these people by these rules, and what to make of the results. What no rule asks about is not read. */
export function standingReads(ctx: Ctx, { rules }: RuleSet, people: readonly UserId[], today: Day): { statements: Statement[]; from: (results: readonly RowDataPacket[][]) => Standings } {
  if (rules.length === 0 || people.length === 0) return { statements: [], from: () => new Standings() };
  const budgeted = rules.filter(({ definition }) => definition.caps.budget !== null).sort((a, b) => a.id - b.id);
  const missing = budgeted.filter(({ budgetGranted }) => budgetGranted === null);
  const totalled = rules.filter(hasTotals);
  const daily = rules.filter(hasDailyCap);
  const parts: { statement: Statement; take: (standings: Standings, rows: RowDataPacket[]) => void }[] = [];
  if (daily.length > 0) parts.push({ statement: readCounters(people, daily, today), take: takeCounters });
  if (asks(rules, "level") || rules.some(({ actionType }) => actionType === "purchase")) parts.push({ statement: readLevels(people), take: takeLevels });
  if (totalled.length > 0) parts.push({ statement: readTotals(people, totalled), take: takeTotals });
  if (asks(rules, "segment")) parts.push({ statement: readBuyers(people), take: (standings, rows) => takeBuyers(standings, rows, ctx.now) });
  if (missing.length > 0) parts.push({ statement: startBudgets(missing), take: () => undefined });
  if (budgeted.length > 0) parts.push({ statement: lockBudgets(budgeted), take: (standings, rows) => takeBudgets(standings, rows, budgeted) });
  return {
    statements: parts.map((part) => part.statement),
    from(results) {
      const standings = new Standings();
      parts.forEach(({ take }, index) => take(standings, results[index] ?? []));
      return standings;
    },
  };
}

export type Occurrence = { userId: UserId; action: Action; source: Source; facts?: Facts };
export type Earned = { points: number; pointsPending: number; perks: PerkGift[] };
export const EARNED_NOTHING: Earned = { points: 0, pointsPending: 0, perks: [] };

/**
 * Judges one event by the rules and posts what it earns in the book. Parts that are kept by other terms have sources of their own:
 * "<id>", "<id>~2" and so on. Refuses `account_frozen`, `account_held`.
 */
export function earnInBook(ctx: Ctx, book: Book, { rules }: RuleSet, standings: Standings, { userId, action, source, facts = {} }: Occurrence): Decision<Earned> {
  const may = mayEarn(pageOf(book, userId));
  if (!may.ok) return may;
  const award = evaluate({
    rules: rules.filter((rule) => rule.actionType === action), facts, member: standings.member(userId), standing: (ruleId) => standings.of(userId, ruleId),
    budgetLeft: standings.budgetLeft, at: ctx.now, timeZone: ctx.policy.timeZone,
  });
  const earned = { ...EARNED_NOTHING, perks: award.perks };
  const counting = { isPaidFor: isOrder(action) };
  award.grants.forEach((grant, index) => {
    const part = { type: source.type, id: index === 0 ? source.id : `${source.id}~${index + 1}` };
    if (grant.holding.kind === "none") {
      postEarn(book, userId, grant.points, lifetimeOf(ctx.now, ctx.policy, grant.expiry), part, { ruleId: grant.ruleId, breakdown: grant.breakdown }, counting);
      earned.points += grant.points;
    } else {
      postPending(book, { userId, points: grant.points, ruleId: grant.ruleId, source: part, breakdown: grant.breakdown, expiry: grant.expiry, ...waiting(ctx, grant, userId, facts) }, counting);
      earned.pointsPending += grant.points;
    }
  });
  judgeVelocity(book, userId);
  keepCount(standings, userId, award, source, ctx.now);
  return allow(earned);
}

function keepCount(standings: Standings, userId: UserId, award: Award, source: Source, now: Date): void {
  for (const count of award.counts) standings.count(userId, count, now);
  const quantities = new Map<PerkGift["perk"], number>();
  for (const { perk, quantity } of award.perks) quantities.set(perk, (quantities.get(perk) ?? 0) + quantity);
  for (const [perk, quantity] of quantities) standings.perks.push({ userId, perk, quantity, source });
}

function waiting(ctx: Ctx, { holding }: Grant, userId: UserId, facts: Facts): { activatesAt: Date | null; releasedBy: string | null } {
  switch (holding.kind) {
    case "days":
      return { activatesAt: activationOf(ctx.now, holding.days, ctx.policy.timeZone), releasedBy: null };
    case "receipt":
      invariant(facts.orderId, "only an order's points wait for its receipt");
      return { activatesAt: null, releasedBy: releasedByOrder(facts.orderId) };
    case "event":
      return { activatesAt: null, releasedBy: releasedByEvent(holding.name, userId) };
    case "none":
      return { activatesAt: null, releasedBy: null };
  }
}

/** Writes what a set of earnings counts towards caps and budgets, and the cards it gave: riders of `writeBook`. */
export function earningRows({ rules }: RuleSet, { counted, perks }: Standings, today: Day, now: Date): Statement[] {
  const sums = new Map<string, { userId: UserId; ruleId: number; times: number; points: number }>();
  for (const { userId, ruleId, points } of counted) {
    const sum = sums.get(`${userId} ${ruleId}`) ?? { userId, ruleId, times: 0, points: 0 };
    sums.set(`${userId} ${ruleId}`, { ...sum, times: sum.times + 1, points: sum.points + points });
  }
  // In the order of their keys, so that two sets lock the same rows in the same order.
  const rows = [...sums.values()].sort((a, b) => a.userId - b.userId || a.ruleId - b.ruleId);
  if (rows.length === 0) return perkRows(perks, now);
  const totalled = new Set(rules.filter(hasTotals).map(({ id }) => id));
  const inAll = rows.filter(({ ruleId }) => totalled.has(ruleId));
  return [
    upsert("earn_counters", ["user_id", "rule_id", "local_day", "times", "points"], rows.map((row) => [row.userId, row.ruleId, today, row.times, row.points]), "times = times + VALUES(times), points = points + VALUES(points)"),
    ...(inAll.length === 0 ? [] : [
      upsert("earn_totals", ["user_id", "rule_id", "times", "points", "last_at"], inAll.map((row) => [row.userId, row.ruleId, row.times, row.points, now]), "times = times + VALUES(times), points = points + VALUES(points), last_at = VALUES(last_at)"),
    ]),
    ...perkRows(perks, now),
    ...budgetRows(rules, rows),
  ];
}

function budgetRows(rules: readonly RuleInForce[], rows: readonly { ruleId: number; points: number }[]): Statement[] {
  return rules
    .filter(({ definition }) => definition.caps.budget !== null)
    .sort((a, b) => a.id - b.id)
    .map(({ id }) => ({ id, points: rows.filter(({ ruleId }) => ruleId === id).reduce((sum, { points }) => sum + points, 0) }))
    .filter(({ points }) => points > 0)
    .map(({ id, points }) => statement("UPDATE rule_budgets SET points_granted = points_granted + ? WHERE rule_id = ?", [points, id]));
}

type Cell = Parameters<typeof insertRows>[2][number][number];
function upsert(table: string, columns: readonly string[], rows: readonly (readonly Cell[])[], update: string): Statement {
  const insert = insertRows(table, columns, rows);
  return { ...insert, sql: `${insert.sql} ON DUPLICATE KEY UPDATE ${update}` };
}

/**
 * Brings the counts over all days, or a campaign's spent budget, up to what the rule has granted so far: for a rule whose caps ask for
 * them from now on. Counters of days are kept for every rule.
 */
export function countSoFar(ruleId: number, before: Caps, after: Caps, now: Date): Statement[] {
  const statements: Statement[] = [];
  if (keepsTotals(after) && !keepsTotals(before)) {
    statements.push(statement(
      `INSERT INTO earn_totals (user_id, rule_id, times, points, last_at)
       SELECT user_id, rule_id, SUM(times), SUM(points), LEAST(CAST(MAX(local_day) AS DATETIME(3)), ?) FROM earn_counters WHERE rule_id = ? GROUP BY user_id, rule_id
       ON DUPLICATE KEY UPDATE times = VALUES(times), points = VALUES(points), last_at = GREATEST(last_at, VALUES(last_at))`,
      [now, ruleId],
    ));
  }
  if (after.budget !== null && before.budget === null) {
    statements.push(statement(
      `INSERT INTO rule_budgets (rule_id, points_granted) SELECT ?, COALESCE(SUM(points), 0) FROM earn_counters WHERE rule_id = ?
       ON DUPLICATE KEY UPDATE points_granted = VALUES(points_granted)`,
      [ruleId, ruleId],
    ));
  }
  return statements;
}

/** Rules whose earnings are also counted over all days. */
const hasTotals = ({ definition }: Pick<RuleInForce, "definition">): boolean => keepsTotals(definition.caps);

const marks = (values: readonly unknown[]): string => values.map(() => "?").join(",");
const idsOf = (rules: readonly RuleInForce[]): number[] => rules.map(({ id }) => id);

const readCounters = (people: readonly UserId[], rules: readonly RuleInForce[], today: Day): Statement =>
  statement(`SELECT user_id, rule_id, times, points FROM earn_counters WHERE user_id IN (${marks(people)}) AND rule_id IN (${marks(rules)}) AND local_day = ?`, [...people, ...idsOf(rules), today]);

const readTotals = (people: readonly UserId[], rules: readonly RuleInForce[]): Statement =>
  statement(`SELECT user_id, rule_id, times, points, last_at FROM earn_totals WHERE user_id IN (${marks(people)}) AND rule_id IN (${marks(rules)})`, [...people, ...idsOf(rules)]);

const readBuyers = (people: readonly UserId[]): Statement =>
  statement(
    `SELECT u.id AS user_id, u.created_at, (SELECT COUNT(*) FROM orders o WHERE o.user_id = u.id AND o.status IN ('paid','shipped','completed')) AS orders
     FROM users u WHERE u.id IN (${marks(people)})`,
    people,
  );

const startBudgets = (rules: readonly RuleInForce[]): Statement =>
  statement(
    `INSERT INTO rule_budgets (rule_id, points_granted)
     SELECT r.id, COALESCE((SELECT SUM(c.points) FROM earn_counters c WHERE c.rule_id = r.id), 0) FROM points_rules r WHERE r.id IN (${marks(rules)}) ORDER BY r.id
     ON DUPLICATE KEY UPDATE rule_id = rule_budgets.rule_id`,
    idsOf(rules),
  );

/** A campaign's budget is taken by one transaction at a time: the row is locked after the accounts, in the order of the rules. */
const lockBudgets = (rules: readonly RuleInForce[]): Statement =>
  statement(`SELECT rule_id, points_granted FROM rule_budgets WHERE rule_id IN (${marks(rules)}) ORDER BY rule_id FOR UPDATE`, idsOf(rules));

function takeCounters(standings: Standings, rows: RowDataPacket[]): void {
  for (const row of rows) standings.set(row.user_id, row.rule_id, { timesToday: row.times, pointsToday: row.points });
}

function takeTotals(standings: Standings, rows: RowDataPacket[]): void {
  for (const row of rows) standings.set(row.user_id, row.rule_id, { timesInAll: row.times, pointsInAll: row.points, lastAt: row.last_at });
}

function takeLevels(standings: Standings, rows: RowDataPacket[]): void {
  for (const row of rows) standings.setMember(row.user_id, { levelRank: Number(row.level_rank), multiplierPercent: Number(row.multiplier_percent), segments: [] });
}

function takeBuyers(standings: Standings, rows: RowDataPacket[], now: Date): void {
  for (const row of rows) standings.setMember(row.user_id, { ...standings.member(row.user_id), segments: segmentsOf({ joinedAt: row.created_at, orders: Number(row.orders) }, now) });
}

function takeBudgets(standings: Standings, rows: RowDataPacket[], rules: readonly RuleInForce[]): void {
  const granted = new Map(rows.map((row) => [row.rule_id as number, row.points_granted as number]));
  for (const { id, definition } of rules) standings.setBudget(id, Math.max(0, definition.caps.budget! - (granted.get(id) ?? 0)));
}
