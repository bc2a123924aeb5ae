import "server-only";

import { isDeepStrictEqual } from "node:util";

import { eq, inArray, sql } from "drizzle-orm";

import { settings } from "@/db/schema";
import type { Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { Refusal } from "@/lib/refusal";

import { DEFAULT_POLICY, policyFrom, type Policy } from "./policy";
import { forgetPolicy } from "./queries";
import { SECTIONS, type SettingName, type SettingsInput } from "./schema";

/**
 * Saves one section of the settings and says which of them changed. In force here at once and elsewhere within a second; what was
 * earned, ordered or joined before stays as it was then. Owners only. Refuses `forbidden`.
 */
export async function saveSettings(ctx: Ctx, { requestId: _requestId, section, ...wanted }: SettingsInput): Promise<{ changed: SettingName[] }> {
  if (ctx.actor.kind !== "staff" || ctx.actor.role !== "owner") throw new Refusal("forbidden");
  const names = [...SECTIONS[section]].sort();

  const before = await lockSettings(ctx, names);
  const after: Partial<Policy> = wanted;
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name]));

  for (const name of names) await writeSetting(ctx, name, after[name], changed.includes(name));
  if (changed.length === 0) return { changed };
  const changes = Object.fromEntries(changed.map((name): [string, [unknown, unknown]] => [name, [before[name], after[name]]]));
  await emit(ctx, { name: "settings.changed", subject: { type: "settings", id: section }, data: { changes } });
  ctx.afterCommit(forgetPolicy);
  return { changed };
}

/** A setting at its default has no row. One is made for each, so that there is something to lock: who saves second sees what the first saved. */
async function lockSettings(ctx: Ctx, names: readonly SettingName[]): Promise<Policy> {
  const rows = names.map((name) => ({ name, value: DEFAULT_POLICY[name], updatedAt: ctx.now }));
  await ctx.tx.insert(settings).values(rows).onDuplicateKeyUpdate({ set: { name: sql`${settings.name}` } });
  const stored = await ctx.tx.select({ name: settings.name, value: settings.value }).from(settings).where(inArray(settings.name, [...names])).for("update");
  return policyFrom(stored).policy;
}

/** What equals the default is not kept: a default that a later version improves reaches every shop that never chose otherwise. */
async function writeSetting(ctx: Ctx, name: SettingName, value: unknown, isChanged: boolean): Promise<void> {
  if (isDeepStrictEqual(value, DEFAULT_POLICY[name])) await ctx.tx.delete(settings).where(eq(settings.name, name));
  else if (isChanged) await ctx.tx.update(settings).set({ value, updatedAt: ctx.now }).where(eq(settings.name, name));
}
