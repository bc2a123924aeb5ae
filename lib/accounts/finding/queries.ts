import "server-only";

import { and, desc, eq, inArray, isNull, like, or } from "drizzle-orm";

import type { Db } from "@/db/client";
import { users } from "@/db/schema";
import type { Role } from "@/db/schema/people";
import { containing } from "@/lib/like";

import { maskEmail } from "../mask";

export type FoundPerson = { id: number; username: string; emailMasked: string; role: Role };

/**
 * Some people by a part of their name, their id or their whole address, the newest first: addresses are masked, and no search may
 * unmask them. Who was erased is found by nothing but the id.
 */
export async function findPeople(db: Db, text: string, roles: readonly Role[], limit: number): Promise<FoundPerson[]> {
  const wanted = text.normalize("NFKC").trim();
  if (wanted === "" || roles.length === 0) return [];
  const rows = await db
    .select({ id: users.id, username: users.username, email: users.email, role: users.role })
    .from(users)
    .where(and(inArray(users.role, [...roles]), matching(wanted)))
    .orderBy(desc(users.id))
    .limit(limit);
  return rows.map(({ email, ...person }) => ({ ...person, emailMasked: maskEmail(email) }));
}

function matching(text: string) {
  if (text.includes("@")) return eq(users.email, text.toLowerCase().slice(0, 254));
  const byName = and(like(users.username, containing(text)), isNull(users.erasedAt));
  return /^#?[1-9]\d{0,14}$/.test(text) ? or(eq(users.id, Number(text.replace("#", ""))), byName) : byName;
}
