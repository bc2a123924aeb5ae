import "server-only";

import { and, desc, eq } from "drizzle-orm";

import type { Db } from "@/db/client";
import { sessions, users } from "@/db/schema";
import type { UserId } from "@/lib/ctx";
import { getPolicy } from "@/lib/settings/queries";

import { isLiving } from "./living";

export type OwnSession = { /** The digest of its token, in hex: it opens nothing. */ id: string; device: string; since: Date };

export const SESSIONS_SHOWN_MAX = 50;

/** Where somebody is signed in, the latest first. */
export async function listOwnSessions(db: Db, userId: UserId, now: Date): Promise<OwnSession[]> {
  const rows = await db
    .select({ digest: sessions.tokenDigest, device: sessions.device, since: sessions.createdAt })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.sessionVersion, sessions.sessionVersion)))
    .where(and(eq(sessions.userId, userId), isLiving(now, await getPolicy(db))))
    .orderBy(desc(sessions.createdAt))
    .limit(SESSIONS_SHOWN_MAX);
  return rows.map(({ digest, ...row }) => ({ id: digest.toString("hex"), ...row }));
}
