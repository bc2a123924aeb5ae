import { generateSync } from "otplib";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { newRecoveryCodes, newSecret, openSecret, recoveryDigest, sealSecret } from "@/lib/authenticator";
import type { Actor, StaffId } from "@/lib/ctx";
import { signInWithPassword } from "@/lib/entrance";
import { LIMITS } from "@/lib/limits";
import { beginOwnFactor, confirmOwnFactor, giveOwnFactor, removeOwnFactor, renewOwnCodes, replaceOwnFactor } from "@/lib/own-second-factor";
import { changeOwnPassword } from "@/lib/own-account";
import { perform } from "@/lib/perform";
import { secondFactorLack, staffWithPermission } from "@/lib/staff";
import { rows } from "@/test/database";
import { withSettings } from "@/test/settings";
import { aUser, eventsAbout, refusalOf, theClock, theShop, withPolicy, type TestUser } from "@/test/world";

import { startSession } from "../commands";
import { findSession } from "../queries";
import { FACTOR_HOURS, tokenDigest } from "../session-token";
import { resetSecondFactor } from "./commands";
import { findOwnFactor } from "./queries";

const PASSWORD = "correct horse battery";
const HERE = "203.0.113.9";

const codeAt = (secret: string, at: Date): string => generateSync({ secret, epoch: Math.floor(at.getTime() / 1000) });
const codeNow = (secret: string): string => codeAt(secret, theClock.now());
const session = (who: TestUser): Promise<string> => perform(theShop, (ctx) => startSession(ctx, who.id));
const personOf = async (token: string) => (await findSession(token))!;
const lackOf = async (token: string, secondFactor: "optional" | "required" = "required") => secondFactorLack((await personOf(token)).staff!, { secondFactor });

/** The secret that this session was shown. */
async function beginOn(token: string): Promise<string> {
  const person = await personOf(token);
  const answer = await beginOwnFactor(person, tokenDigest(token), { current: PASSWORD });
  if (!answer.ok) throw new Error(answer.code);
  const begun = await findOwnFactor(db(), person.id, tokenDigest(token));
  if (begun.state !== "begun") throw new Error(begun.state);
  return begun.secret;
}

/** A member of staff with an authenticator, and what is in it. */
async function enrolled(role: "staff" | "owner" = "staff") {
  const who = await aUser({ role, password: PASSWORD });
  const token = await session(who);
  const secret = await beginOn(token);
  const confirmed = await confirmOwnFactor(await personOf(token), tokenDigest(token), codeNow(secret));
  if (!confirmed.ok) throw new Error(confirmed.code);
  return { who, token, secret, codes: confirmed.value.codes };
}

const codeOf = (work: Promise<{ ok: boolean; code?: string }>): Promise<string> => work.then(({ ok, code }) => (ok ? "ok" : code!), (error: { code: string }) => error.code);

const staffManager = (id: TestUser["id"]): Actor => ({ kind: "staff", id: id as StaffId, role: "staff", permissions: new Set(["staff.read", "staff.manage"]) });

const soon = (): void => theClock.set(new Date(theClock.now().getTime() + 30_000));

test("setting it up takes a code of the authenticator; from then on every other session is asked for one", async () => {
  const { who, token, codes } = await enrolled();
  expect([await lackOf(token), await lackOf(await session(who)), await lackOf(await session(who), "optional")]).toEqual([null, "code", "code"]);
  expect(new Set(codes).size).toBe(10);
  expect(await findOwnFactor(db(), who.id)).toMatchObject({ state: "on", recoveryLeft: 10 });
  expect((await eventsAbout("user", who.id)).at(-1)).toMatchObject({ name: "account.second_factor_added", actor_id: who.id });
  const [kept] = await rows<{ secret: Buffer; digests: string }>("SELECT secret, CAST(recovery_digests AS CHAR) AS digests FROM second_factors WHERE user_id = ?", [who.id]);
  expect(codes.some((code) => kept!.digests.includes(code))).toBe(false);
});

test("one that was begun and not confirmed asks for nothing, and may be begun again with another secret", async () => {
  const who = await aUser({ role: "staff", password: PASSWORD });
  const token = await session(who);
  const secrets = [await beginOn(token), await beginOn(token)];
  expect(new Set(secrets).size).toBe(2);
  expect([await lackOf(token, "optional"), await lackOf(token, "required")]).toEqual([null, "enrolment"]);
  expect(await confirmOwnFactor(await personOf(token), tokenDigest(token), codeNow(secrets[0]!))).toMatchObject({ code: "second_factor_wrong", fields: { code: "second_factor_wrong" } });
  expect(await confirmOwnFactor(await personOf(token), tokenDigest(token), codeNow(secrets[1]!))).toMatchObject({ ok: true });
  expect(await refusalOf(beginOwnFactor(await personOf(token), tokenDigest(token), { current: PASSWORD }))).toBe("second_factor_on");
});

test("beginning takes the password: a session that was left open puts no authenticator on the account", async () => {
  const who = await aUser({ role: "staff", password: PASSWORD });
  const token = await session(who);
  expect(await beginOwnFactor(await personOf(token), tokenDigest(token), { current: "not it at all" })).toMatchObject({ code: "wrong_credentials", fields: { current: "password_wrong" } });
  expect(await rows("SELECT user_id FROM second_factors WHERE user_id = ?", [who.id])).toEqual([]);
});

test("what one session began no other is shown or may confirm, and beginning there makes it anew", async () => {
  const who = await aUser({ role: "staff", password: PASSWORD });
  const [first, other] = [await session(who), await session(who)];
  const secret = await beginOn(first);
  expect([await findOwnFactor(db(), who.id, tokenDigest(other)), await findOwnFactor(db(), who.id)]).toEqual([{ state: "none" }, { state: "none" }]);
  expect(await codeOf(confirmOwnFactor(await personOf(other), tokenDigest(other), codeNow(secret)))).toBe("second_factor_off");
  expect(await beginOn(other)).not.toBe(secret);
  expect(await codeOf(confirmOwnFactor(await personOf(first), tokenDigest(first), codeNow(secret)))).toBe("second_factor_off");
  expect(await findOwnFactor(db(), who.id, tokenDigest(first))).toEqual({ state: "none" });
});

test("a new password takes away what was begun, and leaves what is on", async () => {
  const who = await aUser({ role: "staff", password: PASSWORD });
  const token = await session(who);
  await beginOn(token);
  expect(await changeOwnPassword(await personOf(token), { current: PASSWORD, password: "another horse battery" })).toMatchObject({ ok: true });
  expect(await rows("SELECT user_id FROM second_factors WHERE user_id = ?", [who.id])).toEqual([]);
  const on = await enrolled();
  expect(await changeOwnPassword(await personOf(on.token), { current: PASSWORD, password: "another horse battery" })).toMatchObject({ ok: true });
  expect(await findOwnFactor(db(), on.who.id)).toMatchObject({ state: "on" });
});

test("a code holds twelve hours for its session; where no second factor is used nothing is asked", async () => {
  await withPolicy({ staffIdleMinutes: 1_440, staffSessionHours: 24 }, async () => {
    const { who, token, secret } = await enrolled();
    const plain = await session(await aUser({ role: "staff" }));
    theClock.passMinutes(FACTOR_HOURS * 60 - 5);
    expect(await lackOf(token)).toBeNull();
    theClock.passMinutes(10);
    expect([await lackOf(token), await lackOf(plain, "optional")]).toEqual(["code", null]);
    expect(await codeOf((async () => (staffWithPermission(await personOf(token), "products.write", { secondFactor: "optional" }), { ok: true }))())).toBe("second_factor_needed");
    expect(await findSession(token)).toMatchObject({ id: who.id });
    expect(await giveOwnFactor(await personOf(token), tokenDigest(token), codeNow(secret))).toMatchObject({ ok: true });
    expect(await lackOf(token)).toBeNull();
  });
});

test("a code of the step before, this one and the next works, one of two steps away does not, and none works twice", async () => {
  const { who, secret } = await enrolled();
  theClock.passMinutes(10);
  const give = async (code: string) => {
    const token = await session(who);
    return (await giveOwnFactor(await personOf(token), tokenDigest(token), code)).ok;
  };
  const at = (steps: number): string => codeAt(secret, new Date(theClock.now().getTime() + steps * 30_000));
  expect(await give(at(-2))).toBe(false);
  expect(await give(at(2))).toBe(false);
  expect(await give(at(-1))).toBe(true);
  expect(await give(at(-1))).toBe(false);
  expect(await give(at(0))).toBe(true);
  expect(await give(at(1))).toBe(true);
  // What was taken last rules out all before it.
  expect(await give(at(0))).toBe(false);
});

test("a code counts for its own session alone", async () => {
  const { who, secret } = await enrolled();
  soon();
  const [mine, other] = [await session(who), await session(who)];
  expect(await giveOwnFactor(await personOf(mine), tokenDigest(mine), codeNow(secret))).toMatchObject({ ok: true });
  expect([await lackOf(mine), await lackOf(other)]).toEqual([null, "code"]);
});

test("a recovery code works once, however it is typed, and says how many are left", async () => {
  const { who, codes } = await enrolled();
  const [first, second] = [await session(who), await session(who)];
  expect(await giveOwnFactor(await personOf(first), tokenDigest(first), ` ${codes[3]!.toUpperCase().replace("-", " ")} `)).toMatchObject({ ok: true });
  expect(await giveOwnFactor(await personOf(second), tokenDigest(second), codes[3]!)).toMatchObject({ code: "second_factor_wrong" });
  expect(await findOwnFactor(db(), who.id)).toMatchObject({ recoveryLeft: 9 });
  expect((await eventsAbout("user", who.id)).at(-1)).toMatchObject({ name: "account.recovery_code_used", data: { left: 9 } });
});

test("other recovery codes take password and code; those of before are dead, and the new ones are kept nowhere", async () => {
  const { who, token, secret, codes: before } = await enrolled();
  const person = await personOf(token);
  expect(await renewOwnCodes(person, { current: "not the password", code: before[0]! })).toMatchObject({ code: "wrong_credentials" });
  expect(await renewOwnCodes(person, { current: PASSWORD, code: "000000" })).toMatchObject({ code: "second_factor_wrong", fields: { code: "second_factor_wrong" } });
  expect(await findOwnFactor(db(), who.id)).toMatchObject({ recoveryLeft: 10 });
  soon();
  const renewed = await renewOwnCodes(person, { current: PASSWORD, code: codeNow(secret) });
  if (!renewed.ok) throw new Error(renewed.code);
  expect(new Set([...before, ...renewed.value.codes]).size).toBe(20);
  expect((await eventsAbout("user", who.id)).at(-1)).toMatchObject({ name: "account.recovery_codes_renewed", actor_id: who.id });
  const another = await session(who);
  expect(await giveOwnFactor(await personOf(another), tokenDigest(another), before[0]!)).toMatchObject({ code: "second_factor_wrong" });
  expect(await giveOwnFactor(await personOf(another), tokenDigest(another), renewed.value.codes[0]!)).toMatchObject({ ok: true });
  // A code on paper is enough for it too, and is used up by it: with the phone gone this is the way to ten again.
  const again = await renewOwnCodes(person, { current: PASSWORD, code: renewed.value.codes[1]! });
  expect(again).toMatchObject({ ok: true });
  expect(await findOwnFactor(db(), who.id)).toMatchObject({ recoveryLeft: 10 });
});

test("each change of it is written to its owner", async () => {
  const { who, token, secret, codes } = await enrolled();
  await giveOwnFactor(await personOf(token), tokenDigest(token), codes[0]!);
  soon();
  await renewOwnCodes(await personOf(token), { current: PASSWORD, code: codeNow(secret) });
  const owner = await aUser({ role: "owner" });
  await perform(owner.actor, (ctx) => resetSecondFactor(ctx, { userId: who.id }));
  const letters = await rows<{ template: string; props: { change: string; left: number } }>("SELECT template, props FROM mail_messages WHERE user_id = ? AND template = 'second_factor_changed' ORDER BY id", [who.id]);
  expect(letters.map(({ props }) => [props.change, props.left])).toEqual([["added", 0], ["code_used", 9], ["codes_renewed", 0], ["reset", 0]]);
});

test("guessing ends after ten codes, with the right one too", async () => {
  const { who, secret } = await enrolled();
  soon();
  const token = await session(who);
  const person = await personOf(token);
  await withSettings({ RATE_LIMIT_SCALE: 1, REDIS_URL: undefined }, async () => {
    const answers: string[] = [];
    for (let guess = 0; guess < LIMITS["second-factor"].requests; guess++) answers.push(await codeOf(giveOwnFactor(person, tokenDigest(token), "000000")));
    expect(answers[0]).toBe("second_factor_wrong");
    expect(await codeOf(giveOwnFactor(person, tokenDigest(token), codeNow(secret)))).toBe("too_many_requests");
  });
});

test("switching it off takes the password and a code, and the shop may forbid it; another authenticator is always allowed", async () => {
  const { who, token, secret } = await enrolled();
  const person = await personOf(token);
  soon();
  expect(await removeOwnFactor(person, { current: "not it at all", code: codeNow(secret) })).toMatchObject({ code: "wrong_credentials" });
  expect(await refusalOf(removeOwnFactor(person, { current: PASSWORD, code: codeNow(secret) }))).toBe("second_factor_required");
  await withPolicy({ secondFactor: "optional" }, async () => {
    expect(await removeOwnFactor(person, { current: PASSWORD, code: "000000" })).toMatchObject({ fields: { code: "second_factor_wrong" } });
    expect(await removeOwnFactor(person, { current: PASSWORD, code: codeNow(secret) })).toMatchObject({ ok: true });
  });
  expect(await findOwnFactor(db(), who.id)).toEqual({ state: "none" });
  expect((await eventsAbout("user", who.id)).at(-1)).toMatchObject({ name: "account.second_factor_removed", data: { by: "owner" } });

  const next = await enrolled();
  soon();
  expect(await replaceOwnFactor(await personOf(next.token), tokenDigest(next.token), { current: PASSWORD, code: codeNow(next.secret) })).toMatchObject({ ok: true });
  const begun = await findOwnFactor(db(), next.who.id, tokenDigest(next.token));
  expect(begun).toMatchObject({ state: "begun" });
  expect(begun.state === "begun" && begun.secret !== next.secret).toBe(true);
  expect(await lackOf(next.token)).toBe("enrolment");
});

test("a colleague's lost one is taken out by whoever manages the staff, which ends their sessions, and by nobody else", async () => {
  const { who, token } = await enrolled();
  const [owner, clerk, hr] = [await aUser({ role: "owner" }), await aUser({ role: "staff" }), await aUser({ role: "staff" })];
  const manager = { ...hr, actor: staffManager(hr.id) };
  const reset = (by: TestUser, userId: number) => perform(by.actor, (ctx) => resetSecondFactor(ctx, { userId }));
  expect(await refusalOf(reset(clerk, who.id))).toBe("forbidden");
  expect(await refusalOf(reset(owner, owner.id))).toBe("forbidden");
  // Who manages the staff and may do less than this colleague would come in as them by an authenticator of their own.
  expect(await refusalOf(reset(manager, who.id))).toBe("forbidden");
  await reset(owner, who.id);
  expect(await findSession(token)).toBeNull();
  expect(await findOwnFactor(db(), who.id)).toEqual({ state: "none" });
  expect((await eventsAbout("user", who.id)).at(-1)).toMatchObject({ name: "account.second_factor_removed", actor_id: owner.id, data: { by: "staff" } });
  expect(await refusalOf(reset(owner, who.id))).toBe("second_factor_off");
});

test("the gate refuses what is staff's without it, and never asks what a role may not do anyway", async () => {
  const { who } = await enrolled();
  const [without, shopper] = [await personOf(await session(who)), await personOf(await session(await aUser()))];
  const may = (person: typeof without | null, permission: "products.write" | "staff.manage", secondFactor: "optional" | "required") => {
    try {
      return staffWithPermission(person, permission, { secondFactor }).id;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect([may(without, "products.write", "optional"), may(without, "staff.manage", "optional"), may(shopper, "products.write", "optional"), may(null, "products.write", "optional")]).toEqual([
    "second_factor_needed", "forbidden", "forbidden", "not_signed_in",
  ]);
  const fresh = await personOf(await session(await aUser({ role: "staff" })));
  expect([may(fresh, "products.write", "required"), may(fresh, "products.write", "optional")]).toEqual(["second_factor_needed", fresh.id]);
});

test("a program signs in with password and code at once; a wrong code signs nobody in", async () => {
  const { who, secret } = await enrolled();
  soon();
  const before = await rows("SELECT 1 FROM sessions WHERE user_id = ?", [who.id]);
  expect(await signInWithPassword({ email: who.email, password: PASSWORD, code: "000000" }, HERE)).toMatchObject({ code: "second_factor_wrong" });
  expect(await rows("SELECT 1 FROM sessions WHERE user_id = ?", [who.id])).toHaveLength(before.length);
  const entered = await signInWithPassword({ email: who.email, password: PASSWORD, code: codeNow(secret) }, HERE, "Chrome · Windows");
  if (!entered.ok) throw new Error(entered.code);
  expect(await lackOf(entered.value.token)).toBeNull();
});

test("a secret is read by its owner's row alone", () => {
  const secret = newSecret();
  const sealed = sealSecret(7, secret);
  expect(sealed.includes(Buffer.from(secret))).toBe(false);
  expect(openSecret(7, sealed)).toBe(secret);
  expect(() => openSecret(8, sealed)).toThrow();
  const [code] = newRecoveryCodes();
  expect(recoveryDigest(7, code!)).not.toBe(recoveryDigest(8, code!));
});
