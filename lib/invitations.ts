import "server-only";

import { db } from "@/db/client";

import { startSession } from "./accounts/commands";
import { acceptInvitation, joinByInvitation } from "./accounts/invitations/commands";
import { hashPassword } from "./accounts/password";
import type { Person } from "./accounts/queries";
import { InvitedInput } from "./accounts/schema";
import { LINK_TOKEN, tokenDigest } from "./accounts/session-token";
import { findInvitation, type Invitation } from "./accounts/team/queries";
import { currentTime } from "./clock";
import type { Entered } from "./entrance";
import { limit } from "./limits";
import { parseInput, settle, succeed, type Outcome } from "./outcome";
import { perform } from "./perform";
import { refuse } from "./refusal";
import { rewardRegistration } from "./registration";
import { shopperActor } from "./staff";

/** Where a request came from: for limits, and for the list of sessions. */
export type From = { address: string; device: string };

/** The invitation that a link leads to; null for a link that does not work. */
export async function lookAtInvitation(token: string): Promise<Invitation | null> {
  return LINK_TOKEN.test(token) ? findInvitation(db(), tokenDigest(token), currentTime()) : null;
}

/** Makes whoever is signed in a member of staff. What they could do before ends with their sessions; a new one begins. Refuses `link_invalid`, `already_staff`. */
export function acceptAsMember(person: Person, token: string, { address, device }: From): Promise<Outcome<Entered>> {
  return settle(async () => {
    await limit("link-use-address", address);
    const session = await perform(shopperActor(person), async (ctx) => {
      await acceptInvitation(ctx, token, person.id);
      return startSession(ctx, person.id, device);
    });
    return succeed({ userId: person.id, token: session });
  });
}

/** Makes an account for who was invited, and a member of staff of it. Refuses `link_invalid`, `email_taken`, `username_taken`, `invalid_input`, `weak_password`. */
export function joinAsMember(input: unknown, { address, device }: From): Promise<Outcome<Entered>> {
  return settle(async () => {
    const parsed = parseInput(InvitedInput, input);
    if (!parsed.ok) return parsed;
    await limit("link-use-address", address);
    const { token, password, ...person } = parsed.value;
    // A hash costs memory and time: nobody gets one for a link that is made up.
    if (typeof token !== "string" || !(await lookAtInvitation(token))) return refuse("link_invalid");
    const passwordHash = await hashPassword(password);
    return succeed(await perform({ kind: "system", name: "entrance" }, async (ctx) => {
      const userId = await joinByInvitation(ctx, token, { ...person, passwordHash });
      await rewardRegistration(ctx, userId);
      return { userId, token: await startSession(ctx, userId, device) };
    }));
  });
}
