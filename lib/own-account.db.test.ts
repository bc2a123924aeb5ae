import { expect, test } from "vitest";

import { db } from "@/db/client";
import { savePreferences, saveProfile } from "@/lib/accounts/profile/commands";
import { findSession, getOwnProfile } from "@/lib/accounts/queries";
import { ProfileInput } from "@/lib/accounts/schema";
import { addDays } from "@/lib/day";
import { parseInput } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { count, rows } from "@/test/database";
import { withSettings } from "@/test/settings";
import { atOnce, aToken, aUser, eventsAbout, linkTokenTo, mailTo, refusalOf, theClock, unique, type TestUser } from "@/test/world";

import { sendLinkAgain, signInWithPassword, signUpWithPassword, verifyWithLink } from "./entrance";
import { LIMITS } from "./limits";
import { changeOwnEmail, changeOwnPassword, confirmOwnEmail, exportOwnData } from "./own-account";

const PASSWORD = "correct horse battery";
const HERE = "203.0.113.7";
const WRONG = { ok: false, code: "wrong_credentials", fields: { current: "password_wrong" } };

const personOf = async (who: TestUser) => (await findSession(await aToken(who)))!;
const newAddress = (): string => `${unique("new")}@example.com`;
const save = (who: TestUser, profile: { username?: string; birthday?: string }) =>
  perform(who.actor, (ctx) => saveProfile(ctx, { username: who.username, birthday: "", ...profile }));

test("a new password needs the present one, ends every other session and tells the owner", async () => {
  const lin = await aUser({ password: PASSWORD });
  const [person, other] = [await personOf(lin), await aToken(lin)];
  expect(await changeOwnPassword(person, { current: "not it at all", password: "a fine new one" })).toMatchObject(WRONG);
  expect(await findSession(other)).not.toBeNull();
  const changed = await changeOwnPassword(person, { current: PASSWORD, password: "a fine new one" });
  if (!changed.ok) throw new Error(changed.code);
  expect(await findSession(other)).toBeNull();
  expect(await findSession(changed.value.token)).toMatchObject({ id: lin.id });
  expect(await signInWithPassword({ email: lin.email, password: PASSWORD }, HERE)).toMatchObject({ code: "wrong_credentials" });
  expect((await mailTo(lin.email)).map(({ template }) => template)).toEqual(["password_changed"]);
  expect((await eventsAbout("user", lin.id)).at(-1)).toEqual({ name: "account.password_changed", actor_id: lin.id, data: { by: "owner" } });
});

test("of several changes by one password at once, one takes effect: the others proved a password that is no longer it", async () => {
  const lin = await aUser({ password: PASSWORD });
  const person = await personOf(lin);
  const answers = await atOnce(8, (index) => changeOwnPassword(person, { current: PASSWORD, password: `a fine new one ${index}` }).catch((error: { code: string }) => ({ ok: false as const, code: error.code })));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await count("SELECT COUNT(*) FROM events WHERE name = 'account.password_changed' AND subject_id = ?", [String(lin.id)])).toBe(1);
});

test("the present password is not asked for without end", async () => {
  const lin = await aUser({ password: PASSWORD });
  const person = await personOf(lin);
  await withSettings({ RATE_LIMIT_SCALE: 1, REDIS_URL: undefined }, async () => {
    for (let times = 0; times < LIMITS.reauthentication.requests; times++) expect(await changeOwnPassword(person, { current: `guess ${times}`, password: "a fine new one" })).toMatchObject(WRONG);
    expect(await refusalOf(changeOwnPassword(person, { current: PASSWORD, password: "a fine new one" }))).toBe("too_many_requests");
  });
});

test("a new address is the account's once its link was opened: sessions end, and the old address is told", async () => {
  const lin = await aUser({ password: PASSWORD });
  const [person, email] = [await personOf(lin), newAddress()];
  expect(await changeOwnEmail(person, { current: "not it at all", email }, HERE)).toMatchObject(WRONG);
  expect(await changeOwnEmail(person, { current: PASSWORD, email }, HERE)).toEqual({ ok: true, value: null });
  expect(await getOwnProfile(db(), lin.id)).toMatchObject({ email: lin.email });
  const session = await aToken(lin);
  expect(await confirmOwnEmail(await linkTokenTo(email, "change_email"), person, HERE)).toEqual({ ok: true, value: null });
  expect(await getOwnProfile(db(), lin.id)).toMatchObject({ email });
  expect(await findSession(session)).toBeNull();
  expect(await mailTo(lin.email)).toMatchObject([{ template: "email_changed", props: { newAddress: email } }]);
  expect(await signInWithPassword({ email: lin.email, password: PASSWORD }, HERE)).toMatchObject({ code: "wrong_credentials" });
  expect(await signInWithPassword({ email, password: PASSWORD }, HERE)).toMatchObject({ ok: true });
  expect((await eventsAbout("user", lin.id)).map(({ name }) => name)).toContain("account.email_changed");
});

test("asking for an address that somebody has gets the same reply and no link; its owner learns that they have an account", async () => {
  const [lin, bo] = [await aUser({ password: PASSWORD }), await aUser()];
  const person = await personOf(lin);
  const [taken, free] = [await changeOwnEmail(person, { current: PASSWORD, email: bo.email }, HERE), await changeOwnEmail(person, { current: PASSWORD, email: newAddress() }, HERE)];
  expect(JSON.stringify(taken)).toBe(JSON.stringify(free));
  expect((await mailTo(bo.email)).map(({ template }) => template)).toEqual(["known_address"]);
});

test("a name that looks like a web address is none in the mail that greets a stranger", async () => {
  const lin = await aUser({ name: "Prizes at evil.example.com", password: PASSWORD });
  const email = newAddress();
  await changeOwnEmail(await personOf(lin), { current: PASSWORD, email }, HERE);
  expect(String((await mailTo(email))[0]!.props.name)).toMatch(/^Prizes at evil·example·com/);
});

test("one's own address is no new one", async () => {
  const lin = await aUser({ password: PASSWORD });
  expect(await changeOwnEmail(await personOf(lin), { current: PASSWORD, email: lin.email }, HERE)).toMatchObject({ code: "invalid_input", fields: { email: "email_same" } });
});

test("a link to a new address is of use to nobody else who is signed in, and not used up by them", async () => {
  const [lin, bo] = [await aUser({ password: PASSWORD }), await aUser()];
  const email = newAddress();
  await changeOwnEmail(await personOf(lin), { current: PASSWORD, email }, HERE);
  const token = await linkTokenTo(email, "change_email");
  expect(await confirmOwnEmail(token, await personOf(bo), HERE)).toMatchObject({ code: "link_invalid" });
  expect(await confirmOwnEmail(token, null, HERE)).toMatchObject({ ok: true });
  expect(await confirmOwnEmail(token, null, HERE)).toMatchObject({ code: "link_invalid" });
});

test("an address that was proved by somebody meanwhile stays theirs; one that was only typed in gives way", async () => {
  const lin = await aUser({ password: PASSWORD });
  const [proved, typed] = [newAddress(), newAddress()];
  await changeOwnEmail(await personOf(lin), { current: PASSWORD, email: proved }, HERE);
  const token = await linkTokenTo(proved, "change_email");
  await signUpWithPassword({ username: unique("mei"), email: proved, password: PASSWORD }, HERE);
  await verifyWithLink({ token: await linkTokenTo(proved, "verify_email") }, HERE);
  expect(await confirmOwnEmail(token, null, HERE)).toMatchObject({ code: "link_invalid" });

  await signUpWithPassword({ username: unique("mei"), email: typed, password: PASSWORD }, HERE);
  const verification = await linkTokenTo(typed, "verify_email");
  await changeOwnEmail(await personOf(lin), { current: PASSWORD, email: typed }, HERE);
  expect(await confirmOwnEmail(await linkTokenTo(typed, "change_email"), null, HERE)).toMatchObject({ ok: true });
  expect(await verifyWithLink({ token: verification }, HERE)).toMatchObject({ code: "link_invalid" });
  expect(await rows("SELECT id FROM users WHERE email = ?", [typed])).toEqual([{ id: lin.id }]);
});

test("a link to a new address works for a day", async () => {
  const lin = await aUser({ password: PASSWORD });
  const email = newAddress();
  await changeOwnEmail(await personOf(lin), { current: PASSWORD, email }, HERE);
  theClock.passMinutes(24 * 60 + 1);
  expect(await confirmOwnEmail(await linkTokenTo(email, "change_email"), null, HERE)).toMatchObject({ code: "link_invalid" });
});

test.each([[0], [null], [["x"]], [{ $ne: 1 }], ["A".repeat(43)]])("%j confirms no address", async (token) => {
  expect(await confirmOwnEmail(token, null, HERE)).toEqual({ ok: false, code: "link_invalid", detail: {} });
});

test("a name is changed by the rules of names, and somebody else's is refused", async () => {
  const [lin, bo] = [await aUser(), await aUser()];
  expect(await refusalOf(save(lin, { username: bo.username.toUpperCase() }))).toBe("username_taken");
  const username = unique("小林");
  await save(lin, { username });
  expect(await getOwnProfile(db(), lin.id)).toMatchObject({ username });
  expect((await eventsAbout("user", lin.id)).at(-1)).toMatchObject({ name: "account.changed", data: { fields: ["username"] } });
});

test("one's own name in other letters is no one else's", async () => {
  const lin = await aUser();
  await save(lin, { username: lin.username.toUpperCase() });
  expect(await getOwnProfile(db(), lin.id)).toMatchObject({ username: lin.username.toUpperCase() });
});

test("saving what is there already is no change", async () => {
  const lin = await aUser();
  const before = await eventsAbout("user", lin.id);
  expect(await save(lin, {})).toEqual({ fields: [] });
  expect(await eventsAbout("user", lin.id)).toEqual(before);
});

test("a birthday is given once; of several that are given at once, one stays", async () => {
  const [lin, bo] = [await aUser(), await aUser()];
  await save(lin, { birthday: "2000-02-29" });
  expect(await getOwnProfile(db(), lin.id)).toMatchObject({ birthday: "2000-02-29" });
  await save(lin, { birthday: "2000-02-29" });
  await save(lin, { birthday: "" });
  expect(await refusalOf(save(lin, { birthday: "1999-01-01" }))).toBe("already_settled");
  expect(await getOwnProfile(db(), lin.id)).toMatchObject({ birthday: "2000-02-29" });
  await atOnce(5, (index) => save(bo, { birthday: `1990-01-0${index + 1}` }).catch(() => null));
  expect(await count("SELECT COUNT(*) FROM events WHERE subject_id = ? AND name = 'account.changed'", [String(bo.id)])).toBe(1);
});

test("nobody is born tomorrow; somebody may be today", async () => {
  const [lin, today] = [await aUser(), theClock.today()];
  expect(await refusalOf(save(lin, { birthday: addDays(today, 1) }))).toBe("invalid_input");
  await save(lin, { birthday: today });
});

test.each([["1899-12-31", "field_out_of_range"], ["2023-02-29", "field_invalid"], ["2000-13-01", "field_invalid"], ["29.2.2000", "field_invalid"], ["20000-01-01", "field_invalid"], [0, "field_invalid"], [["2000-01-01"], "field_invalid"]])(
  "%j is no birthday", (birthday, reason) => {
    expect(parseInput(ProfileInput, { username: "lin", birthday })).toMatchObject({ ok: false, fields: { birthday: reason } });
  });

test.each(["1900-01-01", "2000-02-29", "2024-02-29", ""])("%j may be one, or none", (birthday) => {
  expect(parseInput(ProfileInput, { username: "lin", birthday })).toMatchObject({ ok: true });
});

test("nobody makes themselves more than a name and a birthday", () => {
  for (const more of [{ role: "owner" }, { email: "a@example.com" }, { id: 1 }, { emailVerifiedAt: "2020-01-01" }]) expect(parseInput(ProfileInput, { username: "lin", ...more })).toMatchObject({ code: "invalid_input" });
});

test("language and theme are kept with the account; what is the same is not written again", async () => {
  const lin = await aUser();
  const prefer = (preferences: Parameters<typeof savePreferences>[1]) => perform(lin.actor, (ctx) => savePreferences(ctx, preferences));
  await prefer({ locale: "zh-CN" });
  await prefer({ theme: "dark" });
  await prefer({ locale: "zh-CN", theme: "dark" });
  expect(await getOwnProfile(db(), lin.id)).toMatchObject({ locale: "zh-CN", theme: "dark" });
  await prefer({ theme: null });
  expect(await getOwnProfile(db(), lin.id)).toMatchObject({ theme: null });
  expect((await eventsAbout("user", lin.id)).slice(1).map(({ data }) => data)).toEqual([{ fields: ["locale"] }, { fields: ["theme"] }, { fields: ["theme"] }]);
});

test("one's own data is handed out three times a day", async () => {
  const person = await personOf(await aUser());
  await withSettings({ RATE_LIMIT_SCALE: 1, REDIS_URL: undefined }, async () => {
    for (let times = 0; times < LIMITS["own-data-export"].requests; times++) await exportOwnData(person);
    expect(await refusalOf(exportOwnData(person))).toBe("too_many_requests");
    theClock.passDays(1);
    await exportOwnData(person);
  });
});

test("where no mail can be sent, nothing that needs a link is begun", async () => {
  const lin = await aUser({ password: PASSWORD });
  const person = await personOf(lin);
  await withSettings({ NODE_ENV: "production", SHOP_DEMO: false, SMTP_URL: undefined } as never, async () => {
    expect(await changeOwnEmail(person, { current: PASSWORD, email: newAddress() }, HERE)).toMatchObject({ code: "unavailable" });
    expect(await sendLinkAgain({ email: lin.email }, HERE)).toMatchObject({ code: "unavailable" });
    expect(await signUpWithPassword({ username: unique("mei"), email: newAddress(), password: PASSWORD }, HERE)).toMatchObject({ ok: true, value: { token: expect.any(String) } });
  });
});
