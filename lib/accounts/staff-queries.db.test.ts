import { expect, test } from "vitest";

import { db } from "@/db/client";
import { aToken, aUser, becomes, endOfDayIn, freeze, theClock, unfreeze } from "@/test/world";

import { allUserIds, findUserForStaff, countUsers, listUsersForStaff } from "./staff-queries";

const find = (search: string, more: object = {}) => listUsersForStaff(db(), { search, ...more }, { limit: 10 }, theClock.now());

test("points that have expired are not in the balance, though nobody has swept them yet", async () => {
  const lin = await aUser({ lots: [{ points: 20, expiresInDays: 1 }], points: 100 });
  expect((await find(lin.username)).users[0]!.pointsBalance).toBe(120);
  theClock.set(endOfDayIn(1));
  expect((await find(lin.username)).users[0]!.pointsBalance).toBe(100);
});

test("a person is found by part of the name, and by the whole address only", async () => {
  const marcus = await aUser({ name: "marcus" });
  expect((await find(marcus.username.slice(1))).users.map(({ id }) => id)).toEqual([marcus.id]);
  expect((await find(marcus.email.toUpperCase())).users.map(({ id }) => id)).toEqual([marcus.id]);
  expect((await find(`${marcus.username}@exa`)).users).toEqual([]);
  expect((await find("%")).users).toEqual([]);
});

test("no list holds an address", async () => {
  const marcus = await aUser({ name: "marcus" });
  const { users } = await find(marcus.username);
  expect(users[0]!.emailMasked).toBe("ma***@example.com");
  expect(JSON.stringify(users)).not.toContain(marcus.email);
});

test("views are told apart by role and by status, and pages by who is newer", async () => {
  const before = await countUsers(db(), { roles: ["shopper"], status: "frozen" });
  const frozen = await aUser({ isFrozen: true });
  const wei = await aUser({ role: "staff" });
  expect(await countUsers(db(), { roles: ["shopper"], status: "frozen" })).toBe(before + 1);
  expect((await find(frozen.username, { status: "frozen" })).total).toBe(1);
  expect((await find(wei.username, { roles: ["shopper"] })).total).toBe(0);
  const [newest, older] = await Promise.all([0, 1].map((offset) => listUsersForStaff(db(), {}, { limit: 1, offset }, theClock.now())));
  expect(older!.users[0]!.id).toBeLessThan(newest!.users[0]!.id);
});

test("a person's page tells how many devices are signed in, and what was done to the account by whom", async () => {
  const lin = await aUser();
  const qiao = await aUser({ name: "qiao", role: "owner" });
  await aToken(lin);
  await aToken(lin);
  expect((await findUserForStaff(db(), lin.id, theClock.now()))!.sessionsOpen).toBe(2);
  await freeze(lin);
  await unfreeze(lin);
  await becomes(lin, "staff", qiao.actor);
  const person = await findUserForStaff(db(), lin.id, theClock.now());
  expect(person!.sessionsOpen).toBe(0);
  expect(person!.history.map(({ name }) => name)).toEqual(["account.role_changed", "account.unfrozen", "account.frozen", "account.registered"]);
  expect(person!.history[0]).toMatchObject({ actorName: qiao.username, data: { from: "shopper", to: "staff" } });
  expect(await findUserForStaff(db(), 999_999_999, theClock.now())).toBeNull();
});

test("everybody who matches is gone through in parts, once and in the list's order", async () => {
  const made = [];
  for (const points of [50, 700, 50, 0, 700]) made.push(await aUser({ name: "walked", ...(points > 0 ? { points } : {}) }));
  const ids = made.map(({ id }) => id);
  for (const by of ["joined", "balance", "earned"] as const) {
    for (const down of [true, false]) {
      const parts: number[][] = [];
      for await (const part of allUserIds(db(), { ids }, { by, down }, 2)) parts.push(part);
      const { users } = await listUsersForStaff(db(), { ids }, { sort: { by, down }, limit: 9 }, theClock.now());
      expect(parts.flat(), `${by} ${down}`).toEqual(users.map(({ id }) => id));
      expect(parts.map(({ length }) => length)).toEqual([2, 2, 1]);
    }
  }
});
