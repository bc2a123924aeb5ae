import "server-only";

import { and, desc, eq, ne } from "drizzle-orm";
import type { z } from "zod";

import { addresses, users } from "@/db/schema";
import type { AddressSnapshot } from "@/db/schema/orders";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";

import { tellSharedAddress } from "../commands";
import { ADDRESSES_MAX, type AddressChangeInput, type AddressIdInput, type NewAddressInput } from "../schema";

/** Adds an address; the first is the default. One that is there already is not kept twice. Refuses `addresses_full` { limit }. */
export async function addAddress(ctx: Ctx, { isDefault, ...address }: z.infer<typeof NewAddressInput>): Promise<void> {
  const { userId, known } = await openAddressBook(ctx);
  const same = known.find((row) => (Object.keys(address) as (keyof AddressSnapshot)[]).every((field) => row[field] === address[field]));
  if (same) return isDefault ? setDefault(ctx, userId, same.id) : undefined;
  if (known.length >= ADDRESSES_MAX) throw new Refusal("addresses_full", { limit: ADDRESSES_MAX });
  const [row] = await ctx.tx.insert(addresses).values({ ...address, userId, createdAt: ctx.now }).$returningId();
  if (isDefault || known.length === 0) await setDefault(ctx, userId, row!.id);
  await tellSharedAddress(ctx, userId, row!.id);
  await changed(ctx, userId);
}

/** Changes an address; orders that were shipped to it keep what they had. Refuses `not_found`. */
export async function changeAddress(ctx: Ctx, { id, isDefault, ...address }: z.infer<typeof AddressChangeInput>): Promise<void> {
  const { userId, known } = await openAddressBook(ctx);
  if (!known.some((row) => row.id === id)) throw new Refusal("not_found");
  await ctx.tx.update(addresses).set(address).where(and(eq(addresses.id, id), eq(addresses.userId, userId)));
  if (isDefault) await setDefault(ctx, userId, id);
  await tellSharedAddress(ctx, userId, id);
  await changed(ctx, userId);
}

/** Deletes an address; if it was the default, the newest that is left becomes it. Refuses `not_found`. */
export async function removeAddress(ctx: Ctx, { id }: z.infer<typeof AddressIdInput>): Promise<void> {
  const { userId, known } = await openAddressBook(ctx);
  const gone = known.find((row) => row.id === id);
  if (!gone) throw new Refusal("not_found");
  await ctx.tx.delete(addresses).where(and(eq(addresses.id, id), eq(addresses.userId, userId)));
  const heir = known.find((row) => row.id !== id);
  if (gone.isDefault && heir) await setDefault(ctx, userId, heir.id);
  await changed(ctx, userId);
}

/** Makes an address the one that is filled in first. Refuses `not_found`. */
export async function chooseDefaultAddress(ctx: Ctx, { id }: z.infer<typeof AddressIdInput>): Promise<void> {
  const { userId, known } = await openAddressBook(ctx);
  const chosen = known.find((row) => row.id === id);
  if (!chosen) throw new Refusal("not_found");
  if (chosen.isDefault) return;
  await setDefault(ctx, userId, id);
  await changed(ctx, userId);
}

/** The person's own addresses, the newest first. Their row is locked, so that two devices do not add the last one twice. */
async function openAddressBook(ctx: Ctx) {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "an address book is a person's");
  await ctx.tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
  const known = await ctx.tx.select().from(addresses).where(eq(addresses.userId, userId)).orderBy(desc(addresses.id)).for("update");
  return { userId, known };
}

async function setDefault(ctx: Ctx, userId: UserId, id: number): Promise<void> {
  await ctx.tx.update(addresses).set({ isDefault: false }).where(and(eq(addresses.userId, userId), ne(addresses.id, id), eq(addresses.isDefault, true)));
  await ctx.tx.update(addresses).set({ isDefault: true }).where(and(eq(addresses.userId, userId), eq(addresses.id, id)));
}

const changed = (ctx: Ctx, userId: UserId): Promise<void> =>
  emit(ctx, { name: "account.changed", subject: { type: "user", id: String(userId) }, data: { fields: ["addresses"] } });
