import { expect, test } from "vitest";

import { db } from "@/db/client";
import { signInWithPassword } from "@/lib/entrance";
import { perform } from "@/lib/perform";
import { aToken, aUser, refusalOf, theClock } from "@/test/world";

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
