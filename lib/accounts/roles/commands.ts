import "server-only";

import { and, eq, gt, isNull, sql } from "drizzle-orm";

import { staffInvitations, staffRoles, users } from "@/db/schema";
import type { BuiltInRole, Role } from "@/db/schema/people";
import type { Actor, Ctx, UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { errnoOf } from "@/lib/log";
import { Refusal } from "@/lib/refusal";

import { mayGive, permissionsOf, type Permission } from "../permission";
import type { StaffRoleInput } from "../schema";

const DUPLICATE_KEY = 1062;
const STILL_REFERRED_TO = 1451;

/** What somebody is given with a role. */
export type Grant = { role: Role; staffRoleId: number | null; name: string; permissions: ReadonlySet<Permission> };

type StaffActor = Extract<Actor, { kind: "staff" }>;

export function staffActorOf(ctx: Ctx): StaffActor {
  if (ctx.actor.kind !== "staff" || !ctx.actor.permissions.has("staff.manage")) throw new Refusal("forbidden");
  return ctx.actor;
}

/** Who gives a role has all that is in it. Refuses `forbidden`. */
export function refuseUnlessGivable(actor: Pick<StaffActor, "role" | "permissions">, given: { role: Role; permissions: ReadonlySet<Permission> }): void {
  if (!mayGive(actor, given)) throw new Refusal("forbidden");
}

/** What somebody may do now: how whoever manages them measures up to it. Null for nobody. */
export async function readStanding(ctx: Ctx, userId: number): Promise<{ id: UserId; role: Role; permissions: ReadonlySet<Permission> } | null> {
  const [row] = await ctx.tx
    .select({ role: users.role, builtIn: staffRoles.builtIn, permissions: staffRoles.permissions })
    .from(users).leftJoin(staffRoles, eq(staffRoles.id, users.staffRoleId)).where(eq(users.id, userId));
  return row ? { id: userId as UserId, role: row.role, permissions: permissionsOf(row.role, row.permissions && { builtIn: row.builtIn, permissions: row.permissions }) } : null;
}

/** What a role gives. Members of staff begin as managers where nothing else is said; the role stays as it is until the transaction ends. Refuses `not_found`. */
export async function readGrant(ctx: Ctx, role: Role, staffRoleId?: number): Promise<Grant> {
  if (role !== "staff") return { role, staffRoleId: null, name: role, permissions: permissionsOf(role, null) };
  const [row] = await ctx.tx.select().from(staffRoles).where(staffRoleId === undefined ? eq(staffRoles.builtIn, "manager" satisfies BuiltInRole) : eq(staffRoles.id, staffRoleId)).for("share");
  if (!row) throw new Refusal("not_found");
  return { role, staffRoleId: row.id, name: row.name, permissions: permissionsOf(role, row) };
}

/**
 * Makes a role, or changes the one of `id`: whoever has it may do what it says at their next request.
 * Refuses `forbidden` for a role with more in it, before or after, than who saves it has, and for those that came with the shop; `not_found`, `role_name_taken`.
 */
export async function saveRole(ctx: Ctx, { id, name, permissions }: Pick<StaffRoleInput, "id" | "name" | "permissions">): Promise<{ id: number }> {
  const actor = staffActorOf(ctx);
  refuseUnlessGivable(actor, { role: "staff", permissions: new Set(permissions) });
  const sorted = [...permissions].sort();
  if (id !== undefined) {
    const before = await lockCustom(ctx, actor, id);
    const changes = changesBetween(before, { name, permissions: sorted });
    if (Object.keys(changes).length === 0) return { id };
    await onlyName(() => ctx.tx.update(staffRoles).set({ name, permissions: sorted }).where(eq(staffRoles.id, id)));
    await emit(ctx, { name: "staff_role.changed", subject: { type: "staff_role", id: String(id) }, data: { changes } });
    return { id };
  }
  const [row] = await onlyName(() => ctx.tx.insert(staffRoles).values({ name, permissions: sorted, createdAt: ctx.now }).$returningId());
  invariant(row, "an insert returns its id");
  await emit(ctx, { name: "staff_role.created", subject: { type: "staff_role", id: String(row.id) }, data: { changes: changesBetween({ name: null, permissions: null }, { name, permissions: sorted }) } });
  return row;
}

/** Deletes a role that nobody has and nobody is invited to. Refuses `forbidden`, `not_found`, `role_in_use` { count }. */
export async function deleteRole(ctx: Ctx, { id }: { id: number }): Promise<void> {
  const before = await lockCustom(ctx, staffActorOf(ctx), id);
  const [members] = await ctx.tx.select({ count: sql<number>`count(*)`.mapWith(Number) }).from(users).where(eq(users.staffRoleId, id));
  const [invited] = await ctx.tx
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(staffInvitations)
    .where(and(eq(staffInvitations.roleId, id), isNull(staffInvitations.acceptedAt), isNull(staffInvitations.revokedAt), gt(staffInvitations.expiresAt, ctx.now)));
  const count = (members?.count ?? 0) + (invited?.count ?? 0);
  if (count > 0) throw new Refusal("role_in_use", { count });
  try {
    await ctx.tx.delete(staffRoles).where(eq(staffRoles.id, id));
  } catch (error) {
    // Somebody was given it in this moment.
    if (errnoOf(error) === STILL_REFERRED_TO) throw new Refusal("role_in_use", { count: 1 });
    throw error;
  }
  await emit(ctx, { name: "staff_role.deleted", subject: { type: "staff_role", id: String(id) }, data: { changes: changesBetween(before, { name: null, permissions: null }) } });
}

async function lockCustom(ctx: Ctx, actor: StaffActor, id: number): Promise<{ name: string; permissions: string[] }> {
  const [row] = await ctx.tx.select().from(staffRoles).where(eq(staffRoles.id, id)).for("update");
  if (!row) throw new Refusal("not_found");
  if (row.builtIn !== null) throw new Refusal("forbidden");
  refuseUnlessGivable(actor, { role: "staff", permissions: permissionsOf("staff", row) });
  return { name: row.name, permissions: row.permissions };
}

async function onlyName<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (errnoOf(error) === DUPLICATE_KEY) throw new Refusal("role_name_taken", { field: "name" });
    throw error;
  }
}

type RoleFields = { name: string | null; permissions: readonly string[] | null };

function changesBetween(before: RoleFields, after: RoleFields): Record<string, [unknown, unknown]> {
  const fields = ["name", "permissions"] as const;
  return Object.fromEntries(fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field])).map((field) => [field, [before[field], after[field]]]));
}
