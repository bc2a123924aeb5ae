import "server-only";

import type { Route } from "next";
import { cookies, headers } from "next/headers";
import { forbidden, notFound, redirect } from "next/navigation";
import { cache } from "react";

import { db } from "@/db/client";

import { endAllSessions, endSession } from "./accounts/commands";
import { deviceName } from "./accounts/device";
import type { Permission } from "./accounts/permission";
import { savePreferences, type Preferences } from "./accounts/profile/commands";
import { getOwnProfile, type Person } from "./accounts/queries";
import { tokenDigest } from "./accounts/session-token";
import { openSession, sealSession, sessionCookieName, sessionCookieOptions } from "./auth-cookie";
import { clientAddress } from "./client-address";
import { currentTime } from "./clock";
import type { UserId } from "./ctx";
import { recordVisit as countVisit, signInWithPassword, signUpWithPassword, verifyWithLink, type Entered, type Guest } from "./entrance";
import { succeed, type Outcome } from "./outcome";
import { perform } from "./perform";
import { adoptPreferences } from "./preference-cookies";
import { getPolicy } from "./settings/queries";
import { rememberDevice } from "./sharing/commands";
import { deviceCookie, deviceKeyOf, newDevice, referrerCookie, referrerFrom } from "./sharing/token";
import { asStaff, secondFactorLack, shopperActor, type Staff } from "./staff";
import { findVisitor } from "./visitor";

export type Shopper = Person;
export type { Staff };

/** Who is signed in, read once per request; null for a guest and for a session that was ended. */
export const currentShopper = cache(async (): Promise<Shopper | null> => {
  const token = await sessionToken();
  return token ? findVisitor(token) : null;
});

async function sessionToken(): Promise<string | null> {
  const cookie = (await cookies()).get(sessionCookieName())?.value;
  return cookie ? openSession(cookie) : null;
}

/** Names the session of this request without opening it; null for a guest. */
export async function currentSession(): Promise<Buffer | null> {
  const token = await sessionToken();
  return token === null ? null : tokenDigest(token);
}

/** Who is signed in; a guest is sent to sign in and comes back to `returnTo`. */
export async function requireShopper(returnTo = "/"): Promise<Shopper> {
  const shopper = await currentShopper();
  if (!shopper) redirect(`/sign-in?next=${encodeURIComponent(returnTo)}` as Route);
  return shopper;
}

/**
 * Staff only: a guest is sent to sign in, a shopper is told nothing of what is here, whoever lacks the second factor is sent to give it,
 * a colleague whose role may not see it is told so.
 */
export async function requireStaff(permission: Permission | null, returnTo = "/admin"): Promise<Staff> {
  const staff = asStaff(await requireShopper(returnTo));
  if (!staff) notFound();
  if (secondFactorLack(staff, await getPolicy(db())) !== null) redirect(`/second-factor?next=${encodeURIComponent(returnTo)}` as Route);
  if (permission !== null && !staff.permissions.has(permission)) forbidden();
  return staff;
}

export const recordVisit = (shopper: Shopper): Promise<void> => countVisit(shopper.id);

/** Where a request came from, for limits. */
export const requestAddress = async (): Promise<string> => clientAddress(await headers());

/** What the device of a request calls itself, in short. */
export const requestDevice = async (): Promise<string> => deviceName((await headers()).get("user-agent"));

/** For server actions: makes an account; signs in on this device, unless the address is to be proved first. */
export async function signUp(input: unknown, next: string): Promise<Outcome<{ isInside: boolean }>> {
  const joined = await signUpWithPassword(input, await requestAddress(), next, await thisGuest());
  if (!joined.ok) return joined;
  if ("mailSent" in joined.value) return succeed({ isInside: false });
  await enter(joined.value);
  return succeed({ isInside: true });
}

/** For server actions: signs in on this device. */
export const signIn = async (input: unknown): Promise<Outcome<null>> => enterIf(await signInWithPassword(input, await requestAddress(), await requestDevice()));

/** For server actions: proves the address by its link and signs in on this device. */
export const verifyAndSignIn = async (input: unknown): Promise<Outcome<null>> => enterIf(await verifyWithLink(input, await requestAddress(), await thisGuest()));

async function enterIf(outcome: Outcome<Entered>): Promise<Outcome<null>> {
  if (!outcome.ok) return outcome;
  await enter(outcome.value);
  return succeed(null);
}

/** For server actions: puts a new session on this device. One of before is not carried over. */
export async function enter({ userId, token }: Entered): Promise<void> {
  await endThisSession();
  (await cookies()).set(sessionCookieName(), await sealSession(token), sessionCookieOptions());
  await adoptPreferences(await getOwnProfile(db(), userId));
  await knowThisDevice(userId);
}

/** What this device says of who comes on it. */
async function thisGuest(): Promise<Guest> {
  const jar = await cookies();
  return { deviceKey: deviceKeyOf(jar.get(deviceCookie().name)?.value), inviterId: referrerFrom(jar.get(referrerCookie().name)?.value, currentTime()), device: await requestDevice() };
}

/** For server actions: notes that the person is at home on this device, so that what happens on it is not taken for somebody else's doing. */
export async function knowThisDevice(userId: UserId): Promise<void> {
  const jar = await cookies();
  const { name, options } = deviceCookie();
  const known = jar.get(name)?.value;
  const device = known !== undefined && deviceKeyOf(known) !== null ? known : newDevice();
  jar.set(name, device, options);
  await perform(shopperActor({ id: userId }), (ctx) => rememberDevice(ctx, userId, deviceKeyOf(device)!));
}

/** For server actions: what a person chooses on one device holds on the next. Nothing is kept for a guest. */
export async function rememberPreferences(preferences: Preferences): Promise<void> {
  const shopper = await currentShopper();
  if (shopper) await perform(shopperActor(shopper), (ctx) => savePreferences(ctx, preferences));
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
