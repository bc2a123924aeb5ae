import "server-only";

import { and, eq, inArray, lt, ne } from "drizzle-orm";

import { sessions } from "@/db/schema";
import { actorId, type Ctx } from "@/lib/ctx";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";

/** Ends one of one's own sessions. Refuses `not_found` for one that is over, or somebody else's. */
export async function endOwnSession(ctx: Ctx, digest: Buffer): Promise<void> {
  const [header] = await ctx.tx.delete(sessions).where(and(eq(sessions.tokenDigest, digest), eq(sessions.userId, ownerOf(ctx))));
  if (header.affectedRows === 0) throw new Refusal("not_found");
}

/** Ends all of one's own sessions but this one; says how many. */
export async function endOtherSessions(ctx: Ctx, thisOne: Buffer): Promise<{ ended: number }> {
  const [header] = await ctx.tx.delete(sessions).where(and(eq(sessions.userId, ownerOf(ctx)), ne(sessions.tokenDigest, thisOne)));
  return { ended: header.affectedRows };
}

/** Notes that these sessions are used now. */
export async function noteUse(ctx: Ctx, digests: readonly Buffer[]): Promise<void> {
  await ctx.tx.update(sessions).set({ seenAt: ctx.now }).where(and(inArray(sessions.tokenDigest, [...digests]), lt(sessions.seenAt, ctx.now)));
}

function ownerOf(ctx: Ctx) {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "a person ends their own sessions");
  return userId;
}
