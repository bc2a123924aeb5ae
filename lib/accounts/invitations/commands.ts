import "server-only";

import { and, eq, gt, isNull } from "drizzle-orm";
import type { z } from "zod";

import { staffInvitations, staffRoles, users } from "@/db/schema";
import type { Ctx, UserId } from "@/lib/ctx";
import { emit, queueMail } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";

import { claimUsername, raiseSessionVersion, registerUser, setRole } from "../commands";
import { findOwner, subjectOf, type Newcomer } from "../joining/commands";
import { INVITATION_DAYS, invitationPath } from "../link";
import { dropLinks } from "../links/commands";
import { permissionsOf } from "../permission";
import { readGrant, refuseUnlessGivable, staffActorOf, type Grant } from "../roles/commands";
import type { InvitationInput } from "../schema";
import { LINK_TOKEN, newLinkToken, tokenDigest } from "../session-token";

const DAY_MS = 86_400_000;

type InvitationRow = typeof staffInvitations.$inferSelect;
/** Where an invitation leads: for the mail, and for whoever invites where no mail can be sent. */
export type Sent = { id: number; path: string };

/** Invites somebody to work in the shop, by mail. Refuses `forbidden` for a role with more in it than who invites has, `not_found`, `already_staff`, `already_invited`. */
export async function inviteStaff(ctx: Ctx, { email, roleId }: Pick<z.infer<typeof InvitationInput>, "email" | "roleId">): Promise<Sent> {
  const actor = staffActorOf(ctx);
  const grant = await readGrant(ctx, "staff", roleId);
  refuseUnlessGivable(actor, grant);
  const [holder] = await ctx.tx.select({ role: users.role }).from(users).where(eq(users.email, email));
  if (holder && holder.role !== "shopper") throw new Refusal("already_staff", { field: "email" });
  // Under the inviter's row, so that a form that was sent twice makes one invitation.
  await ctx.tx.select({ id: users.id }).from(users).where(eq(users.id, actor.id)).for("update");
  const [open] = await ctx.tx.select({ id: staffInvitations.id }).from(staffInvitations).where(and(eq(staffInvitations.email, email), isOpen, gt(staffInvitations.expiresAt, ctx.now)));
  if (open) throw new Refusal("already_invited", { field: "email" });
  // What has run out gives way: it could no longer be accepted.
  await ctx.tx.update(staffInvitations).set({ revokedAt: ctx.now }).where(and(eq(staffInvitations.email, email), isOpen));
  const token = newLinkToken();
  const [row] = await ctx.tx
    .insert(staffInvitations)
    .values({ email, roleId, tokenDigest: tokenDigest(token), invitedBy: actor.id, expiresAt: endOf(ctx), createdAt: ctx.now })
    .$returningId();
  invariant(row, "an insert returns its id");
  return send(ctx, { id: row.id, email }, grant, token, false);
}

/** Sends another link; the one of before is dead, and the days begin anew. Refuses `forbidden`, `not_found`. */
export async function resendInvitation(ctx: Ctx, { id }: { id: number }): Promise<Sent> {
  const actor = staffActorOf(ctx);
  const invitation = await lockOpen(ctx, id);
  const grant = await readGrant(ctx, "staff", invitation.roleId);
  refuseUnlessGivable(actor, grant);
  const token = newLinkToken();
  await ctx.tx.update(staffInvitations).set({ tokenDigest: tokenDigest(token), invitedBy: actor.id, expiresAt: endOf(ctx) }).where(eq(staffInvitations.id, id));
  return send(ctx, invitation, grant, token, true);
}

/** Takes an invitation back: its link is dead. Refuses `forbidden`, `not_found`. */
export async function revokeInvitation(ctx: Ctx, { id }: { id: number }): Promise<void> {
  staffActorOf(ctx);
  await lockOpen(ctx, id);
  await ctx.tx.update(staffInvitations).set({ revokedAt: ctx.now }).where(eq(staffInvitations.id, id));
  await emit(ctx, { name: "invitation.revoked", subject: { type: "invitation", id: String(id) }, data: {} });
}

/**
 * Makes whoever the invitation was sent to a member of staff; their sessions end. Of several who use the link at once, one does.
 * Refuses `link_invalid`, whatever is wrong with it or with who sent it; `already_staff`.
 */
export async function acceptInvitation(ctx: Ctx, token: unknown, userId: UserId): Promise<void> {
  await accept(ctx, await lockByToken(ctx, token), userId);
}

/** The same for somebody who has no account yet: the link came to the address, so it is theirs. Refuses also `email_taken`, `username_taken`. */
export async function joinByInvitation(ctx: Ctx, token: unknown, newcomer: Omit<Newcomer, "email">): Promise<UserId> {
  const invitation = await lockByToken(ctx, token);
  const known = await findOwner(ctx, invitation.email);
  if (known?.emailVerifiedAt) throw new Refusal("email_taken");
  await claimUsername(ctx, newcomer.username, known?.id ?? null);
  const userId = known?.id ?? (await registerUser(ctx, { ...newcomer, email: invitation.email, isVerified: true }));
  if (known) {
    // Whoever signed up with the address and never proved it gives way, as with a link of a sign-up.
    await ctx.tx.update(users).set({ ...newcomer, emailVerifiedAt: ctx.now, updatedAt: ctx.now }).where(eq(users.id, userId));
    await dropLinks(ctx, userId);
    await emit(ctx, { name: "account.verified", subject: { type: "user", id: String(userId) }, data: {} });
  }
  await accept(ctx, invitation, userId);
  return userId;
}

async function accept(ctx: Ctx, invitation: InvitationRow, userId: UserId): Promise<void> {
  const [person] = await ctx.tx.select({ email: users.email, role: users.role }).from(users).where(eq(users.id, userId)).for("update");
  if (person?.email !== invitation.email) throw new Refusal("link_invalid");
  if (person.role !== "shopper") throw new Refusal("already_staff");
  const grant = await stillGiven(ctx, invitation);
  await ctx.tx.update(staffInvitations).set({ acceptedAt: ctx.now, acceptedBy: userId }).where(eq(staffInvitations.id, invitation.id));
  await setRole(ctx, userId, grant);
  await raiseSessionVersion(ctx, userId);
  await emit(ctx, { name: "invitation.accepted", subject: { type: "invitation", id: String(invitation.id) }, data: { userId } });
}

/** What the invitation gives, if who sent it could give it today. */
async function stillGiven(ctx: Ctx, { roleId, invitedBy }: InvitationRow): Promise<Grant> {
  const [inviter] = await ctx.tx
    .select({ role: users.role, builtIn: staffRoles.builtIn, permissions: staffRoles.permissions })
    .from(users)
    .leftJoin(staffRoles, eq(staffRoles.id, users.staffRoleId))
    .where(eq(users.id, invitedBy));
  invariant(inviter, "an invitation has somebody who sent it");
  const permissions = permissionsOf(inviter.role, inviter.permissions && { builtIn: inviter.builtIn, permissions: inviter.permissions });
  try {
    if (inviter.role === "shopper" || !permissions.has("staff.manage")) throw new Refusal("forbidden");
    const grant = await readGrant(ctx, "staff", roleId);
    refuseUnlessGivable({ role: inviter.role, permissions }, grant);
    return grant;
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal("link_invalid");
    throw error;
  }
}

const isOpen = and(isNull(staffInvitations.acceptedAt), isNull(staffInvitations.revokedAt))!;

const endOf = (ctx: Ctx): Date => new Date(ctx.now.getTime() + INVITATION_DAYS * DAY_MS);

async function lockOpen(ctx: Ctx, id: number): Promise<InvitationRow> {
  const [row] = await ctx.tx.select().from(staffInvitations).where(and(eq(staffInvitations.id, id), isOpen)).for("update");
  if (!row) throw new Refusal("not_found");
  return row;
}

async function lockByToken(ctx: Ctx, token: unknown): Promise<InvitationRow> {
  if (typeof token !== "string" || !LINK_TOKEN.test(token)) throw new Refusal("link_invalid");
  const [row] = await ctx.tx
    .select()
    .from(staffInvitations)
    .where(and(eq(staffInvitations.tokenDigest, tokenDigest(token)), isOpen, gt(staffInvitations.expiresAt, ctx.now)))
    .for("update");
  if (!row) throw new Refusal("link_invalid");
  return row;
}

/** In the language of whoever it is for, where they are known, else in that of who invites. */
async function send(ctx: Ctx, { id, email }: { id: number; email: string }, { staffRoleId, name }: Grant, token: string, again: boolean): Promise<Sent> {
  const actor = staffActorOf(ctx);
  const [inviter] = await ctx.tx.select({ username: users.username, locale: users.locale }).from(users).where(eq(users.id, actor.id));
  const [reader] = await ctx.tx.select({ id: users.id, locale: users.locale }).from(users).where(eq(users.email, email));
  invariant(inviter && staffRoleId !== null, "a member of staff invites to a role");
  const path = invitationPath(token);
  await queueMail(ctx, {
    userId: reader?.id as UserId | undefined ?? null, recipient: email, template: "staff_invited", locale: reader?.locale ?? inviter.locale,
    props: { name: inviter.username, role: name, days: INVITATION_DAYS, link: path }, subject: `staff_invited:${subjectOf(token)}`,
  });
  await emit(ctx, { name: "invitation.sent", subject: { type: "invitation", id: String(id) }, data: { roleId: staffRoleId, again } });
  return { id, path };
}
