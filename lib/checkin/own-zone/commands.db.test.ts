import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { perform } from "@/lib/perform";
import type { Decision } from "@/lib/refusal";
import { requestKey } from "@/lib/request-key";
import { DEFAULT_POLICY } from "@/lib/settings/policy";
import { count, rows } from "@/test/database";
import { atOnce, aUser, balanceOf, eventsAbout, refusalOf, tally, theShop, withPolicy, type TestUser } from "@/test/world";

import { checkInAll, type CheckInReply } from "../commands";
import { getCheckInStatus } from "../queries";

import { setTimeZone } from "./commands";

const at = (text: string): Date => new Date(text);
const checkIn = async (who: TestUser, now: Date): Promise<Decision<CheckInReply>> =>
  (await perform(theShop, (ctx) => checkInAll(ctx, [{ userId: who.id, request: requestKey(randomUUID(), "check-in", {}) }]), now))[0]!;
const checkedIn = async (who: TestUser, now: Date): Promise<string> => {
  const answer = await checkIn(who, now);
  return answer.ok ? `${answer.value.day} ${answer.value.streakDays}` : answer.code;
};
const move = (who: TestUser, timeZone: string | null, now: Date) => perform(who.actor, (ctx) => setTimeZone(ctx, { timeZone }), now);
const kindsOf = async (who: TestUser) => (await rows<{ kind: string; streak_days: number }>("SELECT kind, streak_days FROM check_ins WHERE user_id = ? ORDER BY local_day", [who.id])).map(({ kind, streak_days }) => `${kind} ${streak_days}`);

test("a zone of one's own begins with the next day, and the page says so until then", async () => {
  const lin = await aUser();
  expect(await move(lin, "Europe/London", at("2028-03-10T04:00:00Z"))).toEqual({ timeZone: "Europe/London", from: "2028-03-10T16:00:00.000Z", until: "Asia/Shanghai" });
  expect((await eventsAbout("user", lin.id)).at(-1)).toMatchObject({ name: "account.changed", data: { fields: ["timeZone"] } });
  const calendar = async (now: string) => (await getCheckInStatus(db(), lin.id, { now: at(now), policy: DEFAULT_POLICY })).calendar;
  expect(await calendar("2028-03-10T15:59:59Z")).toMatchObject({ today: "2028-03-10", timeZone: "Asia/Shanghai", isOwn: false, waiting: { timeZone: "Europe/London" } });
  // London's clock still shows the tenth: that day goes on until its midnight.
  expect(await calendar("2028-03-10T16:00:00Z")).toMatchObject({ today: "2028-03-10", timeZone: "Europe/London", isOwn: true, waiting: null });
  expect(await calendar("2028-03-11T00:00:00Z")).toMatchObject({ today: "2028-03-11" });
});

test("westward no day can be checked in twice and the streak lives", async () => {
  const lin = await aUser();
  expect(await checkedIn(lin, at("2028-03-09T04:00:00Z"))).toBe("2028-03-09 1");
  expect(await checkedIn(lin, at("2028-03-10T04:00:00Z"))).toBe("2028-03-10 2");
  await move(lin, "Pacific/Niue", at("2028-03-10T04:01:00Z"));
  expect(await checkedIn(lin, at("2028-03-10T16:00:00Z"))).toBe("already_checked_in");
  expect(await checkedIn(lin, at("2028-03-11T10:59:59Z"))).toBe("already_checked_in");
  expect(await checkedIn(lin, at("2028-03-11T11:00:00Z"))).toBe("2028-03-11 3");
});

test("eastward across the date line a day that does not exist is skipped, and the streak lives", async () => {
  const lin = await aUser();
  await move(lin, "Pacific/Niue", at("2028-01-10T04:00:00Z"));
  expect(await checkedIn(lin, at("2028-03-10T20:00:00Z"))).toBe("2028-03-10 1");
  await move(lin, "Pacific/Kiritimati", at("2028-03-10T20:01:00Z"));
  expect(await checkedIn(lin, at("2028-03-11T10:59:59Z"))).toBe("already_checked_in");
  expect(await checkedIn(lin, at("2028-03-11T11:00:00Z"))).toBe("2028-03-12 2");
  expect(await kindsOf(lin)).toEqual(["check_in 1", "skipped 1", "check_in 2"]);
});

test("a zone changes at most once a month; the same one again is no change", async () => {
  const lin = await aUser();
  await move(lin, "Europe/London", at("2028-03-10T04:00:00Z"));
  await move(lin, "Europe/London", at("2028-03-10T04:05:00Z"));
  expect(await refusalOf(move(lin, "Asia/Tokyo", at("2028-03-10T04:06:00Z")))).toBe("time_zone_changed_lately");
  expect(await refusalOf(move(lin, null, at("2028-04-09T04:00:00Z")))).toBe("time_zone_changed_lately");
  expect(await move(lin, null, at("2028-04-10T04:00:00Z"))).toMatchObject({ timeZone: "Asia/Shanghai" });
});

test("30 changes of zone at once are one", async () => {
  const lin = await aUser();
  const zones = ["Europe/London", "Asia/Tokyo", "America/New_York"];
  const answers = await atOnce(30, (index) => move(lin, zones[index % 3]!, at("2028-03-10T04:00:00Z")).then(({ timeZone }) => timeZone, (error: { code?: string }) => error.code));
  const won = answers.filter((answer) => answer !== "time_zone_changed_lately");
  expect(new Set(won).size).toBe(1);
  expect(await count("SELECT COUNT(*) FROM events WHERE subject_type = 'user' AND subject_id = ? AND name = 'account.changed'", [String(lin.id)])).toBe(1);
});

test("a change and check-ins of the same moment make one check-in of the day", async () => {
  const lin = await aUser();
  const now = at("2028-03-10T15:59:59Z");
  const answers = await Promise.all([...Array.from({ length: 10 }, () => checkIn(lin, now)), move(lin, "Pacific/Kiritimati", now), ...Array.from({ length: 10 }, () => checkIn(lin, now))]);
  expect(tally(answers.filter((answer): answer is Decision<CheckInReply> => "ok" in answer))).toEqual({ ok: 1, already_checked_in: 19 });
  expect(await balanceOf(lin)).toBe(20);
});

test("in a programme with one zone for all, days are the programme's and no zone is set", async () => {
  const lin = await aUser();
  await move(lin, "Pacific/Niue", at("2028-03-01T04:00:00Z"));
  await withPolicy({ ownTimeZone: false }, async () => {
    expect(await refusalOf(move(lin, "Europe/London", at("2028-05-10T04:00:00Z")))).toBe("forbidden");
    expect(await checkedIn(lin, at("2028-05-10T20:00:00Z"))).toBe("2028-05-11 1");
  });
});
