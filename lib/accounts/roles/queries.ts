import "server-only";

import { asc, eq, isNotNull, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { staffRoles, users } from "@/db/schema";
import type { BuiltInRole } from "@/db/schema/people";

import { permissionsOf, type Permission } from "../permission";

export type StaffRole = { id: number; builtIn: BuiltInRole | null; /** Of a role that came with the shop it is only a key. */ name: string; permissions: ReadonlySet<Permission>; /** How many have it. */ members: number };

/** All roles but the owners', those that came with the shop first. */
export async function listRoles(db: Db): Promise<StaffRole[]> {
  const [rows, counts] = await Promise.all([
    db.select().from(staffRoles).orderBy(sql`${staffRoles.builtIn} is null`, asc(staffRoles.id)),
    db.select({ id: users.staffRoleId, members: sql<number>`count(*)`.mapWith(Number) }).from(users).where(isNotNull(users.staffRoleId)).groupBy(users.staffRoleId),
  ]);
  const members = new Map(counts.map((row) => [row.id, row.members]));
  return rows.map((row) => ({ id: row.id, builtIn: row.builtIn, name: row.name, permissions: permissionsOf("staff", row), members: members.get(row.id) ?? 0 }));
}

export async function findRole(db: Db, id: number): Promise<StaffRole | null> {
  const [row] = await db.select().from(staffRoles).where(eq(staffRoles.id, id)).limit(1);
  if (!row) return null;
  const [count] = await db.select({ members: sql<number>`count(*)`.mapWith(Number) }).from(users).where(eq(users.staffRoleId, id));
  return { id: row.id, builtIn: row.builtIn, name: row.name, permissions: permissionsOf("staff", row), members: count?.members ?? 0 };
}
