import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { earn } from "@/app/api/points/earn/handler";
import { checkInAll } from "@/lib/checkin/commands";
import { checkIn } from "@/lib/checkin/lanes";
import { startOfDay, addDays } from "@/lib/day";
import { recordVisit, signUpWithPassword, verifyWithLink } from "@/lib/entrance";
import { perform } from "@/lib/perform";
import { requestKey } from "@/lib/request-key";
import { earnPoints } from "@/lib/rules/commands";

import { count, rows } from "../database";
import { aToken, atOnce, aUser, balanceOf, inProcess, ledgerOf, tally, theClock, theShop, ZONE, type TestUser } from "../world";

const wish = (who: TestUser, key: string = randomUUID()) => ({ userId: who.id, request: requestKey(key, "check-in", {}) });
const checkInAlone = async (who: TestUser, key?: string, now = theClock.now()) => (await perform(theShop, (ctx) => checkInAll(ctx, [wish(who, key)]), now))[0]!;

let turn = 0;
const ways = [
  { way: "one process", press: (who: TestUser, key?: string) => checkIn(wish(who, key)) },
  { way: "four processes", press: (who: TestUser, key?: string) => inProcess(++turn % 4, () => checkIn(wish(who, key))) },
  { way: "one transaction each", press: (who: TestUser, key?: string) => checkInAlone(who, key) },
];

test.each(ways)("50 check-ins at once are one ($way)", async ({ press }) => {
  const lin = await aUser();
  expect(tally(await atOnce(50, () => press(lin)))).toEqual({ ok: 1, already_checked_in: 49 });
  expect(await balanceOf(lin)).toBe(20);
  expect(await ledgerOf(lin)).toHaveLength(1);
});

test.each(ways)("one key pressed 50 times is one check-in and one reply ($way)", async ({ press }) => {
  const lin = await aUser();
  const key = randomUUID();
  const answers = await atOnce(50, () => press(lin, key));
  expect(tally(answers)).toEqual({ ok: 50 });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(await balanceOf(lin)).toBe(20);
});

test("one key pressed 50 times over HTTP: fifty replies, byte for byte the same", async () => {
  const lin = await aUser();
  const token = await aToken(lin);
  const key = randomUUID();
  const replies = await atOnce(50, () =>
    earn(new Request("http://shop/api/points/earn", {
      method: "POST", headers: { "content-type": "application/json", "x-auth-token": token, "idempotency-key": key }, body: JSON.stringify({ actionType: "checkin" }),
    })));
  const bodies = await Promise.all(replies.map((reply) => reply.text()));
  expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
  expect(new Set(bodies).size).toBe(1);
  expect(await balanceOf(lin)).toBe(20);
});

test("20 people × 10 presses: each is checked in once, and no one else's press costs them theirs", async () => {
  const people = await Promise.all(Array.from({ length: 20 }, () => aUser()));
  const answers = await Promise.all(people.flatMap((who) => ways.flatMap(({ press }) => [press(who), press(who), press(who)])));
  expect(tally(answers)).toEqual({ ok: 20, already_checked_in: 160 });
  for (const who of people) expect(await balanceOf(who)).toBe(20);
});

test("presses around midnight: one check-in for each of the two days, and a streak of two", async () => {
  const lin = await aUser();
  const midnight = startOfDay(addDays(theClock.today(), 1), ZONE).getTime();
  const answers = await atOnce(40, (index) => checkInAlone(lin, undefined, new Date(midnight + (index % 2 === 0 ? -1 : 1))));
  const done = await rows<{ streak_days: number }>("SELECT streak_days FROM check_ins WHERE user_id = ? ORDER BY local_day", [lin.id]);
  // A press of the old day that comes after one of the new day is refused: the day is over. So the old day may be missed, never doubled.
  expect(tally(answers).ok).toBe(done.length);
  expect([[1], [1, 2]]).toContainEqual(done.map(({ streak_days }) => streak_days));
});

/** The token in the latest link that was sent to an address. */
async function linkTo(email: string): Promise<string> {
  const [mail] = await rows<{ props: { link: string } }>("SELECT props FROM mail_messages WHERE recipient = ? AND template = 'verify_email' ORDER BY id DESC LIMIT 1", [email]);
  return new URL(mail!.props.link, "http://shop").searchParams.get("token")!;
}

test("50 sign-ups with one e-mail address are answered alike and are one account; its link, opened 20 times at once, is one bonus", async () => {
  const email = `${randomUUID()}@example.com`;
  const answers = await atOnce(50, (index) => signUpWithPassword({ username: `mei ${randomUUID()}`, email: index % 2 ? email : email.toUpperCase(), password: "a long enough password" }, "127.0.0.1"));
  expect(tally(answers)).toEqual({ ok: 50 });
  expect(await count("SELECT COUNT(*) FROM users WHERE email = ?", [email])).toBe(1);
  const token = await linkTo(email);
  expect(tally(await atOnce(20, () => verifyWithLink({ token }, "127.0.0.1")))).toEqual({ ok: 1, link_invalid: 19 });
  expect(await count("SELECT SUM(points_balance) FROM point_accounts a JOIN users u ON u.id = a.user_id WHERE u.email = ?", [email])).toBe(100);
});

test("20 sign-ups with one user name are one account of that name", async () => {
  const username = `mei ${randomUUID()}`;
  await atOnce(20, () => signUpWithPassword({ username, email: `${randomUUID()}@example.com`, password: "a long enough password" }, "127.0.0.1"));
  expect(await count("SELECT COUNT(*) FROM users WHERE username = ?", [username])).toBe(1);
});

test("50 visits at once are rewarded once", async () => {
  const lin = await aUser();
  await atOnce(50, () => recordVisit(lin.id));
  expect(await balanceOf(lin)).toBe(10);
});

test("60 purchases at once earn as often as the rule's limit says", async () => {
  const lin = await aUser();
  const granted = await atOnce(60, () =>
    perform(theShop, (ctx) => earnPoints(ctx, { userId: lin.id, action: "repurchase", source: { type: "test", id: randomUUID() } })));
  expect(granted.map(({ points }) => points).filter((points) => points > 0)).toEqual([50]);
  expect(await balanceOf(lin)).toBe(50);
});
