import "server-only";

import { and, desc, eq, gt, inArray } from "drizzle-orm";

import { db, type Db } from "@/db/client";
import { addresses, sessions, users } from "@/db/schema";
import type { AddressSnapshot } from "@/db/schema/orders";
import type { Role } from "@/db/schema/people";
import { currentTime } from "@/lib/clock";
import type { UserId } from "@/lib/ctx";
import type { Theme } from "@/lib/i18n";
import { invariant } from "@/lib/invariant";
import { Lane, sharedLane } from "@/lib/lane";

import { ADDRESSES_MAX } from "./schema";
import { SESSION_TOKEN, tokenDigest } from "./session-token";

export type Person = { id: UserId; username: string; email: string; role: Role; locale: string; createdAt: Date };

/**
 * The person whose living session this token is. Read from the database each time, so that a session that was ended is dead
 * at its next request; the reads of one tick go in one statement.
 */
export function findSession(token: string): Promise<Person | null> {
  if (!SESSION_TOKEN.test(token)) return Promise.resolve(null);
  return sessionReads().submit(tokenDigest(token));
}

const sessionReads = () => sharedLane("sessions", () => new Lane<Buffer, Person | null>(readSessions, { batchMax: 256, widthMax: 2, waitingMax: 50_000 }));

async function readSessions(digests: readonly Buffer[]): Promise<(Person | null)[]> {
  const rows = await db()
    .select({
      digest: sessions.tokenDigest, id: users.id, username: users.username, email: users.email, role: users.role, locale: users.locale, createdAt: users.createdAt,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.sessionVersion, sessions.sessionVersion)))
    .where(and(inArray(sessions.tokenDigest, [...digests]), gt(sessions.expiresAt, currentTime())));
  const people = new Map(rows.map(({ digest, ...person }) => [digest.toString("hex"), person as Person]));
  return digests.map((digest) => people.get(digest.toString("hex")) ?? null);
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
