import "server-only";

import { and, eq, isNull, ne } from "drizzle-orm";

import { secondFactors, users } from "@/db/schema";
import type { Ctx, UserId } from "@/lib/ctx";
import { emit, queueMail } from "@/lib/events/commands";
import { publicId } from "@/lib/id";
import { Refusal } from "@/lib/refusal";

import { raiseSessionVersion } from "../commands";
import { findOwner, sendKnownAddress, subjectOf, unlinked } from "../joining/commands";
import { linkPath } from "../link";
import { dropLinks, issueLink, takeLink } from "../links/commands";

/** That somebody has just given their present password: the hash that it was compared with. */
export type Proof = { userId: UserId; passwordHash: string };

/** Sends a link to choose a new password, if anybody has this address. */
export async function requestReset(ctx: Ctx, email: string): Promise<void> {
  const owner = await findOwner(ctx, email);
  if (!owner) return;
  const token = await issueLink(ctx, { userId: owner.id, email: owner.email }, "reset_password");
  await queueMail(ctx, {
    userId: owner.id, recipient: owner.email, template: "reset_password", locale: owner.locale, props: { name: owner.username, link: linkPath("reset_password", token) },
    subject: `reset_password:${subjectOf(token)}`,
  });
}

/**
 * Sets a new password by a link. It ends all sessions and all other links. Who got the mail has proved the address too:
 * `isNewlyVerified` says that this was the first proof. Refuses `link_invalid`.
 */
export async function resetPassword(ctx: Ctx, token: unknown, passwordHash: string): Promise<{ userId: UserId; isNewlyVerified: boolean }> {
  const { userId, email } = await takeLink(ctx, token, "reset_password");
  const [person] = await ctx.tx
    .select({ email: users.email, emailVerifiedAt: users.emailVerifiedAt })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.email, email)))
    .for("update");
  if (!person) throw new Refusal("link_invalid");
  const isNewlyVerified = person.emailVerifiedAt === null;
  if (isNewlyVerified) {
    await ctx.tx.update(users).set({ emailVerifiedAt: ctx.now }).where(eq(users.id, userId));
    await emit(ctx, { name: "account.verified", subject: { type: "user", id: String(userId) }, data: {} });
  }
  await setPassword(ctx, userId, passwordHash, "reset");
  return { userId, isNewlyVerified };
}

/** Sets a new password for somebody who gave the present one. It ends all sessions and links. Refuses `wrong_credentials`. */
export async function changePassword(ctx: Ctx, proof: Proof, passwordHash: string): Promise<void> {
  await refuseUnlessProven(ctx, proof);
  await setPassword(ctx, proof.userId, passwordHash, "owner");
}

async function setPassword(ctx: Ctx, userId: UserId, passwordHash: string, by: "reset" | "owner"): Promise<void> {
  await ctx.tx.update(users).set({ passwordHash }).where(eq(users.id, userId));
  await raiseSessionVersion(ctx, userId);
  await dropLinks(ctx, userId);
  // Whoever began it may have known the password that is gone.
  await ctx.tx.delete(secondFactors).where(and(eq(secondFactors.userId, userId), isNull(secondFactors.confirmedAt)));
  await emit(ctx, { name: "account.password_changed", subject: { type: "user", id: String(userId) }, data: { by } });
  const { email, username, locale } = await getOwner(ctx, userId);
  await queueMail(ctx, { userId, recipient: email, template: "password_changed", locale, props: { name: username }, subject: `password_changed:${publicId()}` });
}

/**
 * Sends a link to the new address; nothing changes before it is opened. Somebody else's address gets no link: they are told
 * that they have an account, and whoever asks here learns nothing. Refuses `wrong_credentials`.
 */
export async function requestEmailChange(ctx: Ctx, proof: Proof, email: string): Promise<void> {
  await refuseUnlessProven(ctx, proof);
  const taken = await findOwner(ctx, email);
  if (taken?.emailVerifiedAt) return sendKnownAddress(ctx, taken);
  const { username, locale } = await getOwner(ctx, proof.userId);
  const token = await issueLink(ctx, { userId: proof.userId, email }, "change_email");
  await queueMail(ctx, {
    userId: proof.userId, recipient: email, template: "change_email", locale, props: { name: unlinked(username), link: linkPath("change_email", token) },
    subject: `change_email:${subjectOf(token)}`,
  });
}

/**
 * Makes the address that the link was sent to the person's own, and tells the old one. All sessions and links end.
 * `signedIn` is who is signed in where the link was opened: nobody, or its owner. Refuses `link_invalid`.
 */
export async function confirmEmailChange(ctx: Ctx, token: unknown, signedIn: UserId | null): Promise<UserId> {
  const { userId, email } = await takeLink(ctx, token, "change_email", signedIn);
  const before = await getOwner(ctx, userId);
  await takeAddress(ctx, userId, email);
  await ctx.tx.update(users).set({ email, emailVerifiedAt: ctx.now }).where(eq(users.id, userId));
  await raiseSessionVersion(ctx, userId);
  await dropLinks(ctx, userId);
  await emit(ctx, { name: "account.email_changed", subject: { type: "user", id: String(userId) }, data: {} });
  await queueMail(ctx, {
    userId, recipient: before.email, template: "email_changed", locale: before.locale, props: { name: before.username, newAddress: email }, subject: `email_changed:${subjectOf(String(token))}`,
  });
  return userId;
}

/** Somebody who signed up with the address and never proved it gives way to who just did; somebody who proved it does not. */
async function takeAddress(ctx: Ctx, userId: UserId, email: string): Promise<void> {
  const [holder] = await ctx.tx
    .select({ id: users.id, emailVerifiedAt: users.emailVerifiedAt })
    .from(users)
    .where(and(eq(users.email, email), ne(users.id, userId)))
    .for("update");
  if (!holder) return;
  if (holder.emailVerifiedAt) throw new Refusal("link_invalid");
  await ctx.tx.update(users).set({ email: `unclaimed-${holder.id}@invalid`, updatedAt: ctx.now }).where(eq(users.id, holder.id));
  await dropLinks(ctx, holder.id as UserId);
}

/** The password may have changed since it was compared; then the comparison is worth nothing. */
export async function refuseUnlessProven(ctx: Ctx, { userId, passwordHash }: Proof): Promise<void> {
  const [person] = await ctx.tx.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId)).for("update");
  if (person?.passwordHash !== passwordHash) throw new Refusal("wrong_credentials");
}

/** Whom a letter about their account goes to. */
export async function getOwner(ctx: Ctx, userId: UserId): Promise<{ username: string; email: string; locale: string }> {
  const [owner] = await ctx.tx.select({ username: users.username, email: users.email, locale: users.locale }).from(users).where(eq(users.id, userId));
  if (!owner) throw new Refusal("not_found");
  return owner;
}
