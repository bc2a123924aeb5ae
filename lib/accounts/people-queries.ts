import "server-only";

import { and, inArray, isNull } from "drizzle-orm";

import type { Db } from "@/db/client";
import { users } from "@/db/schema";
import type { UserId } from "@/lib/ctx";

/** More addresses than anybody types, fewer than a statement bears. */
const PEOPLE_MAX = 10_000;

/** Who has these addresses, as they are stored; an address that nobody has is not there. */
export async function findPeopleByEmail(db: Db, emails: readonly string[]): Promise<Map<string, UserId>> {
  if (emails.length === 0) return new Map();
  const rows = await db.select({ id: users.id, email: users.email }).from(users).where(and(inArray(users.email, emails.slice(0, PEOPLE_MAX)), isNull(users.erasedAt)));
  return new Map(rows.map(({ id, email }) => [email, id as UserId]));
}

/** The addresses of these people; who was erased has none. */
export async function listEmails(db: Db, people: readonly number[]): Promise<string[]> {
  if (people.length === 0) return [];
  const rows = await db.select({ email: users.email }).from(users).where(and(inArray(users.id, people.slice(0, PEOPLE_MAX)), isNull(users.erasedAt))).orderBy(users.email);
  return rows.map(({ email }) => email);
}
