import "server-only";

import { and, desc, eq, inArray } from "drizzle-orm";

import { db, type Db } from "@/db/client";
import { addresses, secondFactors, sessions, staffRoles, users } from "@/db/schema";
import type { AddressSnapshot } from "@/db/schema/orders";
import type { BuiltInRole, Role } from "@/db/schema/people";
import { currentTime } from "@/lib/clock";
import type { UserId } from "@/lib/ctx";
import type { Theme } from "@/lib/i18n";
import { invariant } from "@/lib/invariant";
import { Lane, sharedLane } from "@/lib/lane";
import { getPolicy } from "@/lib/settings/queries";

import { permissionsOf, type Permission } from "./permission";
import { ADDRESSES_MAX } from "./schema";
import { FACTOR_HOURS, SESSION_TOKEN, tokenDigest } from "./session-token";
import { isLiving } from "./sessions/living";

export type Person = { id: UserId; username: string; email: string; role: Role; locale: string; createdAt: Date; /** When their session began, and was known to be used last. */ signedInAt: Date; seenAt: Date; /** Null for a shopper. */ staff: StaffStanding | null };

/** What somebody who works in the shop may do, and when their session gave the second factor that they have: null too when that is too long ago. */
export type StaffStanding = { roleName: string; builtIn: BuiltInRole | null; permissions: ReadonlySet<Permission>; hasSecondFactor: boolean; secondFactorAt: Date | null };

/**
 * The person whose living session this token is. Read from the database each time, so that a session that was ended is dead
 * at its next request; the reads of one tick go in one statement.
 */
export function findSession(token: string): Promise<Person | null> {
  if (!SESSION_TOKEN.test(token)) return Promise.resolve(null);
  return sessionReads().submit(tokenDigest(token));
}

const sessionReads = () => sharedLane("sessions", () => new Lane<Buffer, Person | null>(readSessions, { batchMax: 256, widthMax: 2, waitingMax: 50_000 }));

const HOUR_MS = 3_600_000;

async function readSessions(digests: readonly Buffer[]): Promise<(Person | null)[]> {
  const now = currentTime();
  const factorSince = new Date(now.getTime() - FACTOR_HOURS * HOUR_MS);
  const terms = await getPolicy(db());
  const rows = await db()
    .select({
      digest: sessions.tokenDigest, id: users.id, username: users.username, email: users.email, role: users.role, locale: users.locale, createdAt: users.createdAt,
      signedInAt: sessions.createdAt, seenAt: sessions.seenAt, secondFactorAt: sessions.secondFactorAt, factorConfirmedAt: secondFactors.confirmedAt, builtIn: staffRoles.builtIn, roleName: staffRoles.name, permissions: staffRoles.permissions,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.sessionVersion, sessions.sessionVersion)))
    .leftJoin(staffRoles, eq(staffRoles.id, users.staffRoleId))
    .leftJoin(secondFactors, eq(secondFactors.userId, users.id))
    .where(and(inArray(sessions.tokenDigest, [...digests]), isLiving(now, terms)));
  const people = new Map(rows.map((row) => [row.digest.toString("hex"), personFrom(row, factorSince)]));
  return digests.map((digest) => people.get(digest.toString("hex")) ?? null);
}

type SessionRow = Omit<Person, "id" | "staff"> & { id: number; secondFactorAt: Date | null; factorConfirmedAt: Date | null; builtIn: BuiltInRole | null; roleName: string | null; permissions: string[] | null };

function personFrom({ id, username, email, role, locale, createdAt, signedInAt, seenAt, secondFactorAt, factorConfirmedAt, builtIn, roleName, permissions }: SessionRow, factorSince: Date): Person {
  const staffRole = permissions === null ? null : { builtIn, permissions };
  const standing = { roleName: roleName ?? "owner", builtIn, permissions: permissionsOf(role, staffRole), hasSecondFactor: factorConfirmedAt !== null, secondFactorAt: secondFactorAt !== null && secondFactorAt > factorSince ? secondFactorAt : null };
  return { id: id as UserId, username, email, role, locale, createdAt, signedInAt, seenAt, staff: role === "shopper" ? null : standing };
}

export type Credentials = { id: UserId; passwordHash: string; sessionVersion: number; role: Role; username: string; emailVerifiedAt: Date | null };

export async function findCredentials(db: Db, email: string): Promise<Credentials | null> {
  const [row] = await db
    .select({ id: users.id, passwordHash: users.passwordHash, sessionVersion: users.sessionVersion, role: users.role, username: users.username, emailVerifiedAt: users.emailVerifiedAt })
    .from(users)
    .where(eq(users.email, email))
    .limit(1);
  return (row as Credentials | undefined) ?? null;
}

/** The address to fill in first: the default, else the latest. */
export async function getDefaultAddress(db: Db, userId: UserId): Promise<AddressSnapshot | null> {
  const [row] = await db
    .select({ recipient: addresses.recipient, phone: addresses.phone, region: addresses.region, street: addresses.street, postcode: addresses.postcode })
    .from(addresses)
    .where(eq(addresses.userId, userId))
    .orderBy(desc(addresses.isDefault), desc(addresses.id))
    .limit(1);
  return row ?? null;
}

/** The hash that a person's password is compared with before something that only they may do. */
export async function getPasswordHash(db: Db, userId: UserId): Promise<string | null> {
  const [row] = await db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId)).limit(1);
  return row?.passwordHash ?? null;
}

export type OwnProfile = { username: string; email: string; birthday: string | null; locale: string; theme: Theme | null };

/** What a person sees of themselves and may change. */
export async function getOwnProfile(db: Db, userId: UserId): Promise<OwnProfile> {
  const [row] = await db
    .select({ username: users.username, email: users.email, birthday: users.birthday, locale: users.locale, theme: users.theme })
    .from(users)
    .where(eq(users.id, userId))
    .limit(1);
  invariant(row, "whoever is signed in exists");
  return row;
}

export type KeptAddress = AddressSnapshot & { id: number; isDefault: boolean };

const keptAddress = {
  id: addresses.id, recipient: addresses.recipient, phone: addresses.phone, region: addresses.region, street: addresses.street, postcode: addresses.postcode, isDefault: addresses.isDefault,
};

/** A person's address book: the default first, then the newest. */
export const listAddresses = (db: Db, userId: UserId): Promise<KeptAddress[]> =>
  db.select(keptAddress).from(addresses).where(eq(addresses.userId, userId)).orderBy(desc(addresses.isDefault), desc(addresses.id)).limit(ADDRESSES_MAX);

/** One address of this person; null for anybody else's. */
export async function findAddress(db: Db, userId: UserId, id: number): Promise<KeptAddress | null> {
  const [row] = await db.select(keptAddress).from(addresses).where(and(eq(addresses.userId, userId), eq(addresses.id, id))).limit(1);
  return row ?? null;
}
