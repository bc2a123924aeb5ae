import "server-only";

import { and, asc, desc, eq, gt, inArray, isNull, max, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { secondFactors, sessions, staffInvitations, staffRoles, users } from "@/db/schema";
import type { BuiltInRole, Role } from "@/db/schema/people";
import type { UserId } from "@/lib/ctx";

import { maskEmail } from "../mask";

/** A role as its name is shown: owners and those that came with the shop by their key. */
export type RoleName = { role: Exclude<Role, "shopper">; builtIn: BuiltInRole | null; name: string };

export type TeamMember = RoleName & { id: UserId; username: string; emailMasked: string; hasSecondFactor: boolean; /** Null for somebody who has not been signed in for a month. */ lastSignInAt: Date | null };

export const TEAM_MAX = 500;

/** Everybody who works in the shop, owners first. */
export async function listTeam(db: Db): Promise<TeamMember[]> {
  const rows = await db
    .select({
      id: users.id, username: users.username, email: users.email, role: users.role, builtIn: staffRoles.builtIn, name: staffRoles.name, factorAt: secondFactors.confirmedAt,
    })
    .from(users)
    .leftJoin(staffRoles, eq(staffRoles.id, users.staffRoleId))
    .leftJoin(secondFactors, eq(secondFactors.userId, users.id))
    .where(inArray(users.role, ["owner", "staff"]))
    .orderBy(sql`${users.role} <> 'owner'`, asc(users.id))
    .limit(TEAM_MAX);
  const ids = rows.map(({ id }) => id);
  const seen = ids.length === 0 ? [] : await db.select({ userId: sessions.userId, at: max(sessions.createdAt) }).from(sessions).where(inArray(sessions.userId, ids)).groupBy(sessions.userId);
  const lastOf = new Map(seen.map((row) => [row.userId, row.at]));
  return rows.map(({ email, factorAt, role, name, ...row }) => ({
    ...row, id: row.id as UserId, role: role as TeamMember["role"], name: name ?? role, emailMasked: maskEmail(email), hasSecondFactor: factorAt !== null, lastSignInAt: lastOf.get(row.id) ?? null,
  }));
}

export type OpenInvitation = RoleName & { id: number; email: string; invitedBy: string; sentAt: Date; expiresAt: Date };

/** Invitations that nobody has accepted or taken back, those that have expired too: they can be sent again. */
export async function listInvitations(db: Db): Promise<OpenInvitation[]> {
  const rows = await db
    .select({
      id: staffInvitations.id, email: staffInvitations.email, invitedBy: users.username, sentAt: staffInvitations.createdAt, expiresAt: staffInvitations.expiresAt,
      builtIn: staffRoles.builtIn, name: staffRoles.name,
    })
    .from(staffInvitations)
    .innerJoin(users, eq(users.id, staffInvitations.invitedBy))
    .innerJoin(staffRoles, eq(staffRoles.id, staffInvitations.roleId))
    .where(and(isNull(staffInvitations.acceptedAt), isNull(staffInvitations.revokedAt)))
    .orderBy(desc(staffInvitations.id))
    .limit(TEAM_MAX);
  return rows.map((row) => ({ role: "staff", ...row }));
}

export type Invitation = RoleName & { id: number; email: string; invitedBy: string; expiresAt: Date; /** Whether somebody has proved this address already. */ isKnown: boolean };

/** The invitation that a link leads to, while it works. Looking at it does not use it up. */
export async function findInvitation(db: Db, digest: Buffer, now: Date): Promise<Invitation | null> {
  const [row] = await db
    .select({ id: staffInvitations.id, email: staffInvitations.email, invitedBy: users.username, expiresAt: staffInvitations.expiresAt, builtIn: staffRoles.builtIn, name: staffRoles.name })
    .from(staffInvitations)
    .innerJoin(users, eq(users.id, staffInvitations.invitedBy))
    .innerJoin(staffRoles, eq(staffRoles.id, staffInvitations.roleId))
    .where(and(eq(staffInvitations.tokenDigest, digest), isNull(staffInvitations.acceptedAt), isNull(staffInvitations.revokedAt), gt(staffInvitations.expiresAt, now)))
    .limit(1);
  if (!row) return null;
  const [holder] = await db.select({ at: users.emailVerifiedAt }).from(users).where(eq(users.email, row.email)).limit(1);
  return { role: "staff", ...row, isKnown: holder?.at != null };
}
