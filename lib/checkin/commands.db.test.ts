import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { perform } from "@/lib/perform";
import { requestKey } from "@/lib/request-key";
import { rows } from "@/test/database";
import { accountOf, aUser, balanceOf, endOfDayIn, eventsAbout, ledgerOf, lotsOf, noonIn, theClock, theShop, type TestUser } from "@/test/world";

import { checkInAll, type CheckInReply } from "./commands";
import { getCheckInStatus } from "./queries";

const checkIn = async (who: TestUser, now = theClock.now(), key: string = randomUUID(), body: unknown = {}) =>
  (await perform(theShop, (ctx) => checkInAll(ctx, [{ userId: who.id, request: requestKey(key, "check-in", body) }]), now))[0]!;

const replyOf = async (...press: Parameters<typeof checkIn>): Promise<CheckInReply> => {
  const answer = await checkIn(...press);
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
};

test("a check-in is a row, an entry, a lot that is good for a year, and an event", async () => {
  const lin = await aUser();
  expect(await replyOf(lin)).toEqual({ day: theClock.today(), streakDays: 1, points: 20, pointsAvailable: 20 });
  expect(await rows("SELECT local_day, streak_days, points FROM check_ins WHERE user_id = ?", [lin.id])).toEqual([{ local_day: theClock.today(), streak_days: 1, points: 20 }]);
  expect(await ledgerOf(lin)).toMatchObject([{ kind: "earn", points_change: 20, balance_after: 20, source_type: "check_in" }]);
  expect(await lotsOf(lin)).toMatchObject([{ points_remaining: 20, expires_at: endOfDayIn(365) }]);
  expect(await accountOf(lin)).toMatchObject({ total_points_earned: 20 });
  expect((await eventsAbout("user", lin.id)).at(-1)).toEqual({ name: "points.checked_in", actor_id: lin.id, data: { day: theClock.today(), streakDays: 1, points: 20 } });
});

test("a streak climbs the ladder to its seventh day and begins the next round on the eighth", async () => {
  const lin = await aUser();
  const points: number[] = [];
  for (let day = 0; day < 8; day++) points.push((await replyOf(lin, noonIn(day))).points);
  expect(points).toEqual([20, 25, 30, 35, 40, 45, 50, 20]);
});

test("a day that is missed begins the streak anew", async () => {
  const lin = await aUser();
  await checkIn(lin, noonIn(0));
  await checkIn(lin, noonIn(1));
  expect(await replyOf(lin, noonIn(3))).toMatchObject({ streakDays: 1, points: 20 });
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
  const lin = await aUser();
  await rows("UPDATE points_rules SET is_active = 0 WHERE action_type = 'checkin'");
  try {
    expect(await checkIn(lin)).toEqual({ ok: false, code: "unknown_action", detail: {} });
  } finally {
    await rows("UPDATE points_rules SET is_active = 1 WHERE action_type = 'checkin'");
  }
});

test("in one set each has an answer of their own: the one who is refused costs the others nothing", async () => {
  const [lin, mei, bo] = [await aUser(), await aUser({ isFrozen: true }), await aUser()];
  await checkIn(bo);
  const answers = await perform(theShop, (ctx) => checkInAll(ctx, [lin, mei, bo].map(({ id }) => ({ userId: id, request: requestKey(undefined, "check-in", {}) }))));
  expect(answers.map((answer) => (answer.ok ? "ok" : answer.code))).toEqual(["ok", "account_frozen", "already_checked_in"]);
  expect(await balanceOf(lin)).toBe(20);
});

test("the page shows the streak, today's points and what comes next", async () => {
  const lin = await aUser();
  await checkIn(lin, noonIn(-1));
  const before = await getCheckInStatus(db(), lin.id, theClock.today());
  expect(before).toMatchObject({ isDoneToday: false, streakDays: 1, todaysPoints: 25, next: { points: 25, streakDays: 2 }, untilBonus: { days: 6, points: 50 } });
  await checkIn(lin, theClock.now());
  const after = await getCheckInStatus(db(), lin.id, theClock.today());
  expect(after).toMatchObject({ isDoneToday: true, streakDays: 2, longestStreak: 2, next: { points: 30, streakDays: 3 }, untilBonus: { days: 5, points: 50 } });
});
