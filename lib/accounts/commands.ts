import "server-only";

import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";

import { addresses, pointAccounts, sessions, users } from "@/db/schema";
import type { AddressSnapshot } from "@/db/schema/orders";
import type { Role } from "@/db/schema/people";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { errnoOf } from "@/lib/log";
import { Refusal } from "@/lib/refusal";

import { mayManageAccount } from "./permission";
import type { FreezeInput, RoleInput, UserInput } from "./schema";
import { newSessionToken, SESSION_DAYS, tokenDigest } from "./session-token";

const DUPLICATE_KEY = 1062;
const DAY_MS = 86_400_000;

export type NewUser = { username: string; email: string; passwordHash: string; locale: string; role?: Role };

/** Makes a person and their point account. Refuses `email_taken`, `username_taken`. */
export async function registerUser(ctx: Ctx, user: NewUser): Promise<UserId> {
  const id = await insertUser(ctx, user);
  await ctx.tx.insert(pointAccounts).values({ userId: id, createdAt: ctx.now });
  await emit(ctx, { name: "account.registered", subject: { type: "user", id: String(id) }, data: {} });
  return id;
}

async function insertUser(ctx: Ctx, user: NewUser): Promise<UserId> {
  try {
    const [row] = await ctx.tx.insert(users).values({ ...user, createdAt: ctx.now, updatedAt: ctx.now }).$returningId();
    invariant(row, "an insert returns its id");
    return row.id as UserId;
  } catch (error) {
    if (errnoOf(error) !== DUPLICATE_KEY) throw error;
    const [known] = await ctx.tx.select({ id: users.id }).from(users).where(eq(users.email, user.email)).limit(1);
    throw new Refusal(known ? "email_taken" : "username_taken");
  }
}

/** Starts a session on one device and returns its token, which is stored nowhere. */
export async function startSession(ctx: Ctx, userId: UserId): Promise<string> {
  const token = newSessionToken();
  const [person] = await ctx.tx.select({ sessionVersion: users.sessionVersion }).from(users).where(eq(users.id, userId));
  invariant(person, "a session belongs to a person");
  await ctx.tx.insert(sessions).values({
    tokenDigest: tokenDigest(token), userId, sessionVersion: person.sessionVersion, createdAt: ctx.now, expiresAt: new Date(ctx.now.getTime() + SESSION_DAYS * DAY_MS),
  });
  return token;
}

/** Ends one device's session; ending it again changes nothing. */
export async function endSession(ctx: Ctx, token: string): Promise<void> {
  await ctx.tx.delete(sessions).where(eq(sessions.tokenDigest, tokenDigest(token)));
}

/** Ends every session of the person, this one too: all die on their next request. */
export async function endAllSessions(ctx: Ctx): Promise<void> {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "a person signs out");
  await raiseSessionVersion(ctx, userId);
  await emit(ctx, { name: "account.signed_out_everywhere", subject: { type: "user", id: String(userId) }, data: {} });
}

/** Staff ends every session of somebody. Refuses `not_found`, `forbidden`. */
export async function endSessions(ctx: Ctx, { userId }: z.infer<typeof UserInput>): Promise<void> {
  await refuseUnlessManaged(ctx, userId);
  await raiseSessionVersion(ctx, userId as UserId);
  await emit(ctx, { name: "account.signed_out_everywhere", subject: { type: "user", id: String(userId) }, data: {} });
}

/**
 * Stops a person from earning and spending; they can sign in anew and read, and see the reason. Their sessions end.
 * Locks the account, so that a redemption under way is wholly before or refused. Refuses `not_found`, `forbidden`.
 */
export async function freezeAccount(ctx: Ctx, { userId, reason }: z.infer<typeof FreezeInput>): Promise<void> {
  await refuseUnlessManaged(ctx, userId);
  await setStatus(ctx, userId as UserId, "frozen", reason);
  await raiseSessionVersion(ctx, userId as UserId);
  await emit(ctx, { name: "account.frozen", subject: { type: "user", id: String(userId) }, data: { reason } });
}

/** Lets a frozen person earn and spend again. Refuses `not_found`, `forbidden`. */
export async function unfreezeAccount(ctx: Ctx, { userId }: z.infer<typeof UserInput>): Promise<void> {
  await refuseUnlessManaged(ctx, userId);
  await setStatus(ctx, userId as UserId, "active", null);
  await emit(ctx, { name: "account.unfrozen", subject: { type: "user", id: String(userId) }, data: {} });
}

/** Changes what a person may do; their sessions end. Owners only. Refuses `forbidden`, `not_found`, `last_owner`. */
export async function changeRole(ctx: Ctx, { userId, role }: z.infer<typeof RoleInput>): Promise<void> {
  if (ctx.actor.kind !== "staff" || ctx.actor.role !== "owner") throw new Refusal("forbidden");
  // All owners are locked, in order, so that two of them cannot step down at once.
  const owners = await ctx.tx.select({ id: users.id }).from(users).where(eq(users.role, "owner")).orderBy(users.id).for("update");
  const [person] = await ctx.tx.select({ id: users.id, role: users.role }).from(users).where(eq(users.id, userId)).for("update");
  if (!person) throw new Refusal("not_found");
  if (person.role === "owner" && role !== "owner" && owners.length === 1) throw new Refusal("last_owner");
  await ctx.tx.update(users).set({ role, updatedAt: ctx.now }).where(eq(users.id, userId));
  await raiseSessionVersion(ctx, userId as UserId);
  await emit(ctx, { name: "account.role_changed", subject: { type: "user", id: String(userId) }, data: { from: person.role, to: role } });
}

/** Keeps an address for next time; the newest is the default. */
export async function saveAddress(ctx: Ctx, userId: UserId, address: AddressSnapshot): Promise<void> {
  const mine = eq(addresses.userId, userId);
  const known = await ctx.tx.select().from(addresses).where(mine).orderBy(addresses.id).for("update");
  const same = known.find((row) => (Object.keys(address) as (keyof AddressSnapshot)[]).every((field) => row[field] === address[field]));
  await ctx.tx.update(addresses).set({ isDefault: false }).where(and(mine, eq(addresses.isDefault, true)));
  if (same) await ctx.tx.update(addresses).set({ isDefault: true }).where(eq(addresses.id, same.id));
  else await ctx.tx.insert(addresses).values({ ...address, userId, isDefault: true, createdAt: ctx.now });
}

/** Staff look after shoppers, owners after all but themselves. */
async function refuseUnlessManaged(ctx: Ctx, userId: number): Promise<void> {
  const [person] = await ctx.tx.select({ id: users.id, role: users.role }).from(users).where(eq(users.id, userId));
  if (!person) throw new Refusal("not_found");
  if (ctx.actor.kind !== "staff" || !mayManageAccount(ctx.actor, person)) throw new Refusal("forbidden");
}

async function setStatus(ctx: Ctx, userId: UserId, status: "active" | "frozen", statusReason: string | null): Promise<void> {
  const [header] = await ctx.tx.update(pointAccounts).set({ status, statusReason }).where(eq(pointAccounts.userId, userId));
  if (header.affectedRows === 0) throw new Refusal("not_found");
}

async function raiseSessionVersion(ctx: Ctx, userId: UserId): Promise<void> {
  const [header] = await ctx.tx.update(users).set({ sessionVersion: sql`${users.sessionVersion} + 1`, updatedAt: ctx.now }).where(eq(users.id, userId));
  if (header.affectedRows === 0) throw new Refusal("not_found");
}
