import "server-only";

import { and, eq, gt, isNull } from "drizzle-orm";

import { accountTokens } from "@/db/schema";
import type { TokenPurpose } from "@/db/schema/people";
import type { Ctx, UserId } from "@/lib/ctx";
import { Refusal } from "@/lib/refusal";

import { lockAccount } from "../commands";
import { LINK_MINUTES } from "../link";
import { LINK_TOKEN, newLinkToken, tokenDigest } from "../session-token";

const MINUTE_MS = 60_000;

export type Link = { userId: UserId; email: string };

/** Makes the token of a link to `email`; links of before with the same purpose are dead. The database keeps only its digest. */
export async function issueLink(ctx: Ctx, { userId, email }: Link, purpose: TokenPurpose): Promise<string> {
  const token = newLinkToken();
  await ctx.tx.delete(accountTokens).where(and(eq(accountTokens.userId, userId), eq(accountTokens.purpose, purpose), isNull(accountTokens.usedAt)));
  await ctx.tx.insert(accountTokens).values({
    tokenDigest: tokenDigest(token), userId, purpose, email, createdAt: ctx.now, expiresAt: new Date(ctx.now.getTime() + LINK_MINUTES[purpose] * MINUTE_MS),
  });
  return token;
}

/**
 * Uses a link up: of several who use it at once, one does. `expected` is who may, where that is known.
 * Refuses `link_invalid`, whatever is wrong with it: so nothing is learned from a guess.
 */
export async function takeLink(ctx: Ctx, token: unknown, purpose: TokenPurpose, expected: UserId | null = null): Promise<Link> {
  if (typeof token !== "string" || !LINK_TOKEN.test(token)) throw new Refusal("link_invalid");
  const digest = eq(accountTokens.tokenDigest, tokenDigest(token));
  const [link] = await ctx.tx.select({ userId: accountTokens.userId, email: accountTokens.email }).from(accountTokens).where(and(digest, eq(accountTokens.purpose, purpose)));
  if (!link || (expected !== null && link.userId !== expected)) throw new Refusal("link_invalid");
  await lockAccount(ctx, link.userId as UserId);
  const [header] = await ctx.tx.update(accountTokens).set({ usedAt: ctx.now }).where(and(digest, isNull(accountTokens.usedAt), gt(accountTokens.expiresAt, ctx.now)));
  if (header.affectedRows !== 1) throw new Refusal("link_invalid");
  return { userId: link.userId as UserId, email: link.email };
}

/** Ends every link that this person was sent and has not used. */
export async function dropLinks(ctx: Ctx, userId: UserId): Promise<void> {
  await ctx.tx.delete(accountTokens).where(and(eq(accountTokens.userId, userId), isNull(accountTokens.usedAt)));
}
