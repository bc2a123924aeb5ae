import { beforeEach, expect, test } from "vitest";

import { setPreferences } from "@/lib/notifications/commands";
import { perform } from "@/lib/perform";
import { count, rows } from "@/test/database";
import { anOrder, atOnce, aMug, aUser, theClock, usersWith, type TestUser } from "@/test/world";

import { remindExpiringJob } from "./remind-expiring";

beforeEach(async () => {
  // Each test starts with nobody's points about to expire: those of the tests before it move out of sight.
  await rows("UPDATE point_lots SET expires_at = expires_at + INTERVAL 1000 DAY WHERE points_remaining > 0");
  await rows("DELETE FROM expiry_reminders");
  await rows("DELETE FROM notifications");
  await rows("DELETE FROM mail_messages");
});

const run = () => remindExpiringJob.run(theClock.now(), Date.now() + 20_000);

const verified = async (who: TestUser): Promise<TestUser> => {
  await rows("UPDATE users SET email_verified_at = COALESCE(email_verified_at, created_at) WHERE id = ?", [who.id]);
  return who;
};
const holder = async (...lots: { points: number; expiresInDays: number }[]): Promise<TestUser> => verified(await aUser({ lots }));

type Told = { data: { points: number; daysLeft: number; day: string } };
const toldTo = async ({ id }: TestUser): Promise<Told["data"][]> => (await rows<Told>("SELECT data FROM notifications WHERE user_id = ? AND kind = 'points_expiring' ORDER BY id", [id])).map(({ data }) => data);
const mailedTo = async ({ id }: TestUser): Promise<{ points: number; name: string }[]> =>
  (await rows<{ props: { points: number; name: string } }>("SELECT props FROM mail_messages WHERE user_id = ? AND template = 'points_expiring' ORDER BY id", [id])).map(({ props }) => props);
const remindersOf = async ({ id }: TestUser): Promise<number[]> => (await rows<{ days_before: number }>("SELECT days_before FROM expiry_reminders WHERE user_id = ? ORDER BY created_at, days_before", [id])).map((row) => row.days_before);

test("who loses points in seven days is told once in the shop and once by mail, and a second run tells nobody", async () => {
  const who = await holder({ points: 20, expiresInDays: 7 }, { points: 80, expiresInDays: 200 });
  expect(await run()).toMatchObject({ people: 1, points: 20, finished: 1 });
  expect(await toldTo(who)).toMatchObject([{ points: 20, daysLeft: 7 }]);
  expect(await mailedTo(who)).toMatchObject([{ points: 20, name: who.username }]);
  expect(await run()).toMatchObject({ people: 0, points: 0 });
  expect([await toldTo(who), await mailedTo(who)].map((each) => each.length)).toEqual([1, 1]);
});

test("the amount is what is left of that day's points", async () => {
  const who = await holder({ points: 150, expiresInDays: 7 });
  await anOrder(who, await aMug({ pointsPrice: 100 }));
  await run();
  expect(await toldTo(who)).toMatchObject([{ points: 50 }]);
});

test("points that were spent meanwhile are not reminded of", async () => {
  const who = await holder({ points: 100, expiresInDays: 1 });
  await anOrder(who, await aMug({ pointsPrice: 100 }));
  expect(await run()).toMatchObject({ people: 0 });
});

test("the reminders of thirty, seven and one day come each on its day", async () => {
  const who = await holder({ points: 20, expiresInDays: 31 });
  const told: number[][] = [];
  for (let day = 0; day <= 31; day++) {
    if ((await run()).people === 1) told.push([day, (await toldTo(who)).at(-1)!.daysLeft]);
    theClock.passDays(1);
  }
  expect(told).toEqual([[1, 30], [24, 7], [30, 1]]);
  expect(await mailedTo(who)).toHaveLength(3);
});

test("a reminder that was missed comes late, and says how many days are left in truth", async () => {
  const who = await holder({ points: 20, expiresInDays: 10 });
  theClock.passDays(6);
  await run();
  expect(await toldTo(who)).toMatchObject([{ points: 20, daysLeft: 4 }]);
  expect(await remindersOf(who)).toEqual([7]);
  theClock.passDays(3);
  await run();
  expect(await remindersOf(who)).toEqual([7, 1]);
});

test("what was missed does not come after a later reminder", async () => {
  const who = await holder({ points: 20, expiresInDays: 40 });
  theClock.passDays(39);
  expect(await run()).toMatchObject({ people: 1 });
  expect(await run()).toMatchObject({ people: 0 });
  expect(await remindersOf(who)).toEqual([1]);
});

test("points that came after a reminder was due are not told of at once", async () => {
  const who = await holder({ points: 20, expiresInDays: 5 });
  expect(await run()).toMatchObject({ people: 0 });
  theClock.passDays(4);
  expect(await run()).toMatchObject({ people: 1 });
  expect(await remindersOf(who)).toEqual([1]);
});

test("who wants no mail of it gets none, who wants neither gets nothing, and switching it on later brings back nothing", async () => {
  const [noMail, neither] = [await holder({ points: 5, expiresInDays: 7 }), await holder({ points: 5, expiresInDays: 7 })];
  await perform(noMail.actor, (ctx) => setPreferences(ctx, { preferences: { points_expiring: { inApp: true, byMail: false } } }));
  await perform(neither.actor, (ctx) => setPreferences(ctx, { preferences: { points_expiring: { inApp: false, byMail: false } } }));
  await run();
  expect([await toldTo(noMail), await mailedTo(noMail), await toldTo(neither), await mailedTo(neither)].map((each) => each.length)).toEqual([1, 0, 0, 0]);
  await perform(neither.actor, (ctx) => setPreferences(ctx, { preferences: { points_expiring: { inApp: true, byMail: true } } }));
  expect(await run()).toMatchObject({ people: 0 });
});

test("nothing is mailed to an address that nobody has proved to be theirs", async () => {
  const who = await holder({ points: 5, expiresInDays: 7 });
  await rows("UPDATE users SET email_verified_at = NULL WHERE id = ?", [who.id]);
  await run();
  expect([(await toldTo(who)).length, (await mailedTo(who)).length]).toEqual([1, 0]);
});

test("somebody who was erased hears nothing more", async () => {
  const who = await holder({ points: 5, expiresInDays: 7 });
  await rows("UPDATE users SET erased_at = created_at WHERE id = ?", [who.id]);
  await run();
  expect([(await toldTo(who)).length, (await mailedTo(who)).length]).toEqual([0, 0]);
});

test("two runs at once remind each person once", async () => {
  const people = await atOnce(8, () => holder({ points: 5, expiresInDays: 7 }));
  const reports = await atOnce(2, run);
  expect(reports.reduce((sum, report) => sum + Number(report.people), 0)).toBe(8);
  for (const who of people) expect([(await toldTo(who)).length, (await mailedTo(who)).length]).toEqual([1, 1]);
});

test("more people than one batch holds are all reminded", async () => {
  await usersWith(5, 620);
  await rows("UPDATE point_lots SET expires_at = ?, created_at = ? WHERE user_id IN (SELECT id FROM users WHERE username LIKE 'buyer-%')", [new Date(theClock.now().getTime() + 7 * 86_400_000), new Date(theClock.now().getTime() - 86_400_000)]);
  expect(await run()).toMatchObject({ people: 620, points: 3_100, finished: 1 });
  expect(await count("SELECT COUNT(*) FROM notifications")).toBe(620);
  expect(await run()).toMatchObject({ people: 0 });
});

test("a run without time reminds nobody and says that it is not finished", async () => {
  await holder({ points: 5, expiresInDays: 7 });
  expect(await remindExpiringJob.run(theClock.now(), Date.now() - 1)).toMatchObject({ people: 0, finished: 0 });
});
