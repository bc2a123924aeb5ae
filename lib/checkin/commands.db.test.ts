import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { perform } from "@/lib/perform";
import { requestKey } from "@/lib/request-key";
import { DEFAULT_POLICY } from "@/lib/settings/policy";
import { count, rows } from "@/test/database";
import { accountOf, aUser, balanceOf, endOfDayIn, eventsAbout, givePerks, ledgerOf, lotsOf, noonIn, theClock, theShop, withRules, type RulePlan, type TestUser } from "@/test/world";

import { checkInAll, type CheckInReply } from "./commands";
import { getCheckInStatus } from "./queries";

const checkIn = async (who: TestUser, now = theClock.now(), key: string = randomUUID(), body: unknown = {}) =>
  (await perform(theShop, (ctx) => checkInAll(ctx, [{ userId: who.id, request: requestKey(key, "check-in", body) }]), now))[0]!;

const replyOf = async (...press: Parameters<typeof checkIn>): Promise<CheckInReply> => {
  const answer = await checkIn(...press);
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
};

type DayRow = { local_day: string; kind: string; streak_days: number; points: number };
const daysOf = (who: TestUser) => rows<DayRow>("SELECT local_day, kind, streak_days, points FROM check_ins WHERE user_id = ? ORDER BY local_day", [who.id]);
const held = (who: TestUser, perk: string) => count("SELECT COALESCE(SUM(quantity), 0) FROM perk_moves WHERE user_id = ? AND perk = ?", [who.id, perk]);
const statusOf = (who: TestUser, now: Date) => getCheckInStatus(db(), who.id, { now, policy: DEFAULT_POLICY });

test("a check-in is a row, an entry, a lot that is good for a year, and an event", async () => {
  const lin = await aUser();
  expect(await replyOf(lin)).toEqual({ day: theClock.today(), streakDays: 1, points: 20, pointsPending: 0, pointsAvailable: 20, perks: [], frozenDays: 0 });
  expect(await daysOf(lin)).toEqual([{ local_day: theClock.today(), kind: "check_in", streak_days: 1, points: 20 }]);
  expect(await ledgerOf(lin)).toMatchObject([{ kind: "earn", points_change: 20, balance_after: 20, source_type: "check_in", source_id: `${lin.id}:${theClock.today()}` }]);
  expect(await lotsOf(lin)).toMatchObject([{ points_remaining: 20, expires_at: endOfDayIn(365) }]);
  expect(await accountOf(lin)).toMatchObject({ total_points_earned: 20 });
  expect((await eventsAbout("user", lin.id)).at(-1)).toEqual({ name: "points.checked_in", actor_id: lin.id, data: { day: theClock.today(), streakDays: 1, points: 20 } });
});

test("seven days of check-in climb the ladder and bring a make-up card; the eighth begins the next round", async () => {
  const lin = await aUser();
  const replies: CheckInReply[] = [];
  for (let day = 0; day < 8; day++) replies.push(await replyOf(lin, noonIn(day)));
  expect(replies.map(({ points }) => points)).toEqual([20, 25, 30, 35, 40, 45, 50, 20]);
  expect(replies.map(({ perks }) => perks.length)).toEqual([0, 0, 0, 0, 0, 0, 1, 0]);
  expect(await held(lin, "make_up_card")).toBe(1);
});

test.each([
  ["restart", [10, 20, 30, 10, 20]], ["continue", [10, 20, 30, 30, 30]],
] as const)("after the ladder's last step: %s", async (after, points) => {
  await withRules("checkin", [{ effect: { kind: "ladder", steps: [10, 20, 30], after } }], async () => {
    const lin = await aUser();
    const given: number[] = [];
    for (let day = 0; day < 5; day++) given.push((await replyOf(lin, noonIn(day))).points);
    expect(given).toEqual(points);
  });
});

test("a ladder by the month starts again on the first, and the streak goes on", async () => {
  await withRules("checkin", [{ effect: { kind: "ladder", steps: [10, 20, 30, 40, 50, 60, 70], after: "month" } }], async () => {
    const lin = await aUser();
    const given: number[] = [];
    for (const day of ["2028-02-28", "2028-02-29", "2028-03-01", "2028-03-02"]) {
      const reply = await replyOf(lin, new Date(`${day}T04:00:00Z`));
      given.push(reply.points, reply.streakDays);
    }
    expect(given).toEqual([10, 1, 20, 2, 10, 3, 20, 4]);
  });
});

test("a step that gives nothing is still a day of the streak", async () => {
  await withRules("checkin", [{ effect: { kind: "ladder", steps: [0, 30], after: "continue" } }], async () => {
    const lin = await aUser();
    expect(await replyOf(lin, noonIn(0))).toMatchObject({ points: 0, streakDays: 1 });
    expect(await replyOf(lin, noonIn(1))).toMatchObject({ points: 30, streakDays: 2 });
    expect(await ledgerOf(lin)).toHaveLength(1);
  });
});

test("prizes for the number of days come with the day that reaches them, once, whether or not there were gaps", async () => {
  const rules: RulePlan[] = [{ effect: { kind: "fixed", points: 5 } }, { conditions: [{ kind: "check_ins", per: "ever", count: 3 }], effect: { kind: "fixed", points: 100 } }];
  await withRules("checkin", rules, async () => {
    const lin = await aUser();
    const given: number[] = [];
    for (const day of [0, 2, 4, 5]) given.push((await replyOf(lin, noonIn(day))).points);
    expect(given).toEqual([5, 5, 105, 5]);
  });
});

test("parts that are kept by other terms are grants of their own, and those that wait are pending", async () => {
  const rules: RulePlan[] = [
    { effect: { kind: "fixed", points: 5 } }, { effect: { kind: "fixed", points: 7 }, expiry: { kind: "rolling", every: 10, unit: "day" } },
    { effect: { kind: "fixed", points: 11 }, holding: { kind: "days", days: 3 } },
  ];
  await withRules("checkin", rules, async () => {
    const lin = await aUser();
    expect(await replyOf(lin)).toMatchObject({ points: 12, pointsPending: 11, pointsAvailable: 12 });
    expect((await ledgerOf(lin)).map((entry) => [entry.source_id, entry.points_change])).toEqual([[`${lin.id}:${theClock.today()}`, 5], [`${lin.id}:${theClock.today()}~2`, 7]]);
    expect(await daysOf(lin)).toMatchObject([{ points: 23 }]);
  });
});

test("a day that is missed begins the streak anew", async () => {
  const lin = await aUser();
  await checkIn(lin, noonIn(0));
  await checkIn(lin, noonIn(1));
  expect(await replyOf(lin, noonIn(3))).toMatchObject({ streakDays: 1, points: 20, frozenDays: 0 });
});

test("23:59 and 00:01 in the programme's zone are two days", async () => {
  const lin = await aUser();
  const midnight = endOfDayIn(0).getTime();
  expect(await replyOf(lin, new Date(midnight - 60_000))).toMatchObject({ streakDays: 1 });
  expect(await replyOf(lin, new Date(midnight + 60_000))).toMatchObject({ streakDays: 2 });
});

test("a second check-in of a day is refused, at whatever hour", async () => {
  const lin = await aUser();
  await checkIn(lin);
  expect(await checkIn(lin)).toEqual({ ok: false, code: "already_checked_in", detail: {} });
  expect(await checkIn(lin, new Date(endOfDayIn(0).getTime() - 1))).toMatchObject({ code: "already_checked_in" });
});

test("a clock that was set back grants nothing twice", async () => {
  const lin = await aUser();
  await checkIn(lin, noonIn(2));
  expect(await checkIn(lin, noonIn(1))).toMatchObject({ code: "already_checked_in" });
  expect(await balanceOf(lin)).toBe(20);
  expect(await statusOf(lin, noonIn(1))).toMatchObject({ isDoneToday: true, streakDays: 1 });
});

test("a frozen person cannot check in", async () => {
  const lin = await aUser({ isFrozen: true });
  expect(await checkIn(lin)).toEqual({ ok: false, code: "account_frozen", detail: {} });
  expect(await ledgerOf(lin)).toEqual([]);
});

test("a repeated key gets the first reply, even the next day; with another body it is refused", async () => {
  const lin = await aUser();
  const first = await checkIn(lin, noonIn(0), "my-key");
  expect(await checkIn(lin, noonIn(1), "my-key")).toEqual(first);
  expect(await checkIn(lin, noonIn(1), "my-key", { other: true })).toMatchObject({ code: "request_key_reused" });
  expect(await balanceOf(lin)).toBe(20);
});

test("two people may use the same key", async () => {
  const [lin, mei] = [await aUser(), await aUser()];
  expect(await checkIn(lin, theClock.now(), "k-1")).toMatchObject({ ok: true });
  expect(await checkIn(mei, theClock.now(), "k-1")).toMatchObject({ ok: true });
});

test("a shop without a check-in rule says so", async () => {
  await withRules("checkin", [], async () => {
    expect(await checkIn(await aUser())).toEqual({ ok: false, code: "unknown_action", detail: {} });
  });
});

test("in one set each has an answer of their own: the one who is refused costs the others nothing", async () => {
  const [lin, mei, bo] = [await aUser(), await aUser({ isFrozen: true }), await aUser()];
  await checkIn(bo);
  const answers = await perform(theShop, (ctx) => checkInAll(ctx, [lin, mei, bo].map(({ id }) => ({ userId: id, request: requestKey(undefined, "check-in", {}) }))));
  expect(answers.map((answer) => (answer.ok ? "ok" : answer.code))).toEqual(["ok", "account_frozen", "already_checked_in"]);
  expect(await balanceOf(lin)).toBe(20);
});

test("a freeze that is held is used by itself for the missed day, and the reply says so", async () => {
  const lin = await aUser();
  await givePerks(lin, "streak_freeze", 2);
  await checkIn(lin, noonIn(0));
  await checkIn(lin, noonIn(1));
  expect(await statusOf(lin, noonIn(3))).toMatchObject({ isDoneToday: false, streakDays: 2, frozenDays: 1, todaysPoints: 30 });
  expect(await replyOf(lin, noonIn(3))).toMatchObject({ streakDays: 3, points: 30, frozenDays: 1 });
  expect((await daysOf(lin)).map(({ kind, streak_days, points }) => [kind, streak_days, points])).toEqual([["check_in", 1, 20], ["check_in", 2, 25], ["freeze", 2, 0], ["check_in", 3, 30]]);
  expect(await held(lin, "streak_freeze")).toBe(1);
  expect(await statusOf(lin, noonIn(3))).toMatchObject({ isDoneToday: true, streakDays: 3, frozenDays: 1, perks: { streak_freeze: 1 } });
});

test("a protected day is not a check-in for prizes by the number of days", async () => {
  const rules: RulePlan[] = [{ effect: { kind: "fixed", points: 5 } }, { conditions: [{ kind: "check_ins", per: "ever", count: 2 }], effect: { kind: "fixed", points: 100 } }];
  await withRules("checkin", rules, async () => {
    const lin = await aUser();
    await givePerks(lin, "streak_freeze", 1);
    await checkIn(lin, noonIn(0));
    expect(await replyOf(lin, noonIn(2))).toMatchObject({ points: 105, frozenDays: 1, streakDays: 2 });
  });
});

test("freezes that do not cover all that was missed are kept", async () => {
  const lin = await aUser();
  await givePerks(lin, "streak_freeze", 2);
  await checkIn(lin, noonIn(0));
  expect(await replyOf(lin, noonIn(4))).toMatchObject({ streakDays: 1, frozenDays: 0 });
  expect(await held(lin, "streak_freeze")).toBe(2);
});

test("nobody is given more freezes than they can hold", async () => {
  await withRules("checkin", [{ effect: { kind: "perk", perk: "streak_freeze", quantity: 3 } }], async () => {
    const lin = await aUser();
    expect(await replyOf(lin, noonIn(0))).toMatchObject({ points: 0, perks: [{ perk: "streak_freeze", quantity: 2 }] });
    expect(await replyOf(lin, noonIn(1))).toMatchObject({ perks: [] });
    expect(await held(lin, "streak_freeze")).toBe(2);
    expect(await replyOf(lin, noonIn(3))).toMatchObject({ frozenDays: 1, perks: [{ perk: "streak_freeze", quantity: 1 }] });
    expect(await held(lin, "streak_freeze")).toBe(2);
  });
});

test("the page shows the streak, today's points and what comes next", async () => {
  const lin = await aUser();
  await checkIn(lin, noonIn(-1));
  expect(await statusOf(lin, theClock.now())).toMatchObject({ isDoneToday: false, streakDays: 1, todaysPoints: 25, next: { points: 25, streakDays: 2 }, untilBonus: { days: 6, points: 50 } });
  await checkIn(lin, theClock.now());
  expect(await statusOf(lin, theClock.now())).toMatchObject({ isDoneToday: true, streakDays: 2, longestStreak: 2, next: { points: 30, streakDays: 3 }, untilBonus: { days: 5, points: 50 } });
});

test("the page promises what the check-in then gives, with its prizes", async () => {
  const rules: RulePlan[] = [
    { effect: { kind: "ladder", steps: [10, 20], after: "continue" } }, { conditions: [{ kind: "streak", days: 3 }], effect: { kind: "fixed", points: 50 } },
    { conditions: [{ kind: "check_ins", per: "ever", count: 2 }], effect: { kind: "fixed", points: 7 } },
  ];
  await withRules("checkin", rules, async () => {
    const lin = await aUser();
    for (const [day, points] of [[0, 10], [1, 27], [2, 70], [3, 20]] as const) {
      expect(await statusOf(lin, noonIn(day))).toMatchObject({ todaysPoints: points });
      expect(await replyOf(lin, noonIn(day))).toMatchObject({ points });
    }
    expect((await statusOf(lin, noonIn(3))).prizes.map(({ goal, progress, isReached }) => [goal.kind, progress, isReached])).toEqual([["ever", 2, true], ["streak", 3, true]]);
  });
});
