import "server-only";

import type { Route } from "next";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";

import { endAllSessions, endSession } from "./accounts/commands";
import { findSession, type Person } from "./accounts/queries";
import { openSession, sealSession, sessionCookieName, sessionCookieOptions } from "./auth-cookie";
import { clientAddress } from "./client-address";
import { recordVisit as countVisit, signInWithPassword, signUpWithPassword, type Entered } from "./entrance";
import { succeed, type Outcome } from "./outcome";
import { perform } from "./perform";
import { asStaff, shopperActor, type Staff } from "./staff";

export type Shopper = Person;
export type { Staff };

/** Who is signed in, read once per request; null for a guest and for a session that was ended. */
export const currentShopper = cache(async (): Promise<Shopper | null> => {
  const token = await sessionToken();
  return token ? findSession(token) : null;
});

async function sessionToken(): Promise<string | null> {
  const cookie = (await cookies()).get(sessionCookieName())?.value;
  return cookie ? openSession(cookie) : null;
}

/** Who is signed in; a guest is sent to sign in and comes back to `returnTo`. */
export async function requireShopper(returnTo = "/"): Promise<Shopper> {
  const shopper = await currentShopper();
  if (!shopper) redirect(`/sign-in?next=${encodeURIComponent(returnTo)}` as Route);
  return shopper;
}

/** Staff only: a guest is sent to sign in, a shopper is told nothing of what is here. */
export async function requireStaff(returnTo = "/admin"): Promise<Staff> {
  const staff = asStaff(await requireShopper(returnTo));
  if (!staff) notFound();
  return staff;
}

export const recordVisit = (shopper: Shopper): Promise<void> => countVisit(shopper.id);

/** For server actions: makes an account and signs in on this device. */
export const signUp = async (input: unknown): Promise<Outcome<null>> => enter(await signUpWithPassword(input, clientAddress(await headers())));

/** For server actions: signs in on this device. */
export const signIn = async (input: unknown): Promise<Outcome<null>> => enter(await signInWithPassword(input, clientAddress(await headers())));

async function enter(outcome: Outcome<Entered>): Promise<Outcome<null>> {
  if (!outcome.ok) return outcome;
  // A session of before is not carried over.
  await endThisSession();
  (await cookies()).set(sessionCookieName(), await sealSession(outcome.value.token), sessionCookieOptions());
  return succeed(null);
}

/** For server actions: ends the session of this device. */
export async function signOut(): Promise<void> {
  await endThisSession();
  (await cookies()).delete({ name: sessionCookieName(), path: "/", secure: sessionCookieOptions().secure });
}

/** For server actions: ends the person's sessions on every device, this one too. */
export async function signOutEverywhere(): Promise<void> {
  const shopper = await currentShopper();
  if (shopper) await perform(shopperActor(shopper), endAllSessions);
  await signOut();
}

async function endThisSession(): Promise<void> {
  const token = await sessionToken();
  if (token) await perform({ kind: "system", name: "sign-out" }, (ctx) => endSession(ctx, token));
}
