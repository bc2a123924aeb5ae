import "server-only";

import { db } from "@/db/client";

import { registerUser, startSession } from "./accounts/commands";
import { askToJoin, sendVerificationAgain, verifyAddress } from "./accounts/joining/commands";
import { hashPassword, passwordMatches } from "./accounts/password";
import { findCredentials } from "./accounts/queries";
import { EmailInput, SignInInput, SignUpInput, VerifyInput } from "./accounts/schema";
import { giveSecondFactor } from "./accounts/second-factor/commands";
import { addressKey, tokenDigest } from "./accounts/session-token";
import { currentTime } from "./clock";
import type { Actor, Ctx, UserId } from "./ctx";
import { dayOf } from "./day";
import { evenly } from "./evenly";
import { limit } from "./limits";
import { log } from "./log";
import { mailIsConfigured } from "./mail";
import { parseInput, settle, succeed, type Outcome } from "./outcome";
import { perform } from "./perform";
import { isRefusal, refuse } from "./refusal";
import { limitMail, rewardRegistration } from "./registration";
import { earnPoints } from "./rules/commands";
import { getPolicy } from "./settings/queries";
import { forgetReferral, openReferral } from "./sharing/referrals/commands";

export type Entered = { userId: UserId; token: string };
/** Somebody who signed up is inside, or is told to look into their mailbox. */
export type Joined = Entered | { mailSent: true };

/** What the device says of who comes on it: its own key, and whose link it came through. */
export type Guest = { deviceKey: string | null; inviterId: UserId | null; /** What the device calls itself, in short. */ device?: string };
const STRANGER: Guest = { deviceKey: null, inviterId: null };

const door: Actor = { kind: "system", name: "entrance" };

/** Whether who signs up proves their address first: the merchant wants it, and mail can be sent. */
export const addressesAreVerified = async (): Promise<boolean> => (await getPolicy(db())).verifyEmail && mailIsConfigured();

/**
 * Makes a person with an account. Where addresses are verified the answer is the same, in the same time, for every address: mail is on its way.
 * Where they are not, with the registration reward and a first session, all or nothing. `next` is where they were going.
 * Refuses `invalid_input`, `weak_password`, `username_taken`, `too_many_requests`; without verification also `email_taken`.
 */
export function signUpWithPassword(input: unknown, address: string, next = "", guest = STRANGER): Promise<Outcome<Joined>> {
  return settle<Joined>(async () => {
    const parsed = parseInput(SignUpInput, input);
    if (!parsed.ok) return parsed;
    await limit("sign-up-address", address);
    const { password, ...person } = parsed.value;
    if (await addressesAreVerified()) {
      await limitMail(person.email, address);
      return evenly(async () => {
        const passwordHash = await hashPassword(password);
        await lookingAgain(() => perform(door, async (ctx) => {
          await askToJoin(ctx, { ...person, passwordHash }, next);
          await noteInviter(ctx, person.email, guest);
        }));
        return succeed({ mailSent: true });
      });
    }
    const passwordHash = await hashPassword(password);
    return succeed(await perform(door, async (ctx) => welcome(ctx, await registerUser(ctx, { ...person, passwordHash, isVerified: true }), guest)));
  });
}

const LOOKS_MAX = 3;

/** Of forms that bring one new address at the same time the first makes the account; the others find it when they look again. */
async function lookingAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let look = 1; ; look++) {
    try {
      return await work();
    } catch (error) {
      if (look === LOOKS_MAX || !isRefusal(error) || error.code !== "email_taken") throw error;
    }
  }
}

/** The registration reward, once a person, and a session. Who brought them is noted first. */
async function welcome(ctx: Ctx, userId: UserId, { inviterId, deviceKey, device }: Guest): Promise<Entered> {
  if (inviterId !== null) await openReferral(ctx, { friendId: userId, inviterId, deviceKey });
  await rewardRegistration(ctx, userId);
  return { userId, token: await startSession(ctx, userId, device) };
}

/** The mail's link may be opened on another device, so who brought a newcomer is noted with the form. Until the address is proved the latest form counts. */
async function noteInviter(ctx: Ctx, email: string, { inviterId, deviceKey }: Guest): Promise<void> {
  const newcomer = await findCredentials(ctx.tx, email);
  if (!newcomer || newcomer.emailVerifiedAt !== null) return;
  await forgetReferral(ctx, newcomer.id);
  if (inviterId !== null) await openReferral(ctx, { friendId: newcomer.id, inviterId, deviceKey });
}

/** Sends the link of a sign-up again; the same answer for every address. Refuses `invalid_input`, `too_many_requests`, `unavailable` where no mail can be sent. */
export function sendLinkAgain(input: unknown, address: string, next = ""): Promise<Outcome<null>> {
  return settle(async () => {
    const parsed = parseInput(EmailInput, input);
    if (!parsed.ok) return parsed;
    if (!mailIsConfigured()) return refuse("unavailable");
    await limitMail(parsed.value.email, address);
    return evenly(async () => {
      await perform(door, (ctx) => sendVerificationAgain(ctx, parsed.value.email, next));
      return succeed(null);
    });
  });
}

/** Proves an address by the link that was sent to it, grants the reward and starts a session, all or nothing. Refuses `link_invalid`, `too_many_requests`. */
export function verifyWithLink(input: unknown, address: string, guest = STRANGER): Promise<Outcome<Entered>> {
  return settle(async () => {
    const parsed = parseInput(VerifyInput, input);
    if (!parsed.ok) return parsed;
    await limit("link-use-address", address);
    return succeed(await perform(door, async (ctx) => welcome(ctx, await verifyAddress(ctx, parsed.value.token), guest)));
  });
}

/**
 * Starts a session for an e-mail address and password, and counts the day's visit.
 * An unknown address and a wrong password are refused alike, in the same time: `wrong_credentials`. Whoever has the right one and
 * did not open the link yet: `email_unverified`. A second factor's code that comes along must be right: `second_factor_wrong`, `second_factor_off`.
 * Also `too_many_requests`, `invalid_input`.
 */
export function signInWithPassword(input: unknown, address: string, device = ""): Promise<Outcome<Entered>> {
  return settle(async () => {
    const parsed = parseInput(SignInInput, input);
    if (!parsed.ok) return parsed;
    await limit("sign-in-address", address);
    await limit("sign-in-account", addressKey(parsed.value.email));
    const person = await findCredentials(db(), parsed.value.email);
    const matches = await passwordMatches(person?.passwordHash ?? null, parsed.value.password);
    if (!person || !matches) {
      log.warn({ account: addressKey(parsed.value.email) }, "a sign-in was refused");
      return refuse("wrong_credentials");
    }
    if (person.emailVerifiedAt === null && (await addressesAreVerified())) return refuse("email_unverified");
    const { code } = parsed.value;
    if (code !== undefined) await limit("second-factor", person.id);
    const token = await perform(door, async (ctx) => {
      const started = await startSession(ctx, person.id, device);
      if (code !== undefined) await giveSecondFactor(ctx, person.id, tokenDigest(started), code);
      return started;
    });
    await recordVisit(person.id);
    return { ok: true, value: { userId: person.id, token } };
  });
}

const VISITS_REMEMBERED = 50_000;
const shared = globalThis as { pointsMallVisits?: Map<UserId, string> };

/** Grants the reward of the day's first visit. What this process saw today is not asked of the database again. */
export async function recordVisit(userId: UserId): Promise<void> {
  const seen = (shared.pointsMallVisits ??= new Map());
  const { timeZone } = await getPolicy(db());
  const now = currentTime();
  const today = dayOf(now, timeZone);
  if (seen.get(userId) === today) return;
  await perform(door, (ctx) => earnPoints(ctx, { userId, action: "login", source: { type: "visit", id: `${userId}:${today}` } }), now);
  if (seen.size >= VISITS_REMEMBERED) seen.clear();
  seen.set(userId, today);
}
