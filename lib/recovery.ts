import "server-only";

import { db } from "@/db/client";

import { requestReset, resetPassword } from "./accounts/credentials/commands";
import { findLink } from "./accounts/links/queries";
import { hashPassword } from "./accounts/password";
import { EmailInput, ResetInput } from "./accounts/schema";
import { currentTime } from "./clock";
import type { Actor } from "./ctx";
import { evenly } from "./evenly";
import { limit } from "./limits";
import { mailIsConfigured } from "./mail";
import { parseInput, settle, succeed, type Outcome } from "./outcome";
import { perform } from "./perform";
import { refuse } from "./refusal";
import { limitMail, rewardRegistration } from "./registration";

const desk: Actor = { kind: "system", name: "recovery" };

/** Sends a link to choose a new password; the same answer, in the same time, for every address. Refuses `invalid_input`, `too_many_requests`, `unavailable` where no mail can be sent. */
export function forgotPassword(input: unknown, address: string): Promise<Outcome<null>> {
  return settle(async () => {
    const parsed = parseInput(EmailInput, input);
    if (!parsed.ok) return parsed;
    if (!mailIsConfigured()) return refuse("unavailable");
    await limitMail(parsed.value.email, address);
    return evenly(async () => {
      await perform(desk, (ctx) => requestReset(ctx, parsed.value.email));
      return succeed(null);
    });
  });
}

/** Sets a new password by a link; the person signs in with it anew. Refuses `link_invalid`, `weak_password`, `invalid_input`, `too_many_requests`. */
export function resetWithLink(input: unknown, address: string): Promise<Outcome<null>> {
  return settle(async () => {
    const parsed = parseInput(ResetInput, input);
    if (!parsed.ok) return parsed;
    await limit("link-use-address", address);
    const { token, password } = parsed.value;
    // A hash costs memory and time: nobody gets one for a link that is made up.
    if (!(await findLink(db(), token, "reset_password", currentTime()))) return refuse("link_invalid");
    const passwordHash = await hashPassword(password);
    await perform(desk, async (ctx) => {
      const { userId, isNewlyVerified } = await resetPassword(ctx, token, passwordHash);
      if (isNewlyVerified) await rewardRegistration(ctx, userId);
    });
    return succeed(null);
  });
}
