import "server-only";

import { and, countDistinct, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/mysql-core";
import type { z } from "zod";

import { addresses, pointAccounts, secondFactors, sessions, staffRoles, users, visits } from "@/db/schema";
import type { AddressSnapshot } from "@/db/schema/orders";
import type { Role } from "@/db/schema/people";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import type { Day } from "@/lib/day";
import { emit } from "@/lib/events/commands";
import { publicId } from "@/lib/id";
import { invariant } from "@/lib/invariant";
import { errnoOf } from "@/lib/log";
import { Refusal } from "@/lib/refusal";
import { isAllowed } from "@/lib/staff";

import { endFreeze, endOfFreeze, lockFreeze, setFreeze } from "./freezing/commands";
import { RISK_PREFIX, ruleOfReason } from "./frozen";
import { mayManageAccount } from "./permission";
import { readGrant, readStanding, refuseUnlessGivable, staffActorOf, type Grant } from "./roles/commands";
import { ADDRESSES_MAX, type FreezeInput, type RoleInput, type UserInput } from "./schema";
import { newSessionToken, SESSION_DAYS, tokenDigest } from "./session-token";

const DUPLICATE_KEY = 1062;
/** Letters of a device's name. */
const DEVICE_MAX = 80;
const DAY_MS = 86_400_000;

export type NewUser = {
  username: string;
  email: string;
  passwordHash: string;
  locale: string;
  role?: Role;
  /** The address is known to be theirs; without it they cannot sign in where addresses are verified. */
  isVerified?: boolean;
};

/** Makes a person and their point account. Refuses `email_taken`, `username_taken`. */
export async function registerUser(ctx: Ctx, user: NewUser): Promise<UserId> {
  const id = await insertUser(ctx, user);
  await ctx.tx.insert(pointAccounts).values({ userId: id, createdAt: ctx.now });
  await emit(ctx, { name: "account.registered", subject: { type: "user", id: String(id) }, data: {} });
  return id;
}

async function insertUser(ctx: Ctx, { isVerified = false, ...user }: NewUser): Promise<UserId> {
  try {
    const [row] = await ctx.tx.insert(users).values({ ...user, staffRoleId: (await readGrant(ctx, user.role ?? "shopper")).staffRoleId, emailVerifiedAt: isVerified ? ctx.now : null, createdAt: ctx.now, updatedAt: ctx.now }).$returningId();
    invariant(row, "an insert returns its id");
    return row.id as UserId;
  } catch (error) {
    if (errnoOf(error) !== DUPLICATE_KEY) throw error;
    const [known] = await ctx.tx.select({ id: users.id }).from(users).where(eq(users.email, user.email)).limit(1);
    throw new Refusal(known ? "email_taken" : "username_taken");
  }
}

/** Letters of a name that stay when its holder gives it up. */
const NAME_KEPT = 40;

/**
 * Makes a name free for somebody. It belongs to a person who proved their address; one who has not shown up yet gets another,
 * so that nobody learns from a name who has signed up with which address. Refuses `username_taken`.
 */
export async function claimUsername(ctx: Ctx, username: string, claimant: UserId | null): Promise<void> {
  const holder = await findNameHolder(ctx, username);
  if (!holder || holder.id === claimant) return;
  if (holder.emailVerifiedAt) throw new Refusal("username_taken");
  const other = `${[...holder.username].slice(0, NAME_KEPT).join("")} ${publicId().slice(0, 6)}`;
  await ctx.tx.update(users).set({ username: other, updatedAt: ctx.now }).where(eq(users.id, holder.id));
}

/** Refuses `username_taken` as `claimUsername` would, and takes the name from nobody. */
export async function refuseTakenName(ctx: Ctx, username: string): Promise<void> {
  if ((await findNameHolder(ctx, username))?.emailVerifiedAt) throw new Refusal("username_taken");
}

async function findNameHolder(ctx: Ctx, username: string): Promise<{ id: number; username: string; emailVerifiedAt: Date | null } | undefined> {
  const [holder] = await ctx.tx
    .select({ id: users.id, username: users.username, emailVerifiedAt: users.emailVerifiedAt })
    .from(users)
    .where(eq(users.username, username))
    .for("update");
  return holder;
}

/** Locks the person's account, which every command locks first. */
export async function lockAccount(ctx: Ctx, userId: UserId): Promise<void> {
  await ctx.tx.select({ userId: pointAccounts.userId }).from(pointAccounts).where(eq(pointAccounts.userId, userId)).for("update");
}

/** Starts a session on one device and returns its token, which is stored nowhere. `device` is what the device calls itself, in short. */
export async function startSession(ctx: Ctx, userId: UserId, device = ""): Promise<string> {
  const token = newSessionToken();
  const [person] = await ctx.tx.select({ sessionVersion: users.sessionVersion }).from(users).where(eq(users.id, userId));
  invariant(person, "a session belongs to a person");
  await ctx.tx.insert(sessions).values({
    tokenDigest: tokenDigest(token), userId, sessionVersion: person.sessionVersion, device: device.slice(0, DEVICE_MAX), seenAt: ctx.now, createdAt: ctx.now, expiresAt: new Date(ctx.now.getTime() + SESSION_DAYS * DAY_MS),
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
 * Locks the account, so that a redemption under way is wholly before or refused. A rule's freeze is only changed by whoever decides about risk.
 * Refuses `not_found`, `forbidden`, `invalid_input` for an end that is past and for a reason that reads as a rule's.
 */
export async function freezeAccount(ctx: Ctx, { userId, reason, until }: z.infer<typeof FreezeInput>): Promise<void> {
  await refuseUnlessManaged(ctx, userId);
  if (reason.startsWith(RISK_PREFIX)) throw new Refusal("invalid_input");
  await refuseRulesFreeze(ctx, userId as UserId);
  await setFreeze(ctx, userId as UserId, { reason, until: endOfFreeze(ctx, until) });
  await raiseSessionVersion(ctx, userId as UserId);
}

/** Lets a frozen person earn and spend again. What a rule froze, only whoever decides about risk lets go. Refuses `not_found`, `forbidden`. */
export async function unfreezeAccount(ctx: Ctx, { userId }: z.infer<typeof UserInput>): Promise<void> {
  await refuseUnlessManaged(ctx, userId);
  await refuseRulesFreeze(ctx, userId as UserId);
  await endFreeze(ctx, userId as UserId);
}

/** Locks the account and refuses `forbidden` where a rule froze it and somebody asks who does not decide about risk. */
async function refuseRulesFreeze(ctx: Ctx, userId: UserId): Promise<void> {
  const { isFrozen, reason } = await lockFreeze(ctx, userId);
  if (isFrozen && ruleOfReason(reason) !== null && !isAllowed(ctx.actor, "risk.decide")) throw new Refusal("forbidden");
}

/**
 * Changes what a person may do; their sessions end. `staffRoleId` is a staff role, managers' where none is named; a shopper has none.
 * Refuses `forbidden` where more is given, or taken away, than who asks has, and for an owner to anybody but another; `not_found`, `last_owner`.
 */
export async function changeRole(ctx: Ctx, { userId, role, staffRoleId }: z.infer<typeof RoleInput>): Promise<void> {
  const actor = staffActorOf(ctx);
  // All owners are locked, in order, so that two of them cannot step down at once.
  const owners = await ctx.tx.select({ id: users.id }).from(users).where(eq(users.role, "owner")).orderBy(users.id).for("update");
  const [person] = await ctx.tx.select({ id: users.id, role: users.role }).from(users).where(eq(users.id, userId)).for("update");
  if (!person) throw new Refusal("not_found");
  const standing = await readStanding(ctx, userId);
  if (standing) refuseUnlessGivable(actor, standing);
  if (person.role === "owner" && role !== "owner" && owners.length === 1) throw new Refusal("last_owner");
  // Who asks may have stepped down in the moment before: what their session said then is no longer so.
  if (actor.role === "owner" && owners.length > 0 && !owners.some(({ id }) => id === actor.id)) throw new Refusal("forbidden");
  const grant = await readGrant(ctx, role, staffRoleId);
  refuseUnlessGivable(actor, grant);
  await setRole(ctx, userId as UserId, grant);
  await raiseSessionVersion(ctx, userId as UserId);
}

/** Writes what a person may do from now on, and what they could before. The second factor is staff's: it goes with the role. */
export async function setRole(ctx: Ctx, userId: UserId, { role, staffRoleId, name }: Omit<Grant, "permissions">): Promise<void> {
  const [before] = await ctx.tx.select({ role: users.role, name: staffRoles.name }).from(users).leftJoin(staffRoles, eq(staffRoles.id, users.staffRoleId)).where(eq(users.id, userId));
  invariant(before, "whoever is given a role exists");
  await ctx.tx.update(users).set({ role, staffRoleId, updatedAt: ctx.now }).where(eq(users.id, userId));
  if (role === "shopper") await ctx.tx.delete(secondFactors).where(eq(secondFactors.userId, userId));
  const changes = { role: [before.role, role] as [unknown, unknown], staffRole: [before.name, staffRoleId === null ? null : name] as [unknown, unknown] };
  await emit(ctx, { name: "account.role_changed", subject: { type: "user", id: String(userId) }, data: { from: before.role, to: role, changes } });
}

/** Keeps an address that was used for next time, as the default. A book that is full keeps what it has. */
export async function saveAddress(ctx: Ctx, userId: UserId, address: AddressSnapshot): Promise<void> {
  const mine = eq(addresses.userId, userId);
  const known = await ctx.tx.select().from(addresses).where(mine).orderBy(addresses.id).for("update");
  const same = known.find((row) => (Object.keys(address) as (keyof AddressSnapshot)[]).every((field) => row[field] === address[field]));
  if (!same && known.length >= ADDRESSES_MAX) return;
  await ctx.tx.update(addresses).set({ isDefault: false }).where(and(mine, eq(addresses.isDefault, true)));
  if (same) return void (await ctx.tx.update(addresses).set({ isDefault: true }).where(eq(addresses.id, same.id)));
  const [added] = await ctx.tx.insert(addresses).values({ ...address, userId, isDefault: true, createdAt: ctx.now }).$returningId();
  await tellSharedAddress(ctx, userId, added!.id);
}

/** Where others have goods sent too is told, for those who watch over accounts. */
export async function tellSharedAddress(ctx: Ctx, userId: UserId, addressId: number): Promise<void> {
  const others = alias(addresses, "others");
  const [shared] = await ctx.tx.select({ accounts: countDistinct(others.userId) }).from(addresses).innerJoin(others, eq(others.phoneTail, addresses.phoneTail)).where(eq(addresses.id, addressId));
  if (shared && shared.accounts > 1) await emit(ctx, { name: "address.shared", subject: { type: "user", id: String(userId) }, data: { accounts: shared.accounts } });
}

/** Staff look after shoppers, whoever manages the staff after colleagues who may do no more than they, owners after all but themselves. */
export async function refuseUnlessManaged(ctx: Ctx, userId: number): Promise<void> {
  const person = await readStanding(ctx, userId);
  if (!person) throw new Refusal("not_found");
  if (ctx.actor.kind !== "staff" || !mayManageAccount(ctx.actor, person)) throw new Refusal("forbidden");
}

/** Ends every session of the person: each dies at its next request. */
export async function raiseSessionVersion(ctx: Ctx, userId: UserId): Promise<void> {
  const [header] = await ctx.tx.update(users).set({ sessionVersion: sql`${users.sessionVersion} + 1`, updatedAt: ctx.now }).where(eq(users.id, userId));
  if (header.affectedRows === 0) throw new Refusal("not_found");
}

/** Notes that a person was here on a day of the programme; again on the same day changes nothing. */
export async function countVisit(ctx: Ctx, userId: UserId, localDay: Day): Promise<void> {
  await ctx.tx.insert(visits).ignore().values({ userId, localDay, createdAt: ctx.now });
}
