import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import { perform } from "@/lib/perform";
import { asStaff } from "@/lib/staff";
import { count, rows } from "@/test/database";
import { accountOf, aToken, aUser, becomes, eventsAbout, freeze, refusalOf, staffWith, theShop, unique, type TestUser } from "@/test/world";

import { endAllSessions, endSession, endSessions, freezeAccount, registerUser, saveAddress, unfreezeAccount } from "./commands";
import { setFreeze } from "./freezing/commands";
import { riskReason } from "./frozen";
import { findCredentials, findSession, getDefaultAddress } from "./queries";

const key = () => ({ requestId: randomUUID() });
const newcomer = (more: Partial<Parameters<typeof registerUser>[1]> = {}) => ({ username: unique("mei"), email: `${unique("mei")}@example.com`, passwordHash: "-", locale: "en", ...more });
const register = (user: Parameters<typeof registerUser>[1]) => perform(theShop, (ctx) => registerUser(ctx, user));
const anOwner = () => aUser({ name: "owner", role: "owner" });

/** One owner and no other, for tests about the last one. */
async function theOnlyOwner(): Promise<TestUser> {
  const owner = await anOwner();
  await rows("UPDATE users SET role = 'shopper' WHERE role = 'owner' AND id <> ?", [owner.id]);
  return owner;
}

test("a newcomer is a shopper with an empty account and an event", async () => {
  const id = await register(newcomer());
  expect(await accountOf({ id })).toEqual({ points_balance: 0, points_debt: 0, total_points_earned: 0, status: "active" });
  expect(await rows("SELECT role FROM users WHERE id = ?", [id])).toEqual([{ role: "shopper" }]);
  expect(await eventsAbout("user", id)).toEqual([{ name: "account.registered", actor_id: null, data: {} }]);
});

test("an e-mail address or a user name that is taken is refused, and leaves nothing behind", async () => {
  const lin = await aUser();
  const before = await count("SELECT COUNT(*) FROM users");
  expect(await refusalOf(register(newcomer({ email: lin.email })))).toBe("email_taken");
  expect(await refusalOf(register(newcomer({ username: lin.username })))).toBe("username_taken");
  expect(await refusalOf(register(newcomer({ username: lin.username.toUpperCase() })))).toBe("username_taken");
  expect(await count("SELECT COUNT(*) FROM users")).toBe(before);
});

test("a token opens its session, and the database does not hold it", async () => {
  const lin = await aUser();
  const token = await aToken(lin);
  expect(await findSession(token)).toMatchObject({ id: lin.id, email: lin.email, role: "shopper" });
  const [stored] = await rows<{ token_digest: Buffer }>("SELECT token_digest FROM sessions WHERE user_id = ?", [lin.id]);
  expect(stored!.token_digest.toString("base64url")).not.toBe(token);
});

test.each([["nothing", ""], ["a guess", "A".repeat(43)], ["a number", "0"], ["SQL", "' OR 1=1 -- "], ["its digest", "0".repeat(64)]])("%s opens no session", async (_, token) => {
  await aToken(await aUser());
  expect(await findSession(token)).toBeNull();
});

test("many sessions asked for at once are each their own person's", async () => {
  const people = await Promise.all(Array.from({ length: 20 }, () => aUser()));
  const tokens = await Promise.all(people.map(aToken));
  const found = await Promise.all([...tokens, "B".repeat(43)].map(findSession));
  expect(found.map((person) => person?.id ?? null)).toEqual([...people.map(({ id }) => id), null]);
});

test("signing out ends one device's session, at its next request", async () => {
  const lin = await aUser();
  const [phone, laptop] = [await aToken(lin), await aToken(lin)];
  await perform(theShop, (ctx) => endSession(ctx, phone));
  expect(await findSession(phone)).toBeNull();
  expect(await findSession(laptop)).not.toBeNull();
});

test.each([
  ["sign out everywhere", (lin: TestUser) => perform(lin.actor, (ctx) => endAllSessions(ctx))],
  ["are signed out by staff", async (lin: TestUser) => perform((await anOwner()).actor, (ctx) => endSessions(ctx, { ...key(), userId: lin.id }))],
  ["are frozen", (lin: TestUser) => freeze(lin)],
  ["get another role", async (lin: TestUser) => becomes(lin, "staff", (await anOwner()).actor)],
] as const)("all sessions of people who %s are dead at their next request, and a new one lives", async (_, happens) => {
  const lin = await aUser();
  const tokens = [await aToken(lin), await aToken(lin)];
  await happens(lin);
  expect(await Promise.all(tokens.map(findSession))).toEqual([null, null]);
  expect(await findSession(await aToken(lin))).toMatchObject({ id: lin.id });
});

test("a freeze has its reason and its event; an unfreeze takes both away", async () => {
  const [lin, owner] = [await aUser({ points: 10 }), await anOwner()];
  await perform(owner.actor, (ctx) => freezeAccount(ctx, { ...key(), userId: lin.id, reason: "looks like a robot" }));
  expect(await rows("SELECT status, status_reason FROM point_accounts WHERE user_id = ?", [lin.id])).toEqual([{ status: "frozen", status_reason: "looks like a robot" }]);
  await perform(owner.actor, (ctx) => unfreezeAccount(ctx, { ...key(), userId: lin.id }));
  expect(await rows("SELECT status, status_reason FROM point_accounts WHERE user_id = ?", [lin.id])).toEqual([{ status: "active", status_reason: null }]);
  expect((await eventsAbout("user", lin.id)).slice(-2)).toEqual([
    {
      name: "account.frozen", actor_id: owner.id,
      data: { reason: "looks like a robot", until: null, changes: { status: ["active", "frozen"], reason: [null, "looks like a robot"], until: [null, null] } },
    },
    { name: "account.unfrozen", actor_id: owner.id, data: { changes: { status: ["frozen", "active"], reason: ["looks like a robot", null], until: [null, null] } } },
  ]);
});

test("what a risk rule froze only whoever decides about risk lets go, and nobody gets around it by freezing anew", async () => {
  const [lin, bo] = [await aUser(), await aUser({ role: "staff" })];
  const [support, manager] = [staffWith(bo.id, "staff", "support"), bo.actor];
  const lift = (by: typeof support) => perform(by, (ctx) => unfreezeAccount(ctx, { ...key(), userId: lin.id }));
  const refreeze = (by: typeof support, reason: string) => perform(by, (ctx) => freezeAccount(ctx, { ...key(), userId: lin.id, reason }));
  await perform(theShop, (ctx) => setFreeze(ctx, lin.id, { reason: riskReason("velocity"), until: null }));
  expect([await refusalOf(lift(support)), await refusalOf(refreeze(support, "until tonight"))]).toEqual(["forbidden", "forbidden"]);
  expect(await rows("SELECT status, status_reason FROM point_accounts WHERE user_id = ?", [lin.id])).toEqual([{ status: "frozen", status_reason: "risk:velocity" }]);
  await lift(manager);
  expect(await accountOf(lin)).toMatchObject({ status: "active" });
  await refreeze(support, "looks like a robot");
  await lift(support);
  expect(await accountOf(lin)).toMatchObject({ status: "active" });
});

test("no person's freeze reads as a rule's", async () => {
  const [lin, owner] = [await aUser(), await anOwner()];
  expect(await refusalOf(perform(owner.actor, (ctx) => freezeAccount(ctx, { ...key(), userId: lin.id, reason: "risk:velocity" })))).toBe("invalid_input");
  expect(await accountOf(lin)).toMatchObject({ status: "active" });
});

test("nobody freezes themselves, and nobody who is not there is frozen", async () => {
  const owner = await anOwner();
  expect(await refusalOf(perform(owner.actor, (ctx) => freezeAccount(ctx, { ...key(), userId: owner.id, reason: "why not" })))).toBe("forbidden");
  for (const command of [freezeAccount, unfreezeAccount, endSessions]) {
    expect(await refusalOf(perform(owner.actor, (ctx) => command(ctx, { ...key(), userId: 999_999_999, reason: "nobody" })))).toBe("not_found");
  }
});

test("an owner makes somebody staff, and it is an event that says from what to what", async () => {
  const [lin, owner] = [await aUser(), await anOwner()];
  await becomes(lin, "staff", owner.actor);
  expect((await eventsAbout("user", lin.id)).at(-1)).toEqual({ name: "account.role_changed", actor_id: owner.id, data: { from: "shopper", to: "staff", changes: { role: ["shopper", "staff"], staffRole: [null, "manager"] } } });
});

test.each(["shopper", "staff"] as const)("a %s changes nobody's role, their own least of all", async (role) => {
  const [lin, bo] = [await aUser(), await aUser({ role })];
  for (const who of [lin, bo]) expect(await refusalOf(becomes(who, "owner", bo.actor))).toBe("forbidden");
  expect(await rows("SELECT role FROM users WHERE id IN (?, ?) ORDER BY id", [lin.id, bo.id])).toEqual([{ role: "shopper" }, { role }]);
});

test("the last owner stays one", async () => {
  const owner = await theOnlyOwner();
  expect(await refusalOf(becomes(owner, "staff", owner.actor))).toBe("last_owner");
  const second = await aUser();
  await becomes(second, "owner", owner.actor);
  await becomes(owner, "staff", owner.actor);
  expect(await rows("SELECT id FROM users WHERE role = 'owner'")).toEqual([{ id: second.id }]);
});

test("a role of somebody who is not there is not found", async () => {
  expect(await refusalOf(becomes({ id: 999_999_999 as TestUser["id"] }, "staff", (await anOwner()).actor))).toBe("not_found");
});

test("only a session that carries a staff role makes staff", async () => {
  const person = (await findSession(await aToken(await aUser())))!;
  const staff = (await findSession(await aToken(await aUser({ role: "staff" }))))!;
  expect([asStaff(person), asStaff(staff)?.role]).toEqual([null, "staff"]);
});

test("credentials are found by the exact address only", async () => {
  const lin = await aUser();
  expect(await findCredentials(db(), lin.email)).toMatchObject({ id: lin.id });
  for (const other of [lin.email.toUpperCase(), lin.email.replace("lin", "lín"), "%"]) expect(await findCredentials(db(), other)).toBeNull();
});

test("the newest address is filled in first; an old one that is used again is not kept twice", async () => {
  const lin = await aUser();
  const home = { recipient: "林", phone: "13800000000", region: "上海", street: "南京东路 1 号", postcode: "200001" };
  const office = { ...home, street: "世纪大道 8 号" };
  for (const address of [home, office, home]) await perform(lin.actor, (ctx) => saveAddress(ctx, lin.id, address));
  expect(await getDefaultAddress(db(), lin.id)).toEqual(home);
  expect(await count("SELECT COUNT(*) FROM addresses WHERE user_id = ?", [lin.id])).toBe(2);
  expect(await getDefaultAddress(db(), (await aUser()).id)).toBeNull();
});

test("staff do not lift their own freeze, nor a colleague's", async () => {
  const [bo, wei] = [await aUser({ role: "staff", isFrozen: true }), await aUser({ role: "staff", isFrozen: true })];
  for (const who of [bo, wei]) expect(await refusalOf(perform(bo.actor, (ctx) => unfreezeAccount(ctx, { ...key(), userId: who.id })))).toBe("forbidden");
  expect(await accountOf(bo)).toMatchObject({ status: "frozen" });
});

test.each(["shopper", "staff"] as const)("a %s does not freeze or sign out an owner", async (role) => {
  const [owner, bo] = [await anOwner(), await aUser({ role })];
  const token = await aToken(owner);
  expect(await refusalOf(perform(bo.actor, (ctx) => freezeAccount(ctx, { ...key(), userId: owner.id, reason: "taking over" })))).toBe("forbidden");
  expect(await refusalOf(perform(bo.actor, (ctx) => endSessions(ctx, { ...key(), userId: owner.id })))).toBe("forbidden");
  expect(await findSession(token)).not.toBeNull();
});
