import "server-only";

import { and, eq, gt, isNull } from "drizzle-orm";

import type { Db } from "@/db/client";
import { accountTokens } from "@/db/schema";
import type { TokenPurpose } from "@/db/schema/people";
import type { UserId } from "@/lib/ctx";

import { LINK_TOKEN, tokenDigest } from "../session-token";

/** What a link would do, for the page it leads to; null when it no longer works. Looking at it does not use it up. */
export async function findLink(db: Db, token: unknown, purpose: TokenPurpose, now: Date): Promise<{ userId: UserId; email: string } | null> {
  if (typeof token !== "string" || !LINK_TOKEN.test(token)) return null;
  const [link] = await db
    .select({ userId: accountTokens.userId, email: accountTokens.email })
    .from(accountTokens)
    .where(and(eq(accountTokens.tokenDigest, tokenDigest(token)), eq(accountTokens.purpose, purpose), isNull(accountTokens.usedAt), gt(accountTokens.expiresAt, now)));
  return link ? { userId: link.userId as UserId, email: link.email } : null;
}
