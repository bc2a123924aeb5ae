import "server-only";

import { and, eq, isNull } from "drizzle-orm";

import { users } from "@/db/schema";
import type { Ctx, UserId } from "@/lib/ctx";
import { emit, queueMail } from "@/lib/events/commands";
import { Refusal } from "@/lib/refusal";

import { claimUsername, refuseTakenName, registerUser, type NewUser } from "../commands";
import { linkPath } from "../link";
import { issueLink, takeLink } from "../links/commands";
import { tokenDigest } from "../session-token";

export type Newcomer = Pick<NewUser, "username" | "email" | "passwordHash" | "locale">;

/** Who has an address, as far as mail to it needs to know. */
export type Owner = { id: UserId; username: string; email: string; locale: string; emailVerifiedAt: Date | null };

/**
 * Signing up where addresses are verified. What comes of it is told to the address alone: a link for a newcomer, and for somebody
 * who has an account, that they have one. Who has not opened the link yet may sign up anew: name and password are the latest.
 * Refuses `username_taken`; `email_taken` when the same address came at the same time, and is known when one looks again.
 */
export async function askToJoin(ctx: Ctx, person: Newcomer, next = ""): Promise<void> {
  const known = await findOwner(ctx, person.email);
  if (known?.emailVerifiedAt) {
    await refuseTakenName(ctx, person.username);
    return sendKnownAddress(ctx, known);
  }
  await claimUsername(ctx, person.username, known?.id ?? null);
  const id = known ? await beginAnew(ctx, known.id, person) : await registerUser(ctx, person);
  await sendVerification(ctx, { ...person, id }, next);
}

/** Sends the mail again: the link, or to whoever needs none that they can sign in. Nothing for an address nobody has. */
export async function sendVerificationAgain(ctx: Ctx, email: string, next = ""): Promise<void> {
  const known = await findOwner(ctx, email);
  if (!known) return;
  if (known.emailVerifiedAt) await sendKnownAddress(ctx, known);
  else await sendVerification(ctx, known, next);
}

/** Marks the address as proved, by the link that was sent to it, once. Refuses `link_invalid`. */
export async function verifyAddress(ctx: Ctx, token: unknown): Promise<UserId> {
  const { userId, email } = await takeLink(ctx, token, "verify_email");
  const [header] = await ctx.tx
    .update(users)
    .set({ emailVerifiedAt: ctx.now, updatedAt: ctx.now })
    .where(and(eq(users.id, userId), eq(users.email, email), isNull(users.emailVerifiedAt)));
  if (header.affectedRows !== 1) throw new Refusal("link_invalid");
  await emit(ctx, { name: "account.verified", subject: { type: "user", id: String(userId) }, data: {} });
  return userId;
}

/** Whose address it is, locked until the transaction ends. */
export async function findOwner(ctx: Ctx, email: string): Promise<Owner | null> {
  const [owner] = await ctx.tx
    .select({ id: users.id, username: users.username, email: users.email, locale: users.locale, emailVerifiedAt: users.emailVerifiedAt })
    .from(users)
    .where(eq(users.email, email))
    .for("update");
  return (owner as Owner | undefined) ?? null;
}

async function beginAnew(ctx: Ctx, id: UserId, { username, passwordHash, locale }: Newcomer): Promise<UserId> {
  await ctx.tx.update(users).set({ username, passwordHash, locale, updatedAt: ctx.now }).where(eq(users.id, id));
  await emit(ctx, { name: "account.changed", subject: { type: "user", id: String(id) }, data: { fields: ["username", "password"] } });
  return id;
}

async function sendVerification(ctx: Ctx, { id, email, username, locale }: Pick<Owner, "id" | "email" | "username" | "locale">, next: string): Promise<void> {
  const token = await issueLink(ctx, { userId: id, email }, "verify_email");
  await queueMail(ctx, {
    userId: id, recipient: email, template: "verify_email", locale, props: { name: unlinked(username), link: linkPath("verify_email", token, next) },
    subject: `verify_email:${subjectOf(token)}`,
  });
}

/** Whoever has mail sent to a stranger chooses the name that greets them: no mail program shall take it for an address of the web. */
export const unlinked = (username: string): string => username.replace(/\.(?=[\p{L}\p{N}])/gu, "·");

/** At most one an hour: whoever types a stranger's address in again and again does not fill their mailbox. */
export async function sendKnownAddress(ctx: Ctx, { id, email, username, locale }: Owner): Promise<void> {
  const hour = ctx.now.toISOString().slice(0, 13);
  await queueMail(ctx, { userId: id, recipient: email, template: "known_address", locale, props: { name: username, link: "/sign-in" }, subject: `known_address:${id}:${hour}` });
}

/** Names a mail after its link without telling the link. */
export const subjectOf = (token: string): string => tokenDigest(token).toString("hex").slice(0, 32);
