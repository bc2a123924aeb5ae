import "server-only";

import { addressKey } from "./accounts/session-token";
import type { Ctx, UserId } from "./ctx";
import { limit } from "./limits";
import { earnPoints } from "./rules/commands";

/** Grants what registration brings, once a person: with the first session, or with the first proof of the address. */
export const rewardRegistration = (ctx: Ctx, userId: UserId): Promise<unknown> =>
  earnPoints(ctx, { userId, action: "register", source: { type: "register", id: String(userId) } });

/** Mail that may be asked for, counted alike for every address, whether or not anybody has it. Refuses `too_many_requests`. */
export async function limitMail(email: string, address: string): Promise<void> {
  await limit("mail-link-address", address);
  await limit("mail-link-account", addressKey(email));
}
