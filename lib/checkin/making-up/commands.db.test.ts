import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { addDays, type Day } from "@/lib/day";
import { perform } from "@/lib/perform";
import { orRefuse } from "@/lib/refusal";
import { requestKey } from "@/lib/request-key";
import { DEFAULT_POLICY } from "@/lib/settings/policy";
import { count, rows } from "@/test/database";
import { atOnce, aUser, balanceOf, eventsAbout, freeze, givePerks, ledgerOf, noonIn, refusalOf, theClock, theShop, withPolicy, withRules, type RulePlan, type TestUser } from "@/test/world";

import { checkInAll, type CheckInReply } from "../commands";
import { getCheckInMonth, getMakeUpOffer } from "../queries";

import { makeUp, type MakeUpReply } from "./commands";

const checkIn = async (who: TestUser, inDays: number): Promise<CheckInReply> =>
  orRefuse((await perform(theShop, (ctx) => checkInAll(ctx, [{ userId: who.id, request: requestKey(randomUUID(), "check-in", {}) }]), noonIn(inDays)))[0]!);
const dayIn = (days: number): Day => addDays(theClock.today(), days);
const makeUpDay = (who: TestUser, day: number, onDay: number, pointsShown = 30): Promise<MakeUpReply> =>
  perform(who.actor, (ctx) => makeUp(ctx, { day: dayIn(day), pointsShown }), noonIn(onDay));

type DayRow = { kind: string; streak_days: number; points: number };
const daysOf = async (who: TestUser) =>
  (await rows<DayRow>("SELECT kind, streak_days, points FROM check_ins WHERE user_id = ? ORDER BY local_day", [who.id])).map(({ kind, streak_days, points }) => [kind, streak_days, points]);
const cardsOf = (who: TestUser) => count("SELECT COALESCE(SUM(quantity), 0) FROM perk_moves WHERE user_id = ? AND perk = 'make_up_card'", [who.id]);

/** Somebody who was here on days 0 and 1, missed day 2, and came back on day 3. */
async function whoMissedADay(points = 200): Promise<TestUser> {
  const lin = await aUser({ points });
  for (const day of [0, 1, 3]) await checkIn(lin, day);
  return lin;
}

test("a missed day is filled for a card: the days after it move up and keep what they were paid, and the next goes on from there", async () => {
  const lin = await whoMissedADay();
  await givePerks(lin, "make_up_card", 1);
  const before = await balanceOf(lin);
  expect(await makeUpDay(lin, 2, 3, 0)).toEqual({ day: dayIn(2), streakDays: 4, usedCard: true, pointsSpent: 0, points: 0, pointsPending: 0, perks: [] });
  expect(await daysOf(lin)).toEqual([["check_in", 1, 20], ["check_in", 2, 25], ["make_up", 3, 0], ["check_in", 4, 20]]);
  expect([await cardsOf(lin), await balanceOf(lin)]).toEqual([0, before]);
  expect((await eventsAbout("user", lin.id)).at(-1)).toEqual({ name: "points.day_made_up", actor_id: lin.id, data: { day: dayIn(2), streakDays: 3, points: 0 } });
  expect(await checkIn(lin, 4)).toMatchObject({ streakDays: 5, points: 40 });
});

test("without a card it costs points, spent like any others", async () => {
  const lin = await whoMissedADay();
  const before = await balanceOf(lin);
  expect(await makeUpDay(lin, 2, 3)).toMatchObject({ usedCard: false, pointsSpent: 30 });
  expect(await balanceOf(lin)).toBe(before - 30);
  expect((await ledgerOf(lin)).at(-1)).toMatchObject({ kind: "spend", points_change: -30, source_type: "make_up", source_id: `${lin.id}:${dayIn(2)}` });
});

test("a made-up day reaches prizes for the number of days, and pays nothing else", async () => {
  const rules: RulePlan[] = [
    { effect: { kind: "fixed", points: 5 } }, { conditions: [{ kind: "streak", days: 4 }], effect: { kind: "fixed", points: 500 } },
    { conditions: [{ kind: "check_ins", per: "ever", count: 4 }], effect: { kind: "fixed", points: 100 } }, { effect: { kind: "perk", perk: "make_up_card", quantity: 1 } },
    { conditions: [{ kind: "check_ins", per: "ever", count: 4 }], effect: { kind: "perk", perk: "make_up_card", quantity: 2 } },
  ];
  await withRules("checkin", rules, async () => {
    const lin = await whoMissedADay();
    expect(await cardsOf(lin)).toBe(3);
    expect(await makeUpDay(lin, 2, 3)).toMatchObject({ streakDays: 4, points: 100, perks: [{ perk: "make_up_card", quantity: 2 }] });
    expect(await cardsOf(lin)).toBe(4);
    expect(await checkIn(lin, 4)).toMatchObject({ streakDays: 5, points: 5 });
  });
});

test("a bonus that was paid is not paid again by joining two streaks", async () => {
  const lin = await aUser({ points: 500 });
  for (const day of [0, 1, 2, 4, 5, 6, 7, 8, 9, 10]) await checkIn(lin, day);
  const paid = (await daysOf(lin)).reduce((sum, [, , points]) => sum + Number(points), 0);
  expect(await makeUpDay(lin, 3, 10)).toMatchObject({ streakDays: 11, points: 0 });
  // The twelfth of an unbroken streak is the fifth of its second round, and all in all it was paid less than that streak.
  expect(await checkIn(lin, 11)).toMatchObject({ streakDays: 12, points: 40 });
  expect(paid + 40).toBeLessThan(245 + 20 + 25 + 30 + 35 + 40);
});

test("50 make-ups of one day at once are one", async () => {
  const lin = await whoMissedADay(2_000);
  await givePerks(lin, "make_up_card", 1);
  const answers = await atOnce(50, () => makeUpDay(lin, 2, 3).then(() => "ok", (error: { code?: string }) => error.code));
  expect(answers.filter((answer) => answer === "ok")).toHaveLength(1);
  expect(answers.filter((answer) => answer === "make_up_not_possible")).toHaveLength(49);
  expect(await count("SELECT COUNT(*) FROM check_ins WHERE user_id = ? AND kind = 'make_up'", [lin.id])).toBe(1);
  expect([await cardsOf(lin), await count("SELECT COUNT(*) FROM points_transactions WHERE user_id = ? AND kind = 'spend'", [lin.id])]).toEqual([0, 0]);
});

test("make-ups and the check-in of one moment leave one streak without a hole", async () => {
  for (let round = 0; round < 4; round++) {
    const lin = await whoMissedADay(2_000);
    const pressed = await Promise.allSettled([makeUpDay(lin, 2, 4), checkIn(lin, 4), makeUpDay(lin, 2, 4)]);
    expect(pressed.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect((await daysOf(lin)).map(([, streakDays]) => streakDays)).toEqual([1, 2, 3, 4, 5]);
  }
});

test("days of the last seven can be made up, so many a month", async () => {
  const lin = await aUser({ points: 1_000 });
  await checkIn(lin, 0);
  expect(await refusalOf(makeUpDay(lin, 1, 9))).toBe("make_up_not_possible");
  for (const day of [2, 3, 4]) await makeUpDay(lin, day, 9);
  expect(await refusalOf(makeUpDay(lin, 5, 9))).toBe("make_up_limit");
  expect(await getMakeUpOffer(db(), lin.id, { now: noonIn(9), policy: DEFAULT_POLICY })).toEqual({ left: 0, price: { pay: "points", points: 30 } });
  // The month in which it is done counts, not the day's.
  expect(await getMakeUpOffer(db(), lin.id, { now: noonIn(40), policy: DEFAULT_POLICY })).toMatchObject({ left: 3 });
});

test.each([["before one joined", -1], ["today", 3], ["to come", 4], ["checked in", 1]] as const)("a day %s cannot be made up, and nothing is spent", async (_, day) => {
  const lin = await whoMissedADay();
  const before = await balanceOf(lin);
  expect(await refusalOf(makeUpDay(lin, day, 3))).toBe("make_up_not_possible");
  expect(await balanceOf(lin)).toBe(before);
});

test("a day of the last century is refused before anything is read", async () => {
  const lin = await aUser();
  expect(await refusalOf(perform(lin.actor, (ctx) => makeUp(ctx, { day: "1970-01-01" as Day, pointsShown: 30 })))).toBe("make_up_not_possible");
});

test("too few points, a price that rose, a frozen account", async () => {
  const poor = await aUser();
  await checkIn(poor, 0);
  expect(await refusalOf(makeUpDay(poor, 1, 2))).toBe("insufficient_points");
  const lin = await whoMissedADay();
  expect(await refusalOf(makeUpDay(lin, 2, 3, 0))).toBe("price_changed");
  await withPolicy({ makeUpPoints: 45 }, async () => expect(await refusalOf(makeUpDay(lin, 2, 3))).toBe("price_changed"));
  await withPolicy({ makeUpPoints: 0 }, async () => expect(await refusalOf(makeUpDay(lin, 2, 3))).toBe("make_up_not_possible"));
  await withPolicy({ makeUpDays: 0 }, async () => expect(await refusalOf(makeUpDay(lin, 2, 3))).toBe("make_up_not_possible"));
  await freeze(lin);
  expect(await refusalOf(makeUpDay(lin, 2, 3))).toBe("account_frozen");
});

test("a day that a freeze protects is not made up, and one beside it is", async () => {
  const lin = await aUser({ points: 200 });
  await givePerks(lin, "streak_freeze", 1);
  await checkIn(lin, 0);
  await checkIn(lin, 2);
  expect(await refusalOf(makeUpDay(lin, 1, 3))).toBe("make_up_not_possible");
  await checkIn(lin, 4);
  await makeUpDay(lin, 3, 4);
  expect(await daysOf(lin)).toEqual([["check_in", 1, 20], ["freeze", 1, 0], ["check_in", 2, 25], ["make_up", 3, 0], ["check_in", 4, 20]]);
});

test("the calendar offers the days that can be made up, and marks those that were", async () => {
  const lin = await whoMissedADay();
  const cell = async (day: number) => {
    const { weeks } = await getCheckInMonth(db(), lin.id, () => dayIn(day), { now: noonIn(3), policy: DEFAULT_POLICY });
    return weeks.flat().find((each) => each?.day === dayIn(day));
  };
  expect(await cell(2)).toMatchObject({ state: "missed", canMakeUp: true });
  await makeUpDay(lin, 2, 3);
  expect(await cell(2)).toMatchObject({ state: "made-up", canMakeUp: false });
});
