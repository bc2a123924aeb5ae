import "server-only";

import { db } from "@/db/client";

import { registerUser, startSession } from "./accounts/commands";
import { hashPassword, passwordMatches } from "./accounts/password";
import { findCredentials } from "./accounts/queries";
import { SignInInput, SignUpInput } from "./accounts/schema";
import { currentTime } from "./clock";
import type { Actor, UserId } from "./ctx";
import { dayOf } from "./day";
import { limit } from "./limits";
import { parseInput, settle, type Outcome } from "./outcome";
import { perform } from "./perform";
import { refuse } from "./refusal";
import { earnPoints } from "./rules/commands";
import { getPolicy } from "./settings/queries";

export type Entered = { userId: UserId; token: string };

const door: Actor = { kind: "system", name: "entrance" };

/**
 * Makes a person with an account, the registration reward and a first session, all or nothing.
 * Refuses `invalid_input`, `weak_password`, `email_taken`, `username_taken`, `too_many_requests`.
 */
export function signUpWithPassword(input: unknown, address: string): Promise<Outcome<Entered>> {
  return settle(async () => {
    const parsed = parseInput(SignUpInput, input);
    if (!parsed.ok) return parsed;
    await limit("sign-up-address", address);
    const { password, ...person } = parsed.value;
    const passwordHash = await hashPassword(password);
    const entered = await perform(door, async (ctx) => {
      const userId = await registerUser(ctx, { ...person, passwordHash });
      await earnPoints(ctx, { userId, action: "register", source: { type: "register", id: String(userId) } });
      return { userId, token: await startSession(ctx, userId) };
    });
    return { ok: true, value: entered };
  });
}

/**
 * Starts a session for an e-mail address and password, and counts the day's visit.
 * An unknown address and a wrong password are refused alike, in the same time: `wrong_credentials`; also `too_many_requests`, `invalid_input`.
 */
export function signInWithPassword(input: unknown, address: string): Promise<Outcome<Entered>> {
  return settle(async () => {
    const parsed = parseInput(SignInInput, input);
    if (!parsed.ok) return parsed;
    await limit("sign-in-address", address);
    await limit("sign-in-account", parsed.value.email);
    const person = await findCredentials(db(), parsed.value.email);
    const matches = await passwordMatches(person?.passwordHash ?? null, parsed.value.password);
    if (!person || !matches) return refuse("wrong_credentials");
    const token = await perform(door, (ctx) => startSession(ctx, person.id));
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
