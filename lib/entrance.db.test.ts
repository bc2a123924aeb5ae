import { expect, test } from "vitest";

import { findSession } from "@/lib/accounts/queries";
import { count, rows } from "@/test/database";
import { aUser, balanceOf, freeze, ledgerOf, theClock, unique } from "@/test/world";

import { recordVisit, signInWithPassword, signUpWithPassword } from "./entrance";

const PASSWORD = "correct horse battery";
const HERE = "203.0.113.7";

const form = (more: object = {}) => ({ username: unique("mei"), email: `${unique("mei")}@example.com`, password: PASSWORD, ...more });

test("signing up makes a person with a hundred points and a session", async () => {
  const entered = await signUpWithPassword(form(), HERE);
  if (!entered.ok) throw new Error(entered.code);
  expect(await findSession(entered.value.token)).toMatchObject({ id: entered.value.userId, role: "shopper" });
  expect(await balanceOf({ id: entered.value.userId })).toBe(100);
  const [stored] = await rows<{ password_hash: string }>("SELECT password_hash FROM users WHERE id = ?", [entered.value.userId]);
  expect(stored!.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test.each([
  ["a role", { role: "owner" }], ["points", { points: 1_000_000 }], ["a balance", { pointsBalance: 5 }], ["an id", { id: 1 }], ["a hash", { passwordHash: "x" }],
])("nobody signs up with %s of their own choice", async (_, more) => {
  const before = await count("SELECT COUNT(*) FROM users");
  expect(await signUpWithPassword(form(more), HERE)).toMatchObject({ ok: false, code: "invalid_input" });
  expect(await count("SELECT COUNT(*) FROM users")).toBe(before);
});

test.each(["123456", "password1", "88888888", "aaaaaaaaaaaa", "Passw0rd"])("the password %s is refused as weak", async (password) => {
  expect(await signUpWithPassword(form({ password }), HERE)).toEqual({ ok: false, code: "weak_password", detail: {}, fields: { password: "password_weak" } });
});

test("a long password is used whole: one that differs in its last letter is wrong", async () => {
  const password = `${"long-".repeat(30)}x`;
  const person = form({ password });
  await signUpWithPassword(person, HERE);
  expect(await signInWithPassword({ email: person.email, password: password.replace(/x$/, "y") }, HERE)).toMatchObject({ code: "wrong_credentials" });
  expect(await signInWithPassword({ email: person.email, password }, HERE)).toMatchObject({ ok: true });
});

test("signing in opens a session and rewards the day's first visit, once", async () => {
  const lin = await aUser({ password: PASSWORD });
  for (let visit = 0; visit < 3; visit++) expect(await signInWithPassword({ email: lin.email.toUpperCase(), password: PASSWORD }, HERE)).toMatchObject({ ok: true });
  expect((await ledgerOf(lin)).map(({ points_change }) => points_change)).toEqual([10]);
});

test("an unknown address and a wrong password get the same answer", async () => {
  const lin = await aUser({ password: PASSWORD });
  const [wrong, unknown] = [await signInWithPassword({ email: lin.email, password: "not it at all" }, HERE), await signInWithPassword({ email: "nobody@example.com", password: "not it at all" }, HERE)];
  expect(wrong).toEqual({ ok: false, code: "wrong_credentials", detail: {} });
  expect(unknown).toEqual(wrong);
});

test("a frozen person can sign in and read, and is not rewarded for it", async () => {
  const lin = await aUser({ password: PASSWORD });
  await freeze(lin);
  const entered = await signInWithPassword({ email: lin.email, password: PASSWORD }, HERE);
  expect(entered).toMatchObject({ ok: true });
  expect(await ledgerOf(lin)).toEqual([]);
});

test.each([{ email: { $ne: 1 }, password: "x" }, { email: ["a@b.co"], password: "x" }, { email: 0, password: 0 }, { email: true }, {}, null, "text", []])(
  "%j is no way to sign in", async (input) => {
    expect(await signInWithPassword(input, HERE)).toMatchObject({ ok: false, code: "invalid_input" });
  });

test("a visit the next day is rewarded again", async () => {
  const lin = await aUser();
  await recordVisit(lin.id);
  await recordVisit(lin.id);
  theClock.passDays(1);
  await recordVisit(lin.id);
  expect((await ledgerOf(lin)).map(({ points_change }) => points_change)).toEqual([10, 10]);
});
