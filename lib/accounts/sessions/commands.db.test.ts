import { expect, test } from "vitest";

import { db } from "@/db/client";
import { signInWithPassword } from "@/lib/entrance";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { aToken, aUser, refusalOf, theClock, withPolicy } from "@/test/world";
import { findVisitor } from "@/lib/visitor";

import { findSession } from "../queries";
import { tokenDigest } from "../session-token";
import { endOtherSessions, endOwnSession } from "./commands";
import { listOwnSessions } from "./queries";

const PASSWORD = "correct horse battery";

test("the list says on which devices somebody is signed in, the latest first, and nothing that opens a session", async () => {
  const lin = await aUser({ password: PASSWORD });
  await aToken(lin);
  theClock.passMinutes(5);
  const entered = await signInWithPassword({ email: lin.email, password: PASSWORD }, "203.0.113.20", "Safari · iPhone");
  if (!entered.ok) throw new Error(entered.code);
  const sessions = await listOwnSessions(db(), lin.id, theClock.now());
  expect(sessions.map(({ device }) => device)).toEqual(["Safari · iPhone", ""]);
  expect(sessions[0]!.id).toBe(tokenDigest(entered.value.token).toString("hex"));
  theClock.passDays(31);
  expect(await listOwnSessions(db(), lin.id, theClock.now())).toEqual([]);
});

test("one session can be ended, and nobody ends somebody else's", async () => {
  const [lin, bo] = [await aUser(), await aUser()];
  const [mine, other, theirs] = [await aToken(lin), await aToken(lin), await aToken(bo)];
  await perform(lin.actor, (ctx) => endOwnSession(ctx, tokenDigest(other)));
  expect([await findSession(mine), await findSession(other)].map((person) => person?.id ?? null)).toEqual([lin.id, null]);
  expect(await refusalOf(perform(lin.actor, (ctx) => endOwnSession(ctx, tokenDigest(other))))).toBe("not_found");
  expect(await refusalOf(perform(lin.actor, (ctx) => endOwnSession(ctx, tokenDigest(theirs))))).toBe("not_found");
  expect(await findSession(theirs)).toMatchObject({ id: bo.id });
});

test("all others can be ended at once: this device stays, and so does everybody else", async () => {
  const [lin, bo] = [await aUser(), await aUser()];
  const [mine, theirs] = [await aToken(lin), await aToken(bo)];
  const others = [await aToken(lin), await aToken(lin)];
  expect(await perform(lin.actor, (ctx) => endOtherSessions(ctx, tokenDigest(mine)))).toEqual({ ended: 2 });
  expect(await findSession(mine)).toMatchObject({ id: lin.id });
  expect(await findSession(theirs)).toMatchObject({ id: bo.id });
  for (const token of others) expect(await findSession(token)).toBeNull();
});

/** Comes back after each of these times, in minutes; says when it was still known who it is. */
async function comesBack(token: string, minutes: readonly number[]): Promise<boolean[]> {
  const known: boolean[] = [];
  for (const pause of minutes) {
    theClock.passMinutes(pause);
    known.push((await findVisitor(token)) !== null);
  }
  return known;
}

test("a session of staff ends after half an hour without use, and twelve hours after the sign-in however much it is used", async () => {
  const bo = await aUser({ role: "staff" });
  const [used, left] = [await aToken(bo), await aToken(bo)];
  expect(await comesBack(used, [29, 29, 29])).toEqual([true, true, true]);
  expect(await findVisitor(left)).toBeNull();
  expect((await listOwnSessions(db(), bo.id, theClock.now())).map(({ id }) => id)).toEqual([tokenDigest(used).toString("hex")]);
  expect(await comesBack(used, [31])).toEqual([false]);
  expect(await comesBack(await aToken(bo), [...Array<number>(28).fill(25), 19, 1])).toEqual([...Array<boolean>(29).fill(true), false]);
});

test("looking who it is, without coming, keeps no session alive", async () => {
  const bo = await aUser({ role: "staff" });
  const token = await aToken(bo);
  theClock.passMinutes(29);
  expect(await findSession(token)).not.toBeNull();
  theClock.passMinutes(2);
  expect(await findSession(token)).toBeNull();
});

test("the merchant says how long: it holds for the sessions that are there", async () => {
  const bo = await aUser({ role: "owner" });
  const token = await aToken(bo);
  await withPolicy({ staffIdleMinutes: 120, staffSessionHours: 3 }, async () => expect(await comesBack(token, [119, 60])).toEqual([true, true]));
  await withPolicy({ staffIdleMinutes: 120, staffSessionHours: 2 }, async () => expect(await findVisitor(token)).toBeNull());
});

test("a shopper's session ends after two weeks without a visit, and after thirty days whatever happens", async () => {
  const lin = await aUser();
  const [used, left] = [await aToken(lin), await aToken(lin)];
  const day = 1_440;
  expect(await comesBack(used, [12 * day, 12 * day])).toEqual([true, true]);
  expect(await findVisitor(left)).toBeNull();
  expect(await comesBack(used, [5 * day, 2 * day])).toEqual([true, false]);
});

test("a use is noted once a minute for staff and once a day for a shopper, by many at once too", async () => {
  const people = [await aUser({ role: "staff" }), await aUser(), await aUser()];
  const tokens = await Promise.all(people.map(aToken));
  const start = theClock.now().getTime();
  const seenAfter = async () => {
    const seen = await rows<{ seen_at: Date }>("SELECT seen_at FROM sessions WHERE token_digest IN (?, ?, ?) ORDER BY user_id", tokens.map(tokenDigest));
    return seen.map(({ seen_at }) => Math.floor((seen_at.getTime() - start + 1_000) / 60_000));
  };
  const visit = () => Promise.all([...tokens, ...tokens].map(findVisitor));
  theClock.passMinutes(0.4);
  await visit();
  expect(await seenAfter()).toEqual([0, 0, 0]);
  theClock.passMinutes(10);
  await visit();
  expect(await seenAfter()).toEqual([10, 0, 0]);
  theClock.passMinutes(1_440);
  await visit();
  // By now the member of staff has been away for longer than half an hour.
  expect(await seenAfter()).toEqual([10, 1_450, 1_450]);
});
