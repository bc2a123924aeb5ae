import "server-only";

import { isDeepStrictEqual } from "node:util";

import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";

import { pictures, settings } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { Refusal } from "@/lib/refusal";

import { DEFAULT_POLICY, policyFrom, type Policy } from "./policy";
import { forgetPolicy } from "./queries";
import { SECTIONS, type SettingName, type SettingsInput } from "./schema";

/**
 * Saves one section of the settings and says which of them changed. In force here at once and elsewhere within a second; what was
 * earned, ordered or joined before stays as it was then. Refuses `forbidden`, and `not_found` for a logo that is no picture of the shop.
 */
export async function saveSettings(ctx: Ctx, { requestId: _requestId, section, ...wanted }: SettingsInput): Promise<{ changed: SettingName[] }> {
  if (ctx.actor.kind !== "staff" || !ctx.actor.permissions.has("settings.write")) throw new Refusal("forbidden");
  const names = [...SECTIONS[section]].sort();

  const before = await lockSettings(ctx, names);
  const after: Partial<Policy> = wanted;
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  if (changed.includes("logo")) await changeLogo(ctx, before.logo, after.logo ?? null);

  for (const name of names) await writeSetting(ctx, name, after[name], changed.includes(name));
  if (changed.length === 0) return { changed };
  const changes = Object.fromEntries(changed.map((name): [string, [unknown, unknown]] => [name, [before[name], after[name]]]));
  await emit(ctx, { name: "settings.changed", subject: { type: "settings", id: section }, data: { changes } });
  ctx.afterCommit(forgetPolicy);
  return { changed };
}

/** A picture that is the logo is kept however long no product shows it. The one before stays for as long as any that has just become unused. */
async function changeLogo(ctx: Ctx, before: string | null, after: string | null): Promise<void> {
  if (after !== null) {
    const [found] = await ctx.tx.select({ id: pictures.id }).from(pictures).where(eq(pictures.publicId, after)).for("update");
    if (!found) throw new Refusal("not_found", { field: "logo" });
  }
  if (before !== null) await ctx.tx.update(pictures).set({ unusedSince: ctx.now }).where(and(eq(pictures.publicId, before), isNotNull(pictures.unusedSince)));
}

/** What is chosen to be nothing is a value of JSON, and no missing column. */
const JSON_NULL = sql`cast('null' as json)`;

/** A setting at its default has no row. One is made for each, so that there is something to lock: who saves second sees what the first saved. */
async function lockSettings(ctx: Ctx, names: readonly SettingName[]): Promise<Policy> {
  const rows = names.map((name) => ({ name, value: DEFAULT_POLICY[name] ?? JSON_NULL, updatedAt: ctx.now }));
  await ctx.tx.insert(settings).values(rows).onDuplicateKeyUpdate({ set: { name: sql`${settings.name}` } });
  const stored = await ctx.tx.select({ name: settings.name, value: settings.value }).from(settings).where(inArray(settings.name, [...names])).for("update");
  return policyFrom(stored).policy;
}

/** What equals the default is not kept: a default that a later version improves reaches every shop that never chose otherwise. */
async function writeSetting(ctx: Ctx, name: SettingName, value: unknown, isChanged: boolean): Promise<void> {
  if (isDeepStrictEqual(value, DEFAULT_POLICY[name])) await ctx.tx.delete(settings).where(eq(settings.name, name));
  else if (isChanged) await ctx.tx.update(settings).set({ value, updatedAt: ctx.now }).where(eq(settings.name, name));
}
