import "server-only";

import { eq } from "drizzle-orm";

import type { Db } from "@/db/client";
import { secondFactors } from "@/db/schema";
import { openSecret } from "@/lib/authenticator";
import type { UserId } from "@/lib/ctx";

import { isHeldBy } from "./begun";

export type OwnFactor =
  | { state: "none" }
  /** Begun on this session: its owner may still see the secret, to bring it to an authenticator. */
  | { state: "begun"; secret: string }
  | { state: "on"; since: Date; recoveryLeft: number };

/** How far somebody is with their own second factor. What was begun on another session than this one is not shown, and counts for nothing. */
export async function findOwnFactor(db: Db, userId: UserId, session: Buffer | null = null): Promise<OwnFactor> {
  const [factor] = await db.select().from(secondFactors).where(eq(secondFactors.userId, userId)).limit(1);
  if (!factor) return { state: "none" };
  if (factor.confirmedAt === null) return session === null || !isHeldBy(factor, session) ? { state: "none" } : { state: "begun", secret: openSecret(userId, factor.secret) };
  return { state: "on", since: factor.confirmedAt, recoveryLeft: factor.recoveryDigests.length };
}
