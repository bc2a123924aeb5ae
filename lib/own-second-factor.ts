import "server-only";

import { beginEnrolment, confirmEnrolment, giveSecondFactor, removeSecondFactor, renewRecoveryCodes, replaceSecondFactor } from "./accounts/second-factor/commands";
import type { Person } from "./accounts/queries";
import { newRecoveryCodes, newSecret, recoveryDigest, sealSecret } from "./authenticator";
import type { Actor, Ctx } from "./ctx";
import { limit } from "./limits";
import { succeed, type Outcome } from "./outcome";
import { actorOf, reauthenticate } from "./own-account";
import { perform } from "./perform";
import { isRefusal, Refusal } from "./refusal";
import { asStaff } from "./staff";

// What members of staff do with their second factor. Each takes input that was parsed.

/** Makes a secret for an authenticator, for somebody who gives their password and for this session alone. Refuses `wrong_credentials`, `second_factor_on`. */
export async function beginOwnFactor(person: Person, session: Buffer, { current }: { current: string }): Promise<Outcome<null>> {
  const actor = staffOnly(person);
  const asked = await reauthenticate(person, current);
  if (!asked.ok) return asked;
  const secret = sealSecret(person.id, newSecret());
  await perform(actor, (ctx) => beginEnrolment(ctx, asked.proof, session, secret));
  return succeed(null);
}

/** Switches it on by its first code, and hands out the codes for paper: they are shown this once. */
export async function confirmOwnFactor(person: Person, session: Buffer, code: string): Promise<Outcome<{ codes: string[] }>> {
  return withCode(person, (ctx) => handOutCodes(person, (digests) => confirmEnrolment(ctx, person.id, session, code, digests)));
}

/** Gives a code for this session. Refuses `second_factor_wrong`, `second_factor_off`, `too_many_requests`. */
export const giveOwnFactor = (person: Person, session: Buffer, code: string): Promise<Outcome<null>> =>
  withCode(person, async (ctx) => {
    await giveSecondFactor(ctx, person.id, session, code);
    return null;
  });

/** Switches it off, for somebody who gives password and code. Refuses `wrong_credentials`, `second_factor_wrong`, `second_factor_required`. */
export async function removeOwnFactor(person: Person, { current, code }: { current: string; code: string }): Promise<Outcome<null>> {
  const asked = await reauthenticate(person, current);
  if (!asked.ok) return asked;
  return withCode(person, async (ctx) => {
    await removeSecondFactor(ctx, asked.proof, code);
    return null;
  });
}

/** Begins anew with another authenticator. Refuses as `removeOwnFactor`, but never for the shop's sake. */
export async function replaceOwnFactor(person: Person, session: Buffer, { current, code }: { current: string; code: string }): Promise<Outcome<null>> {
  const asked = await reauthenticate(person, current);
  if (!asked.ok) return asked;
  const secret = sealSecret(person.id, newSecret());
  return withCode(person, async (ctx) => {
    await replaceSecondFactor(ctx, asked.proof, code, session, secret);
    return null;
  });
}

/** Hands out other codes for paper, for somebody who gives password and code; those of before are dead. Refuses `wrong_credentials`, `second_factor_wrong`, `second_factor_off`. */
export async function renewOwnCodes(person: Person, { current, code }: { current: string; code: string }): Promise<Outcome<{ codes: string[] }>> {
  const asked = await reauthenticate(person, current);
  if (!asked.ok) return asked;
  return withCode(person, (ctx) => handOutCodes(person, (digests) => renewRecoveryCodes(ctx, asked.proof, code, digests)));
}

async function handOutCodes({ id }: Person, keep: (digests: string[]) => Promise<void>): Promise<{ codes: string[] }> {
  const codes = newRecoveryCodes();
  await keep(codes.map((each) => recoveryDigest(id, each)!));
  return { codes };
}

/** Work that stands on a code: counted against guessing, and a wrong one is said at its field. */
async function withCode<T>(person: Person, work: (ctx: Ctx) => Promise<T>): Promise<Outcome<T>> {
  const actor = staffOnly(person);
  await limit("second-factor", person.id);
  try {
    return succeed(await perform(actor, work));
  } catch (error) {
    if (isRefusal(error) && error.code === "second_factor_wrong") return { ok: false, code: error.code, detail: {}, fields: { code: error.code } };
    throw error;
  }
}

function staffOnly(person: Person): Actor {
  if (!asStaff(person)) throw new Refusal("forbidden");
  return actorOf(person);
}
