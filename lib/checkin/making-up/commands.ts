import "server-only";

import type { RowDataPacket } from "mysql2";
import type { z } from "zod";

import { statement, updateRows, type Statement } from "@/db/packet";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { addDays, dayOf, daysBetween, firstOfMonth, startOfDay, type Day } from "@/lib/day";
import type { Fact } from "@/lib/events/event";
import { eventRows } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { mayEarn, pageOf, postSpend } from "@/lib/points/book";
import { openBook, writeBook } from "@/lib/points/commands";
import { perksFrom, readPerks, type PerkMove } from "@/lib/points/perks/commands";
import { given, keepWithinLimit } from "@/lib/points/perks/freeze-limit";
import { orRefuse, Refusal } from "@/lib/refusal";
import { earnInBook, earningRows, loadRuleSet, lotsOfRules, standingReads } from "@/lib/rules/earning/commands";

import { dayReads, insertDays, pendingFact } from "../commands";
import { decideMakeUp, type MakeUp, type MakeUpFacts, type StoredDay } from "../make-up";
import type { MakeUpInput } from "../schema";
import { LEFT_OUT_MAX } from "../streak";
import { isLeftOut, ownDay, zoneOf } from "../zone";

export type MakeUpReply = {
  day: Day;
  /** Where the streak stands that the day belongs to. */
  streakDays: number;
  usedCard: boolean;
  pointsSpent: number;
  /** Prizes for the number of days that the filled day reached. */
  points: number;
  pointsPending: number;
  perks: Pick<PerkMove, "perk" | "quantity">[];
};

/** Zones are at most 26 hours apart: a person's day is within two of the programme's. */
const ZONES_APART_DAYS = 2;

/**
 * Fills one missed day, for a card where one is held, else for points. The days after it move up in the streak and keep what they were paid;
 * the filled day earns no step of the ladder, only prizes for the number of days that it reaches.
 * Refuses `make_up_not_possible`, `make_up_limit` { limit }, `price_changed` { points }, `insufficient_points` { pointsMissing },
 * `account_frozen`, `account_held`.
 */
export async function makeUp(ctx: Ctx, { day, pointsShown }: Pick<z.infer<typeof MakeUpInput>, "day" | "pointsShown">): Promise<MakeUpReply> {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "a person makes up their own day");
  // Before anything is read: how many rows follow a day is bounded by how far back it may lie.
  if (daysBetween(day, dayOf(ctx.now, ctx.policy.timeZone)) > ctx.policy.makeUpDays + ZONES_APART_DAYS) throw new Refusal("make_up_not_possible");
  const rules = await loadRuleSet(ctx, ["checkin"]);
  const own = dayReads(ctx, rules, [userId]);
  const standing = standingReads(ctx, rules, [userId], dayOf(ctx.now, ctx.policy.timeZone));
  const reads = [readPerks([userId]), daysSince(userId, day), madeUpSince(userId, monthOf(ctx)), joinedAt(userId)];
  const { book, ridden } = await openBook(ctx, [userId], [{ kind: "open" }, ...lotsOfRules(ctx, rules)], [...reads, ...own.statements, ...standing.statements]);
  const { clockOf, countsOf } = own.from(ridden.slice(reads.length, reads.length + own.statements.length));
  const standings = standing.from(ridden.slice(reads.length + own.statements.length));

  orRefuse(mayEarn(pageOf(book, userId)));
  const clock = clockOf(userId);
  const facts = {
    ...factsFrom(userId, ridden), today: ownDay(clock, ctx.policy, ctx.now), isLeftOut: isLeftOut(clock, ctx.policy, ctx.now),
    since: dayOf(joinedFrom(ridden), zoneOf(clock, ctx.policy, ctx.now)),
  };
  const plan = orRefuse(decideMakeUp(day, pointsShown, facts, ctx.policy));

  const source = { type: "make_up", id: `${userId}:${day}` };
  if (plan.price.pay === "points") orRefuse(postSpend(book, userId, plan.price.points, source));
  else standings.perks.push({ userId, perk: "make_up_card", quantity: -1, source });
  const counts = countsOf(userId, day);
  const moves = standings.perks.length;
  const earned = orRefuse(earnInBook(ctx, book, rules, standings, {
    userId, action: "checkin", source: { type: "check_in", id: `${userId}:${day}` },
    facts: { streakDays: plan.streakDays, localDay: day, checkInsInMonth: counts.inMonth + 1, checkInsEver: counts.ever + 1, isMakeUp: true },
  }));
  keepWithinLimit(standings.perks, moves, ctx.policy.freezesHeldMax - facts.freezes);
  const reply = replyOf(day, plan, { ...earned, perks: given(standings.perks.slice(moves)) });
  await writeBook(ctx, book, [
    insertDays(plan.written.map((each) => ({ userId, ...each, points: 0 })), ctx.now),
    ...(plan.relinked.length > 0 ? [updateRows("check_ins", ["id", "streak_days"], plan.relinked.map(({ id, streakDays }) => [id, streakDays]))] : []),
    ...earningRows(rules, standings, book.today, ctx.now),
    eventRows(eventsOf(userId, plan, reply).map((fact) => ({ by: userId, fact })), ctx.now),
  ]);
  return reply;
}

const replyOf = (day: Day, { price, relinked, streakDays }: MakeUp, earned: Pick<MakeUpReply, "points" | "pointsPending" | "perks">): MakeUpReply => ({
  day, streakDays: relinked.at(-1)?.streakDays ?? streakDays, usedCard: price.pay === "card", pointsSpent: price.pay === "points" ? price.points : 0,
  ...earned,
});

function eventsOf(userId: UserId, { streakDays }: MakeUp, { day, points, pointsPending }: MakeUpReply): Fact[] {
  const subject = { type: "user", id: String(userId) } as const;
  return [
    { name: "points.day_made_up", subject, data: { day, streakDays, points } },
    ...(points > 0 ? [{ name: "points.earned", subject, data: { action: "checkin", points } } as const] : []),
    ...(pointsPending > 0 ? [pendingFact(userId, pointsPending)] : []),
  ];
}

/** The limit is counted by the programme's month in which days are made up, whatever zone the person moves to. */
const monthOf = ({ now, policy }: Ctx): Date => startOfDay(firstOfMonth(dayOf(now, policy.timeZone)), policy.timeZone);

/** The day's neighbourhood: from what may come before it, over days that never were, to the latest. */
const daysSince = (userId: UserId, day: Day): Statement =>
  statement("SELECT id, local_day, kind, streak_days FROM check_ins WHERE user_id = ? AND local_day >= ? ORDER BY local_day", [userId, addDays(day, -LEFT_OUT_MAX - 1)]);

const madeUpSince = (userId: UserId, since: Date): Statement =>
  statement("SELECT COUNT(*) AS days FROM check_ins WHERE user_id = ? AND kind = 'make_up' AND created_at >= ?", [userId, since]);

const joinedAt = (userId: UserId): Statement => statement("SELECT created_at FROM users WHERE id = ?", [userId]);

const joinedFrom = ([, , , people = []]: readonly RowDataPacket[][]): Date => people[0]!.created_at as Date;

function factsFrom(userId: UserId, [perks = [], days = [], madeUp = []]: readonly RowDataPacket[][]): Pick<MakeUpFacts, "days" | "madeUpThisMonth" | "cards"> & { freezes: number } {
  const held = perksFrom(perks)(userId);
  return {
    cards: held.make_up_card,
    freezes: held.streak_freeze,
    madeUpThisMonth: Number(madeUp[0]?.days ?? 0),
    days: new Map(days.map((row): [Day, StoredDay] => [row.local_day, { id: row.id, localDay: row.local_day, kind: row.kind, streakDays: row.streak_days }])),
  };
}
