import { expect, test } from "vitest";

import { findSession } from "@/lib/accounts/queries";
import { count, rows } from "@/test/database";
import { withSettings } from "@/test/settings";
import { atOnce, aToken, aUser, balanceOf, eventsAbout, linkTokenTo, mailTo, theClock, unique } from "@/test/world";

import { signInWithPassword, signUpWithPassword, verifyWithLink } from "./entrance";
import { LIMITS } from "./limits";
import { changeOwnEmail, changeOwnPassword, confirmOwnEmail } from "./own-account";
import { forgotPassword, resetWithLink } from "./recovery";

const PASSWORD = "correct horse battery";
const NEW_PASSWORD = "staple correct horse";
const HERE = "203.0.113.7";
const INVALID = { ok: false, code: "link_invalid", detail: {} };

const signIn = (email: string, password: string) => signInWithPassword({ email, password }, HERE);
const reset = (token: unknown, password = NEW_PASSWORD) => resetWithLink({ token, password }, HERE);

/** A person who asked for a new password, with what their link carries. */
async function forgetful() {
  const lin = await aUser({ password: PASSWORD });
  await forgotPassword({ email: lin.email }, HERE);
  return { lin, token: await linkTokenTo(lin.email, "reset_password") };
}

/** Somebody as their session shows them. */
const personOf = async (who: { id: Awaited<ReturnType<typeof aUser>>["id"] }) => (await findSession(await aToken(who)))!;

test("a forgotten password is set anew by a link: the old one is dead, so are all sessions, and the owner is told", async () => {
  const { lin, token } = await forgetful();
  const session = await aToken(lin);
  expect(await reset(token)).toEqual({ ok: true, value: null });
  expect(await findSession(session)).toBeNull();
  expect(await signIn(lin.email, PASSWORD)).toMatchObject({ code: "wrong_credentials" });
  expect(await signIn(lin.email, NEW_PASSWORD)).toMatchObject({ ok: true });
  expect((await mailTo(lin.email)).map(({ template }) => template)).toEqual(["password_changed", "reset_password"]);
  expect((await eventsAbout("user", lin.id)).find(({ name }) => name === "account.password_changed")).toMatchObject({ data: { by: "reset" } });
});

test("the reply is the same for an address that nobody has, and nothing is sent to it", async () => {
  const lin = await aUser();
  const nobody = `${unique("nobody")}@example.com`;
  const [known, unknown] = [await forgotPassword({ email: lin.email }, HERE), await forgotPassword({ email: nobody }, HERE)];
  expect(JSON.stringify(known)).toBe(JSON.stringify(unknown));
  expect(await mailTo(nobody)).toEqual([]);
});

test("mail goes to the address that is stored, whatever way it was typed", async () => {
  const lin = await aUser();
  await forgotPassword({ email: ` ${lin.email.toUpperCase()} ` }, HERE);
  expect(await mailTo(lin.email)).toHaveLength(1);
});

test("the link names a path of the shop, not a host that a header could change", async () => {
  const { lin } = await forgetful();
  expect((await mailTo(lin.email))[0]!.props.link).toMatch(/^\/reset-password\?token=[\w-]{43}$/);
});

test("a link works once", async () => {
  const { lin, token } = await forgetful();
  await reset(token);
  expect(await reset(token, "yet another password")).toEqual(INVALID);
  expect(await signIn(lin.email, NEW_PASSWORD)).toMatchObject({ ok: true });
});

test("of twenty that use one link at once, one sets the password", async () => {
  const { lin, token } = await forgetful();
  const answers = await atOnce(20, (index) => reset(token, `a new password no ${index}`));
  const winners = answers.flatMap(({ ok }, index) => (ok ? [index] : []));
  expect(winners).toHaveLength(1);
  expect(await signIn(lin.email, `a new password no ${winners[0]}`)).toMatchObject({ ok: true });
  expect(await count("SELECT COUNT(*) FROM events WHERE subject_id = ? AND name = 'account.password_changed'", [String(lin.id)])).toBe(1);
});

test("a link works for half an hour", async () => {
  const [early, late] = [await forgetful(), await forgetful()];
  theClock.passMinutes(29);
  expect(await reset(early.token)).toMatchObject({ ok: true });
  theClock.passMinutes(2);
  expect(await reset(late.token)).toEqual(INVALID);
  expect(await signIn(late.lin.email, PASSWORD)).toMatchObject({ ok: true });
});

test("a link that was asked for later takes the place of the one before", async () => {
  const { lin, token } = await forgetful();
  await forgotPassword({ email: lin.email }, HERE);
  expect(await reset(token)).toEqual(INVALID);
  expect(await reset(await linkTokenTo(lin.email, "reset_password"))).toMatchObject({ ok: true });
});

test("a link dies when the password is changed meanwhile", async () => {
  const { lin, token } = await forgetful();
  expect(await changeOwnPassword(await personOf(lin), { current: PASSWORD, password: "changed it myself" })).toMatchObject({ ok: true });
  expect(await reset(token)).toEqual(INVALID);
  expect(await signIn(lin.email, "changed it myself")).toMatchObject({ ok: true });
});

test("a link dies when the address is changed meanwhile", async () => {
  const { lin, token } = await forgetful();
  const email = `${unique("new")}@example.com`;
  await changeOwnEmail(await personOf(lin), { current: PASSWORD, email }, HERE);
  expect(await confirmOwnEmail(await linkTokenTo(email, "change_email"), null, HERE)).toMatchObject({ ok: true });
  expect(await reset(token)).toEqual(INVALID);
});

test("a link of another kind is none, and stays good for its own", async () => {
  const email = `${unique("mei")}@example.com`;
  await signUpWithPassword({ username: unique("mei"), email, password: PASSWORD }, HERE);
  const verification = await linkTokenTo(email, "verify_email");
  expect(await reset(verification)).toEqual(INVALID);
  const { token } = await forgetful();
  expect(await verifyWithLink({ token }, HERE)).toEqual(INVALID);
  expect(await confirmOwnEmail(token, null, HERE)).toEqual(INVALID);
  expect(await reset(token)).toMatchObject({ ok: true });
  expect(await verifyWithLink({ token: verification }, HERE)).toMatchObject({ ok: true });
});

test("one person's link changes nobody else's password", async () => {
  const [{ token }, bo] = [await forgetful(), await aUser({ password: PASSWORD })];
  await reset(token);
  expect(await signIn(bo.email, PASSWORD)).toMatchObject({ ok: true });
});

test.each([[0], [true], [null], [undefined], [""], ["0"], ["A".repeat(43)], ["A".repeat(10_000)], [["x"]], [[]], [{ $ne: 1 }], [{}], ["' OR 1=1 -- "], ["\u0000".repeat(43)]])("%j is no link", async (token) => {
  await forgetful();
  const before = await rows("SELECT id, password_hash FROM users ORDER BY id");
  expect(await reset(token)).toEqual(INVALID);
  expect(await rows("SELECT id, password_hash FROM users ORDER BY id")).toEqual(before);
});

test("a weak password is refused at its field and does not use the link up", async () => {
  const { token } = await forgetful();
  expect(await reset(token, "12345678")).toMatchObject({ code: "weak_password", fields: { password: "password_weak" } });
  expect(await reset(token)).toMatchObject({ ok: true });
});

test("who forgot the password before opening the first link has proved the address by the second, and is rewarded once", async () => {
  const email = `${unique("mei")}@example.com`;
  await signUpWithPassword({ username: unique("mei"), email, password: PASSWORD }, HERE);
  const verification = await linkTokenTo(email, "verify_email");
  await forgotPassword({ email }, HERE);
  await reset(await linkTokenTo(email, "reset_password"));
  expect(await verifyWithLink({ token: verification }, HERE)).toEqual(INVALID);
  const entered = await signIn(email, NEW_PASSWORD);
  if (!entered.ok) throw new Error(entered.code);
  expect(await balanceOf({ id: entered.value.userId })).toBe(110);
});

test("links for the asking are limited for each address and for each who asks", async () => {
  const lin = await aUser();
  await withSettings({ RATE_LIMIT_SCALE: 1, REDIS_URL: undefined }, async () => {
    const replies = [];
    for (let times = 0; times <= LIMITS["mail-link-account"].requests; times++) replies.push(await forgotPassword({ email: lin.email }, "198.51.100.20"));
    expect(replies.map(({ ok }) => ok)).toEqual([...Array(LIMITS["mail-link-account"].requests).fill(true), false]);
    expect(replies.at(-1)).toMatchObject({ code: "too_many_requests", detail: { retryAfterSeconds: expect.any(Number) } });
  });
});
