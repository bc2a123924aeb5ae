import "server-only";

import { db } from "@/db/client";

import { startSession } from "./accounts/commands";
import { changePassword, confirmEmailChange, requestEmailChange, type Proof } from "./accounts/credentials/commands";
import { hashPassword, passwordMatches } from "./accounts/password";
import { getPasswordHash, type Person } from "./accounts/queries";
import { currentTime } from "./clock";
import type { Actor, UserId } from "./ctx";
import { emit } from "./events/commands";
import { evenly } from "./evenly";
import { limit } from "./limits";
import { mailIsConfigured } from "./mail";
import { settle, succeed, type Outcome } from "./outcome";
import { perform } from "./perform";
import { eraseAccount } from "./privacy/commands";
import { ownData } from "./privacy/queries";
import { refuse } from "./refusal";
import { limitMail } from "./registration";
import { asStaff, shopperActor, staffActor } from "./staff";

// What people do with their own account, once they are signed in. Each takes input that was parsed.

type Wrong = Extract<Outcome<never>, { ok: false }>;

export const actorOf = (person: Person): Actor => {
  const staff = asStaff(person);
  return staff ? staffActor(staff) : shopperActor(person);
};

/** Asks for the present password again: a device left open is not its owner. Refuses `wrong_credentials` at the field, `too_many_requests`. */
export async function reauthenticate(person: Person, current: string): Promise<{ ok: true; proof: Proof } | Wrong> {
  await limit("reauthentication", person.id);
  const passwordHash = await getPasswordHash(db(), person.id);
  if (passwordHash !== null && (await passwordMatches(passwordHash, current))) return { ok: true, proof: { userId: person.id, passwordHash } };
  return { ok: false, code: "wrong_credentials", detail: {}, fields: { current: "password_wrong" } };
}

/** Changes the password and ends all sessions; returns a new one for this device. Staff gives the second factor to it anew. */
export async function changeOwnPassword(person: Person, { current, password }: { current: string; password: string }, device = ""): Promise<Outcome<{ userId: UserId; token: string }>> {
  const asked = await reauthenticate(person, current);
  if (!asked.ok) return asked;
  const passwordHash = await hashPassword(password);
  const token = await perform(actorOf(person), async (ctx) => {
    await changePassword(ctx, asked.proof, passwordHash);
    return startSession(ctx, person.id, device);
  });
  return succeed({ userId: person.id, token });
}

/** Sends a link to the new address. The answer is the same whether or not somebody has it. Refuses `unavailable` where no mail can be sent. */
export async function changeOwnEmail(person: Person, { current, email }: { current: string; email: string }, address: string): Promise<Outcome<null>> {
  const asked = await reauthenticate(person, current);
  if (!asked.ok) return asked;
  if (!mailIsConfigured()) return refuse("unavailable");
  if (email === person.email) return { ok: false, code: "invalid_input", detail: {}, fields: { email: "email_same" } };
  await limitMail(email, address);
  return evenly(async () => {
    await perform(actorOf(person), (ctx) => requestEmailChange(ctx, asked.proof, email));
    return succeed(null);
  });
}

/** Makes the new address the account's, by the link that was sent there. Nobody needs to be signed in; somebody else must not be. Refuses `link_invalid`. */
export function confirmOwnEmail(token: unknown, signedIn: Person | null, address: string): Promise<Outcome<null>> {
  return settle(async () => {
    await limit("link-use-address", address);
    await perform({ kind: "system", name: "entrance" }, (ctx) => confirmEmailChange(ctx, token, signedIn?.id ?? null));
    return succeed(null);
  });
}

/** Everything that is kept about the person, in pieces. Refuses `too_many_requests`. */
export async function exportOwnData(person: Person): Promise<AsyncGenerator<string>> {
  await limit("own-data-export", person.id);
  const now = currentTime();
  await perform(actorOf(person), (ctx) => emit(ctx, { name: "account.exported", subject: { type: "user", id: String(person.id) }, data: {} }), now);
  return ownData(db(), person.id, now);
}

/** Forgets the person for good. Refuses `erasure_blocked`, `last_owner`. */
export async function eraseOwnAccount(person: Person, current: string): Promise<Outcome<null>> {
  const asked = await reauthenticate(person, current);
  if (!asked.ok) return asked;
  await perform(actorOf(person), (ctx) => eraseAccount(ctx, asked.proof));
  return succeed(null);
}
