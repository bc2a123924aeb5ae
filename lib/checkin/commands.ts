import "server-only";

import type { RowDataPacket } from "mysql2";

import { insertRows, statement, type Statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import { addDays, dayOf, type Day } from "@/lib/day";
import { eventRows } from "@/lib/events/commands";
import { availableOn, pageOf, postEarn, type Book } from "@/lib/points/book";
import { openBook, writeBook } from "@/lib/points/commands";
import { expiryOf } from "@/lib/points/expiry";
import { allow, refuse, type Decision } from "@/lib/refusal";
import { findReply, insertKeys, keepReply, readKeys, repliesFrom, type KnownReplies, type RequestKey } from "@/lib/request-key";
import { findRule } from "@/lib/rules/queries";
import { awardFor, type Award, type Rule } from "@/lib/rules/rule";

import { streakOn, type CheckIn } from "./streak";

export type CheckInRequest = { userId: UserId; request: RequestKey };
export type CheckInReply = { day: Day; streakDays: number; points: number; pointsAvailable: number };

type Done = CheckInRequest & { reply: CheckInReply };

/**
 * Checks in one or many people for the programme day of `ctx.now`, each once, in one transaction.
 * Each request has its own answer: the reply (a repeat of its key gets the first one), or a refusal
 * `already_checked_in`, `account_frozen`, `unknown_action` (no active rule) or `request_key_reused`.
 */
export async function checkInAll(ctx: Ctx, requests: readonly CheckInRequest[]): Promise<Decision<CheckInReply>[]> {
  const today = dayOf(ctx.now, ctx.policy.timeZone);
  const expiresAt = expiryOf(ctx.now, ctx.policy);
  const rule = await findRule(ctx.tx, "checkin");
  const people = [...new Set(requests.map(({ userId }) => userId))];
  const { book, ridden } = await openBook(ctx, people, [{ kind: "expiring-at", instants: [expiresAt] }], [readKeys(requests), latestCheckIns(people, today)]);
  const known = repliesFrom(ridden[0] ?? []);
  const last = new Map((ridden[1] ?? []).map((row) => [row.user_id as UserId, checkInFrom(row)]));

  const done: Done[] = [];
  const answers = requests.map((request) => {
    const answer = decide(book, rule, known, last, request, expiresAt);
    if (answer.ok && answer.value.isNew) {
      done.push({ ...request, reply: answer.value.reply });
      keepReply(known, request, answer.value.reply);
    }
    return answer.ok ? allow(answer.value.reply) : answer;
  });
  if (done.length > 0) await writeBook(ctx, book, riders(done, ctx.now));
  return answers;
}

function decide(
  book: Book, rule: Rule | null, known: KnownReplies, last: Map<UserId, CheckIn>, { userId, request }: CheckInRequest, expiresAt: Date,
): Decision<{ isNew: boolean; reply: CheckInReply }> {
  const repeated = findReply<CheckInReply>(known, { userId, request });
  if (!repeated.ok) return repeated;
  if (repeated.value) return allow({ isNew: false, reply: repeated.value });
  if (!rule) return refuse("unknown_action");
  const before = last.get(userId) ?? null;
  if (before && before.localDay >= book.today) return refuse("already_checked_in");
  const streakDays = streakOn(book.today, before);
  const award = awardFor(rule, { streakDays });
  // A step that gives nothing is a rule that is not set up: a day is not burnt for it.
  if (award.points === 0) return refuse("unknown_action");
  const posted = postAward(book, userId, rule, award, expiresAt);
  if (!posted.ok) return posted;
  last.set(userId, { localDay: book.today, streakDays });
  return allow({ isNew: true, reply: { day: book.today, streakDays, points: award.points, pointsAvailable: availableOn(pageOf(book, userId)) } });
}

function postAward(book: Book, userId: UserId, rule: Rule, award: Award, expiresAt: Date): Decision<unknown> {
  return postEarn(book, userId, award.points, expiresAt, { type: "check_in", id: `${userId}:${book.today}` }, { ruleId: rule.id, breakdown: award.breakdown });
}

/** The latest row since yesterday. One of a later day is there when the clock was set back: today is then over. */
const latestCheckIns = (people: readonly UserId[], today: Day): Statement =>
  statement(
    `SELECT user_id, local_day, streak_days FROM check_ins WHERE user_id IN (${people.map(() => "?").join(",")}) AND local_day >= ? ORDER BY local_day`,
    [...people, addDays(today, -1)],
  );

const checkInFrom = (row: RowDataPacket): CheckIn => ({ localDay: row.local_day, streakDays: row.streak_days });

function riders(done: readonly Done[], now: Date): Statement[] {
  return [
    insertRows("check_ins", ["user_id", "local_day", "streak_days", "points", "created_at"],
      done.map(({ userId, reply }) => [userId, reply.day, reply.streakDays, reply.points, now])),
    eventRows(done.map(({ userId, reply }) => ({
      by: userId,
      fact: { name: "points.checked_in", subject: { type: "user", id: String(userId) }, data: { day: reply.day, streakDays: reply.streakDays, points: reply.points } },
    })), now),
    insertKeys(done, now),
  ];
}
