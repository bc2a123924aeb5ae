import "server-only";

import { eq } from "drizzle-orm";

import { secondFactors, users } from "@/db/schema";
import type { Ctx, UserId } from "@/lib/ctx";
import { invariant } from "@/lib/invariant";

import { claimUsername, raiseSessionVersion, registerUser, setRole } from "../commands";
import { linkPath } from "../link";
import { dropLinks, issueLink } from "../links/commands";

/** No password has this hash. */
const NO_PASSWORD = "!";

export type Founded = { isNew: boolean; /** They work here, and come in as before. */ keepsPassword: boolean; /** A way to choose a password. */ path: string };

/**
 * Makes the person of an address an owner: how a shop gets its first one, by whoever has the server, who is given a link to choose a password.
 * Who is not there yet gets an account. Who signed up with an address has not shown that it is theirs: unless they work here already, nothing
 * of what they could come in with stays. Their sessions end.
 */
export async function appointOwner(ctx: Ctx, email: string): Promise<Founded> {
  invariant(ctx.actor.kind === "system", "nobody appoints an owner from inside the shop");
  const [known] = await ctx.tx.select({ id: users.id, role: users.role, emailVerifiedAt: users.emailVerifiedAt, passwordHash: users.passwordHash }).from(users).where(eq(users.email, email)).for("update");
  const id = known ? (known.id as UserId) : await found(ctx, email);
  if (known?.role === "shopper") await shutOut(ctx, id);
  await setRole(ctx, id, { role: "owner", staffRoleId: null, name: "owner" });
  if (known && !known.emailVerifiedAt) await ctx.tx.update(users).set({ emailVerifiedAt: ctx.now, updatedAt: ctx.now }).where(eq(users.id, id));
  await raiseSessionVersion(ctx, id);
  const keepsPassword = known !== undefined && known.role !== "shopper" && known.passwordHash !== NO_PASSWORD;
  return { isNew: !known, keepsPassword, path: linkPath("reset_password", await issueLink(ctx, { userId: id, email }, "reset_password")) };
}

/** Whoever knows the password, holds the authenticator or waits for a link of before does not come in by it any more. */
async function shutOut(ctx: Ctx, id: UserId): Promise<void> {
  await ctx.tx.update(users).set({ passwordHash: NO_PASSWORD, updatedAt: ctx.now }).where(eq(users.id, id));
  await ctx.tx.delete(secondFactors).where(eq(secondFactors.userId, id));
  await dropLinks(ctx, id);
}

const NAME_KEPT = 40;

async function found(ctx: Ctx, email: string): Promise<UserId> {
  const username = `Owner ${email.slice(0, email.indexOf("@")).replace(/[^\p{L}\p{N}._-]/gu, "").slice(0, NAME_KEPT)}`.trim();
  await claimUsername(ctx, username, null);
  return registerUser(ctx, { username, email, passwordHash: NO_PASSWORD, locale: "zh-CN", isVerified: true });
}
