import "server-only";

import { and, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";

import { users } from "@/db/schema";
import { actorId, type Ctx, type UserId } from "@/lib/ctx";
import { dayOf, parseDay } from "@/lib/day";
import { emit } from "@/lib/events/commands";
import type { Locale, Theme } from "@/lib/i18n";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";

import { claimUsername } from "../commands";
import type { ProfileInput } from "../schema";

/**
 * Saves a person's name, and their birthday the first time they give one: it brings a present each year, so it is given once.
 * Refuses `username_taken`; `already_settled` for another birthday; `invalid_input` for a day to come.
 */
export async function saveProfile(ctx: Ctx, { username, birthday }: z.infer<typeof ProfileInput>): Promise<{ fields: string[] }> {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "a person saves their own profile");
  const [person] = await ctx.tx.select({ username: users.username, birthday: users.birthday }).from(users).where(eq(users.id, userId)).for("update");
  invariant(person, "whoever is signed in exists");
  const fields: string[] = [];
  if (username !== person.username) {
    await claimUsername(ctx, username, userId);
    await ctx.tx.update(users).set({ username, updatedAt: ctx.now }).where(eq(users.id, userId));
    fields.push("username");
  }
  if (birthday !== "" && birthday !== person.birthday) {
    await setBirthday(ctx, userId, birthday);
    fields.push("birthday");
  }
  if (fields.length > 0) await emit(ctx, { name: "account.changed", subject: { type: "user", id: String(userId) }, data: { fields } });
  return { fields };
}

async function setBirthday(ctx: Ctx, userId: UserId, birthday: string): Promise<void> {
  if (parseDay(birthday) > dayOf(ctx.now, ctx.policy.timeZone)) throw new Refusal("invalid_input");
  const [header] = await ctx.tx.update(users).set({ birthday, updatedAt: ctx.now }).where(and(eq(users.id, userId), isNull(users.birthday)));
  if (header.affectedRows !== 1) throw new Refusal("already_settled");
}

/** A theme of null means: as the device says. */
export type Preferences = { locale?: Locale; theme?: Theme | null };

/** Remembers language and looks beyond this device. What is the same already is not written again. */
export async function savePreferences(ctx: Ctx, { locale, theme }: Preferences): Promise<void> {
  const userId = actorId(ctx.actor);
  invariant(userId !== null, "a person's preferences are their own");
  const fields: string[] = [];
  const mine = eq(users.id, userId);
  if (locale !== undefined) {
    const [header] = await ctx.tx.update(users).set({ locale, updatedAt: ctx.now }).where(and(mine, sql`${users.locale} <> ${locale}`));
    if (header.affectedRows > 0) fields.push("locale");
  }
  if (theme !== undefined) {
    const [header] = await ctx.tx.update(users).set({ theme, updatedAt: ctx.now }).where(and(mine, sql`not (${users.theme} <=> ${theme})`));
    if (header.affectedRows > 0) fields.push("theme");
  }
  if (fields.length > 0) await emit(ctx, { name: "account.changed", subject: { type: "user", id: String(userId) }, data: { fields } });
}
