import "server-only";

import { and, desc, eq, gt, inArray } from "drizzle-orm";

import { db, type Db } from "@/db/client";
import { addresses, sessions, users } from "@/db/schema";
import type { AddressSnapshot } from "@/db/schema/orders";
import type { Role } from "@/db/schema/people";
import { currentTime } from "@/lib/clock";
import type { UserId } from "@/lib/ctx";
import { Lane, sharedLane } from "@/lib/lane";

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

export type Credentials = { id: UserId; passwordHash: string; sessionVersion: number; role: Role; username: string };

export async function findCredentials(db: Db, email: string): Promise<Credentials | null> {
  const [row] = await db
    .select({ id: users.id, passwordHash: users.passwordHash, sessionVersion: users.sessionVersion, role: users.role, username: users.username })
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
