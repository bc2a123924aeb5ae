import { generateSync } from "otplib";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { changeRole, startSession } from "@/lib/accounts/commands";
import { inviteStaff } from "@/lib/accounts/invitations/commands";
import { findSession } from "@/lib/accounts/queries";
import { listRoles } from "@/lib/accounts/roles/queries";
import { tokenDigest } from "@/lib/accounts/session-token";
import { findOwnFactor } from "@/lib/accounts/second-factor/queries";
import { joinAsMember } from "@/lib/invitations";
import { beginOwnFactor, confirmOwnFactor, giveOwnFactor } from "@/lib/own-second-factor";
import { perform } from "@/lib/perform";
import { count, rows } from "@/test/database";
import { atOnce, aUser, theClock, theShop, unique } from "@/test/world";

const outcomeOf = (work: Promise<{ ok: boolean; code?: string } | void>): Promise<string> =>
  work.then((answer) => (!answer || answer.ok ? "ok" : answer.code!), (error: { code?: string }) => error.code ?? "a bug");

test("one code of an authenticator, given twenty times at once, counts once", async () => {
  const password = "correct horse battery";
  const who = await aUser({ role: "staff", password });
  const session = () => perform(theShop, (ctx) => startSession(ctx, who.id));
  const first = await session();
  const person = (await findSession(first))!;
  await beginOwnFactor(person, tokenDigest(first), { current: password });
  const begun = await findOwnFactor(db(), who.id, tokenDigest(first));
  if (begun.state !== "begun") throw new Error(begun.state);
  const codeNow = () => generateSync({ secret: begun.secret, epoch: Math.floor(theClock.now().getTime() / 1000) });
  const confirmed = await confirmOwnFactor(person, tokenDigest(first), codeNow());
  if (!confirmed.ok) throw new Error(confirmed.code);

  theClock.set(new Date(theClock.now().getTime() + 30_000));
  const code = codeNow();
  const tokens = await atOnce(20, session);
  const answers = await atOnce(20, (index) => outcomeOf(giveOwnFactor(person, tokenDigest(tokens[index]!), code)));
  expect(answers.filter((answer) => answer === "ok")).toHaveLength(1);
  expect(new Set(answers)).toEqual(new Set(["ok", "second_factor_wrong"]));
  expect(await count("SELECT COUNT(*) FROM sessions WHERE user_id = ? AND second_factor_at IS NOT NULL", [who.id])).toBe(2);

  const recovery = confirmed.value.codes[0]!;
  const again = await atOnce(20, (index) => outcomeOf(giveOwnFactor(person, tokenDigest(tokens[index]!), recovery)));
  expect(again.filter((answer) => answer === "ok")).toHaveLength(1);
  expect(await findOwnFactor(db(), who.id)).toMatchObject({ recoveryLeft: 9 });
});

test("of several who open one invitation at once, one comes in", async () => {
  const owner = await aUser({ role: "owner" });
  const support = (await listRoles(db())).find(({ builtIn }) => builtIn === "support")!;
  const email = `${unique("guest")}@example.com`;
  const { path } = await perform(owner.actor, (ctx) => inviteStaff(ctx, { email, roleId: support.id }));
  const token = new URL(path, "http://shop").searchParams.get("token")!;
  const answers = await atOnce(6, () => outcomeOf(joinAsMember({ token, username: unique("wei"), password: "correct horse battery" }, { address: "203.0.113.12", device: "" })));
  expect(answers.filter((answer) => answer === "ok")).toHaveLength(1);
  expect(new Set(answers)).toEqual(new Set(["ok", "link_invalid"]));
  expect(await rows("SELECT role FROM users WHERE email = ?", [email])).toEqual([{ role: "staff" }]);
});

test("an address that is invited many times at once is invited once", async () => {
  const owner = await aUser({ role: "owner" });
  const support = (await listRoles(db())).find(({ builtIn }) => builtIn === "support")!;
  const email = `${unique("guest")}@example.com`;
  const answers = await atOnce(8, () => outcomeOf(perform(owner.actor, (ctx) => inviteStaff(ctx, { email, roleId: support.id })).then(() => undefined)));
  expect(answers.sort()).toEqual([...Array.from({ length: 7 }, () => "already_invited"), "ok"]);
});

test("two owners who make each other shoppers at once: one stays", async () => {
  await rows("UPDATE users SET role = 'shopper' WHERE role = 'owner'");
  const [first, second] = [await aUser({ role: "owner" }), await aUser({ role: "owner" })];
  const demote = (by: typeof first, whom: typeof first) => outcomeOf(perform(by.actor, (ctx) => changeRole(ctx, { requestId: "r", userId: whom.id, role: "shopper" })));
  const answers = await Promise.all([demote(first, second), demote(second, first)]);
  expect(answers.filter((answer) => answer === "ok")).toHaveLength(1);
  expect(await count("SELECT COUNT(*) FROM users WHERE role = 'owner'")).toBe(1);
});
