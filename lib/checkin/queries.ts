import "server-only";

import { and, asc, count, desc, eq, gte, inArray, lt, max, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { readRows } from "@/db/packet";
import { checkIns, users } from "@/db/schema";
import type { UserId } from "@/lib/ctx";
import { addDays, addMonths, dayOf, firstOfMonth, startOfDay, type Day } from "@/lib/day";
import { invariant } from "@/lib/invariant";
import { readLevels } from "@/lib/levels/queries";
import { getPerks } from "@/lib/points/perks/queries";
import type { PerksHeld } from "@/lib/points/perks/perk";
import type { Member } from "@/lib/rules/evaluate";
import { listRulesInForce, type RuleInForce } from "@/lib/rules/queries";
import type { Policy } from "@/lib/settings/policy";

import { bonusAhead, monthWeeks, nextReward, streakStrip, type CalendarDay, type StripDay } from "./calendar";
import { expectedPoints, NO_COUNTS, type DayCounts } from "./forecast";
import { isMakeUpDay, makeUpPrice, type MakeUpPrice } from "./make-up";
import { prizesOf, type Prize } from "./prizes";
import { freezesIn, isCounted, isDone, LEFT_OUT_MAX, linkTo, standingStreak, type DayRecord } from "./streak";
import { isLeftOut, ownDay, waitingZone, zoneOf, type DayClock } from "./zone";

type At = { now: Date; policy: Policy };

/** By which calendar a person's days run. */
export type OwnCalendar = {
  today: Day;
  timeZone: string;
  /** Whether the person chose the zone; else it is the programme's. */
  isOwn: boolean;
  /** A zone that was chosen and does not count yet. */
  waiting: { timeZone: string; from: Date } | null;
  /** The day the person joined. */
  since: Day;
};

export type CheckInStatus = {
  calendar: OwnCalendar;
  isDoneToday: boolean;
  /** Whether the shop has a check-in rule at all. */
  isOpen: boolean;
  streakDays: number;
  longestStreak: number;
  /** What today's check-in will give; nothing when it is done. */
  todaysPoints: number;
  /** Of these, what can be spent later only. */
  todaysPending: number;
  next: { day: Day; points: number; streakDays: number };
  /** What the check-in after today's gives. */
  tomorrowsPoints: number;
  strip: StripDay[];
  untilBonus: { days: number; points: number } | null;
  perks: PerksHeld;
  /** Missed days that freezes cover: with today's check-in, or already with it when it was made. */
  frozenDays: number;
  prizes: Prize[];
};

/** Rows that a strip and a streak are told from: a week, and what may lie between. */
const RECENT_ROWS = 10;

export async function getCheckInStatus(db: Db, userId: UserId, { now, policy }: At): Promise<CheckInStatus> {
  const [person, rules, latest, longestStreak, perks, member] = await Promise.all([
    findPerson(db, userId), listRulesInForce(db, ["checkin"], now), listLatest(db, userId), getLongestStreak(db, userId), getPerks(db, userId), getMember(userId),
  ]);
  const counts = rules.some(asksCounts) ? await countDays(db, userId) : NO_COUNTS;
  const calendar = calendarOf(person, { now, policy });
  const last = latest[0] ?? null;
  const tolerance = { isLeftOut: isLeftOut(person.clock, policy, now), freezes: perks.streak_freeze };
  const { today } = calendar;
  const done = isDone(today, last);
  const link = linkTo(today, last, tolerance);
  const streakDays = standingStreak(today, last, tolerance);
  const outlook = { rules, member, counts, today, isDoneToday: done, now, timeZone: policy.timeZone };
  const pointsOn = (day: Day, streak: number): number => expectedPoints(outlook, day, streak).points;
  const strip = streakStrip({ today, last, recent: new Map(latest.map((each) => [each.localDay, each])), link, pointsOn });
  return {
    calendar, isDoneToday: done, isOpen: rules.length > 0, streakDays, longestStreak, perks, strip,
    todaysPoints: done ? 0 : pointsOn(today, link.streakDays),
    todaysPending: done ? 0 : expectedPoints(outlook, today, link.streakDays).pointsPending,
    next: nextReward({ today, last, recent: new Map(), link, pointsOn }),
    tomorrowsPoints: pointsOn(addDays(today, 1), (done ? streakDays : link.streakDays) + 1),
    untilBonus: bonusAhead(strip),
    frozenDays: done ? freezesBefore(today, latest) : freezesIn(link.bridge),
    prizes: prizesOf(rules, today, { streakDays, counts }),
  };
}

const asksCounts = ({ definition }: RuleInForce): boolean => definition.conditions.some(({ kind }) => kind === "check_ins");

/** How many freezes the check-in of today used: the protected days just before it. */
function freezesBefore(today: Day, latest: readonly DayRecord[]): number {
  const place = latest.findIndex(({ localDay }) => localDay === today);
  if (place < 0) return 0;
  const before = latest.slice(place + 1);
  const end = before.findIndex(({ kind }) => isCounted(kind));
  return freezesIn(end < 0 ? before : before.slice(0, end));
}

export type CheckInMonth = { month: Day; weeks: (CalendarDay | null)[][] };
export type MakeUpOffer = {
  /** How many days may still be made up this month. */
  left: number;
  price: MakeUpPrice | null;
};

/** A month between the one the person joined in and this one, with what happened on each of its days. */
export async function getCheckInMonth(db: Db, userId: UserId, wanted: (today: Day, since: Day) => Day, { now, policy }: At): Promise<CheckInMonth> {
  const person = await findPerson(db, userId);
  const { today, since } = calendarOf(person, { now, policy });
  const month = firstOfMonth(wanted(today, since));
  const rows = await db
    .select({ localDay: checkIns.localDay, kind: checkIns.kind, streakDays: checkIns.streakDays, points: checkIns.points })
    .from(checkIns)
    .where(and(eq(checkIns.userId, userId), gte(checkIns.localDay, month), lt(checkIns.localDay, addMonths(month, 1))))
    .orderBy(asc(checkIns.localDay));
  const days = new Map(rows.map((row) => [row.localDay as Day, { ...row, localDay: row.localDay as Day }]));
  const leftOut = isLeftOut(person.clock, policy, now);
  const canMakeUp = (day: Day): boolean => policy.makeUpsPerMonth > 0 && isMakeUpDay(day, { today, since, days, isLeftOut: leftOut }, policy);
  return { month, weeks: monthWeeks(month, { today, since, days, isLeftOut: leftOut, canMakeUp }) };
}

/** What making up a day would cost now, and how often it can still be done this month. */
export async function getMakeUpOffer(db: Db, userId: UserId, { now, policy }: At): Promise<MakeUpOffer> {
  const month = startOfDay(firstOfMonth(dayOf(now, policy.timeZone)), policy.timeZone);
  const [[row], perks] = await Promise.all([
    db.select({ days: count() }).from(checkIns).where(and(eq(checkIns.userId, userId), eq(checkIns.kind, "make_up"), gte(checkIns.createdAt, month))),
    getPerks(db, userId),
  ]);
  return { left: Math.max(0, policy.makeUpsPerMonth - (row?.days ?? 0)), price: makeUpPrice(perks.make_up_card, policy) };
}

/** What a week of check-ins gives somebody who starts today; empty when no check-in rule is active. */
export async function getFirstWeek(db: Db, { now, policy }: At): Promise<number[]> {
  const rules = await listRulesInForce(db, ["checkin"], now);
  const today = dayOf(now, policy.timeZone);
  const outlook = { rules, member: NEWCOMER, counts: NO_COUNTS, today, isDoneToday: false, now, timeZone: policy.timeZone };
  return rules.length === 0 ? [] : Array.from({ length: 7 }, (_, index) => expectedPoints(outlook, addDays(today, index), index + 1).points);
}

/** The check-in rules in force. */
export const listCheckInRules = (db: Db, now: Date): Promise<RuleInForce[]> => listRulesInForce(db, ["checkin"], now);

const NEWCOMER: Member = { levelRank: 0, multiplierPercent: 100, segments: ["newcomer", "not_yet_buyer"] };

type PersonRow = { joinedAt: Date; clock: DayClock };

async function findPerson(db: Db, userId: UserId): Promise<PersonRow> {
  const [row] = await db
    .select({ joinedAt: users.createdAt, timeZone: users.timeZone, nextTimeZone: users.nextTimeZone, timeZoneFrom: users.timeZoneFrom, timeZoneChangedAt: users.timeZoneChangedAt })
    .from(users)
    .where(eq(users.id, userId));
  invariant(row, "a check-in is somebody's");
  const { joinedAt, ...clock } = row;
  return { joinedAt, clock };
}

function calendarOf({ joinedAt, clock }: PersonRow, { now, policy }: At): OwnCalendar {
  const timeZone = zoneOf(clock, policy, now);
  return { today: ownDay(clock, policy, now), timeZone, isOwn: timeZone !== policy.timeZone, waiting: waitingZone(clock, policy, now), since: dayOf(joinedAt, timeZone) };
}

async function listLatest(db: Db, userId: UserId): Promise<DayRecord[]> {
  const rows = await db
    .select({ localDay: checkIns.localDay, kind: checkIns.kind, streakDays: checkIns.streakDays })
    .from(checkIns)
    .where(eq(checkIns.userId, userId))
    .orderBy(desc(checkIns.localDay))
    .limit(RECENT_ROWS + LEFT_OUT_MAX);
  return rows as DayRecord[];
}

async function getLongestStreak(db: Db, userId: UserId): Promise<number> {
  const [row] = await db.select({ days: max(checkIns.streakDays) }).from(checkIns).where(eq(checkIns.userId, userId));
  return row?.days ?? 0;
}

async function countDays(db: Db, userId: UserId): Promise<DayCounts> {
  const month = sql<string>`left(${checkIns.localDay}, 7)`;
  const rows = await db
    .select({ month, days: count() })
    .from(checkIns)
    .where(and(eq(checkIns.userId, userId), inArray(checkIns.kind, ["check_in", "make_up"])))
    .groupBy(month);
  const byMonth = new Map(rows.map((row) => [row.month, row.days]));
  return { inMonth: (day) => byMonth.get(day.slice(0, 7)) ?? 0, ever: rows.reduce((sum, { days }) => sum + days, 0) };
}

async function getMember(userId: UserId): Promise<Member> {
  const [row] = await readRows(readLevels([userId]));
  return { levelRank: Number(row?.level_rank ?? 0), multiplierPercent: Number(row?.multiplier_percent ?? 100), segments: [] };
}
