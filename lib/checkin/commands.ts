import "server-only";

import type { RowDataPacket } from "mysql2";

import { insertRows, statement, type Statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import { addDays, addMonths, dayOf, firstOfMonth, type Day } from "@/lib/day";
import { eventRows } from "@/lib/events/commands";
import type { Fact } from "@/lib/events/event";
import { availableOn, pageOf, type Book } from "@/lib/points/book";
import { openBook, writeBook } from "@/lib/points/commands";
import { perksFrom, readPerks, type PerkMove } from "@/lib/points/perks/commands";
import { given, keepWithinLimit } from "@/lib/points/perks/freeze-limit";
import type { PerksHeld } from "@/lib/points/perks/perk";
import { allow, refuse, type Decision } from "@/lib/refusal";
import { findReply, insertKeys, keepReply, readKeys, repliesFrom, type KnownReplies, type RequestKey } from "@/lib/request-key";
import { earnInBook, earningRows, loadRuleSet, lotsOfRules, standingReads, type RuleSet, type Standings } from "@/lib/rules/earning/commands";

import { freezesIn, isDone, LEFT_OUT_MAX, linkTo, type CheckIn, type DayRecord } from "./streak";
import { isLeftOut, ownDay, PROGRAMME_CLOCK, type DayClock } from "./zone";

export type CheckInRequest = { userId: UserId; request: RequestKey };
export type CheckInReply = {
  day: Day;
  streakDays: number;
  points: number;
  /** Of the points, those that can be spent later. They are not in `points`. */
  pointsPending: number;
  pointsAvailable: number;
  perks: Pick<PerkMove, "perk" | "quantity">[];
  /** Missed days that a streak freeze covered. */
  frozenDays: number;
};

type Done = CheckInRequest & { reply: CheckInReply; days: (DayRecord & { points: number })[] };

/** What the decision about a set rests on: read under the accounts' locks, and kept up to date while the set is decided. */
type Facts = {
  ctx: Ctx;
  book: Book;
  rules: RuleSet;
  standings: Standings;
  known: KnownReplies;
  last: Map<UserId, CheckIn>;
  held: (userId: UserId) => PerksHeld;
  clockOf: (userId: UserId) => DayClock;
  countsOf: (userId: UserId, day: Day) => { inMonth: number; ever: number };
};

/**
 * Checks in one or many people for their own calendar day at `ctx.now`, each once, in one transaction.
 * Each request has its own answer: the reply (a repeat of its key gets the first one), or a refusal
 * `already_checked_in`, `account_frozen`, `account_held`, `unknown_action` (no active rule) or `request_key_reused`.
 */
export async function checkInAll(ctx: Ctx, requests: readonly CheckInRequest[]): Promise<Decision<CheckInReply>[]> {
  const facts = await load(ctx, requests);
  const done: Done[] = [];
  const answers = requests.map((request) => {
    const answer = decide(facts, request);
    if (!answer.ok) return answer;
    if ("days" in answer.value) {
      done.push(answer.value);
      keepReply(facts.known, request, answer.value.reply);
    }
    return allow(answer.value.reply);
  });
  if (done.length > 0) await writeBook(ctx, facts.book, riders(facts, done));
  return answers;
}

/** Locks the accounts and reads the rest in the same round trip. */
async function load(ctx: Ctx, requests: readonly CheckInRequest[]): Promise<Facts> {
  const rules = await loadRuleSet(ctx, ["checkin"]);
  const people = [...new Set(requests.map(({ userId }) => userId))];
  const days = dayReads(ctx, rules, people);
  const standing = standingReads(ctx, rules, people, dayOf(ctx.now, ctx.policy.timeZone));
  const { book, ridden } = await openBook(ctx, people, lotsOfRules(ctx, rules), [readKeys(requests), readPerks(people), latestDays(ctx, people), ...days.statements, ...standing.statements]);
  const [keys = [], perks = [], latest = [], ...others] = ridden;
  return {
    ctx, book, rules, known: repliesFrom(keys), held: perksFrom(perks),
    last: new Map(latest.map((row) => [row.user_id as UserId, { localDay: row.local_day, streakDays: row.streak_days }])),
    ...days.from(others.slice(0, days.statements.length)),
    standings: standing.from(others.slice(days.statements.length)),
  };
}

function decide(facts: Facts, { userId, request }: CheckInRequest): Decision<{ reply: CheckInReply } | Done> {
  const { ctx, book, rules, standings } = facts;
  const repeated = findReply<CheckInReply>(facts.known, { userId, request });
  if (!repeated.ok) return repeated;
  if (repeated.value) return allow({ reply: repeated.value });
  if (rules.rules.length === 0) return refuse("unknown_action");
  const clock = facts.clockOf(userId);
  const day = ownDay(clock, ctx.policy, ctx.now);
  const last = facts.last.get(userId) ?? null;
  if (isDone(day, last)) return refuse("already_checked_in");
  const { streakDays, bridge } = linkTo(day, last, { isLeftOut: isLeftOut(clock, ctx.policy, ctx.now), freezes: facts.held(userId).streak_freeze });
  const counts = facts.countsOf(userId, day);
  const moves = standings.perks.length;
  const earned = earnInBook(ctx, book, rules, standings, {
    userId, action: "checkin", source: { type: "check_in", id: `${userId}:${day}` },
    facts: { streakDays, localDay: day, checkInsInMonth: counts.inMonth + 1, checkInsEver: counts.ever + 1 },
  });
  if (!earned.ok) return earned;
  keepWithinLimit(standings.perks, moves, ctx.policy.freezesHeldMax - facts.held(userId).streak_freeze + freezesIn(bridge));
  const perks = given(standings.perks.slice(moves));
  spendFreezes(standings, userId, bridge);
  facts.last.set(userId, { localDay: day, streakDays });
  const { points, pointsPending } = earned.value;
  return allow({
    userId, request,
    reply: { day, streakDays, points, pointsPending, pointsAvailable: availableOn(pageOf(book, userId)), perks, frozenDays: freezesIn(bridge) },
    days: [...bridge.map((each) => ({ ...each, points: 0 })), { localDay: day, kind: "check_in", streakDays, points: points + pointsPending }],
  });
}

function spendFreezes(standings: Standings, userId: UserId, bridge: readonly DayRecord[]): void {
  for (const { localDay, kind } of bridge) {
    if (kind === "freeze") standings.perks.push({ userId, perk: "streak_freeze", quantity: -1, source: { type: "freeze", id: `${userId}:${localDay}` } });
  }
}

function riders({ ctx, book, rules, standings }: Facts, done: readonly Done[]): Statement[] {
  return [
    insertDays(done.flatMap(({ userId, days }) => days.map((day) => ({ userId, ...day }))), ctx.now),
    ...earningRows(rules, standings, book.today, ctx.now),
    eventRows(done.flatMap(({ userId, reply }) => factsOf(userId, reply).map((fact) => ({ by: userId, fact }))), ctx.now),
    insertKeys(done, ctx.now),
  ];
}

function factsOf(userId: UserId, { day, streakDays, points, pointsPending }: CheckInReply): Fact[] {
  const subject = { type: "user", id: String(userId) } as const;
  const checkedIn = { name: "points.checked_in", subject, data: { day, streakDays, points } } as const;
  return pointsPending > 0 ? [checkedIn, pendingFact(userId, pointsPending)] : [checkedIn];
}

export const pendingFact = (userId: UserId, points: number): Fact => ({ name: "points.pending", subject: { type: "user", id: String(userId) }, data: { action: "checkin", points } });

export const insertDays = (days: readonly (DayRecord & { userId: UserId; points: number })[], now: Date): Statement =>
  insertRows("check_ins", ["user_id", "local_day", "kind", "streak_days", "points", "created_at"],
    days.map(({ userId, localDay, kind, streakDays, points }) => [userId, localDay, kind, streakDays, points, now]));

const marks = (values: readonly unknown[]): string => values.map(() => "?").join(",");

/**
 * The days of each that a streak may still hang on, in their order, so that the latest is kept: days before are bridged by nothing.
 * One of a later day than today is there when the clock was set back: today is then over.
 */
const latestDays = ({ now, policy }: Ctx, people: readonly UserId[]): Statement =>
  statement(
    `SELECT user_id, local_day, streak_days FROM check_ins FORCE INDEX (check_ins_day_key) WHERE user_id IN (${marks(people)}) AND local_day >= ? ORDER BY user_id, local_day`,
    [...people, addDays(dayOf(now, policy.timeZone), -(policy.freezesHeldMax + LEFT_OUT_MAX + ZONES_APART + 1))],
  );

/** A person's own day may be the one before the programme's. */
const ZONES_APART = 1;

type DayFacts = Pick<Facts, "clockOf" | "countsOf">;

/** By which clock these people's days run, and how often they were here: read only where the settings or a rule ask for it. */
export function dayReads({ policy, now }: Ctx, { rules }: RuleSet, people: readonly UserId[]): { statements: Statement[]; from: (results: readonly RowDataPacket[][]) => DayFacts } {
  const asked = new Set(rules.flatMap(({ definition }) => definition.conditions.flatMap((condition) => (condition.kind === "check_ins" ? [condition.per] : []))));
  const asksCounts = asked.size > 0;
  // Made-up days and own zones reach into the month before.
  const since = asked.has("ever") ? null : addMonths(firstOfMonth(dayOf(now, policy.timeZone)), -1);
  const clocks = policy.ownTimeZone ? [readClocks(people)] : [];
  return {
    statements: [...clocks, ...(asksCounts ? [countDays(people, since)] : [])],
    from: (results) => ({
      clockOf: clocksFrom(policy.ownTimeZone ? (results[0] ?? []) : []),
      countsOf: countsFrom(asksCounts ? (results[clocks.length] ?? []) : []),
    }),
  };
}

/** Only the clocks of those who chose one. */
export const readClocks = (people: readonly UserId[]): Statement =>
  statement(
    `SELECT id, time_zone, next_time_zone, time_zone_from, time_zone_changed_at FROM users WHERE id IN (${marks(people)}) AND (time_zone IS NOT NULL OR time_zone_from IS NOT NULL)`,
    people,
  );

export function clocksFrom(rows: readonly RowDataPacket[]): (userId: UserId) => DayClock {
  const clocks = new Map(rows.map((row): [UserId, DayClock] => [
    row.id, { timeZone: row.time_zone, nextTimeZone: row.next_time_zone, timeZoneFrom: row.time_zone_from, timeZoneChangedAt: row.time_zone_changed_at },
  ]));
  return (userId) => clocks.get(userId) ?? PROGRAMME_CLOCK;
}

/** Check-ins by month, since a day or all. The index holds all that is asked. */
const countDays = (people: readonly UserId[], since: Day | null): Statement =>
  statement(
    `SELECT user_id, LEFT(local_day, 7) AS month, COUNT(*) AS days FROM check_ins FORCE INDEX (check_ins_count_idx)
     WHERE user_id IN (${marks(people)})${since ? " AND local_day >= ?" : ""} AND kind IN ('check_in', 'make_up') GROUP BY user_id, month`,
    since ? [...people, since] : people,
  );

function countsFrom(rows: readonly RowDataPacket[]): Facts["countsOf"] {
  const ever = new Map<UserId, number>();
  const byMonth = new Map<string, number>();
  for (const row of rows) {
    ever.set(row.user_id, (ever.get(row.user_id) ?? 0) + Number(row.days));
    byMonth.set(`${row.user_id} ${row.month}`, Number(row.days));
  }
  return (userId, day) => ({ inMonth: byMonth.get(`${userId} ${day.slice(0, 7)}`) ?? 0, ever: ever.get(userId) ?? 0 });
}
