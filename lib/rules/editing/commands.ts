import "server-only";

import { and, eq } from "drizzle-orm";

import { sendPacket } from "@/db/packet";
import { pointsRules, pointsRuleVersions } from "@/db/schema";
import { actorId, type Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import { invariant } from "@/lib/invariant";
import { Refusal } from "@/lib/refusal";

import { countSoFar } from "../earning/commands";
import { Definition, RuleSnapshot } from "../rule";
import { SoundRule, type RestoreInput, type RuleDraft, type RuleInput, type RuleStatusInput } from "../schema";
import { changesBetween, draftFrom, snapshotOf } from "../snapshot";

export type SavedRule = { id: number; version: number };

/**
 * Makes a rule, or the next version of the one of `id`. Every version is kept. Saving what is there already makes none.
 * Refuses `not_found`, and `already_settled` { version } when somebody else has saved since `version` was read.
 */
export async function saveRule(ctx: Ctx, { requestId: _requestId, id, version, ...draft }: RuleInput): Promise<SavedRule> {
  return id === undefined ? insertRule(ctx, draft) : changeRule(ctx, id, version, () => draft);
}

/** Switches a rule on, off, or away for good: its versions, and what it has earned, stay. Refuses `not_found`, `already_settled`. */
export const setRuleStatus = (ctx: Ctx, { id, version, status }: RuleStatusInput): Promise<SavedRule> =>
  changeRule(ctx, id, version, (before) => ({ ...before, status }));

/**
 * Makes an earlier version the newest one again, in the status that the rule has now: what was switched off is not switched on by looking back.
 * Refuses `not_found`, `already_settled`, and `rule_conflict` for a version that today's language of rules no longer takes.
 */
export async function restoreVersion(ctx: Ctx, { id, version, restored }: RestoreInput): Promise<SavedRule> {
  const [kept] = await ctx.tx
    .select({ snapshot: pointsRuleVersions.snapshot })
    .from(pointsRuleVersions)
    .where(and(eq(pointsRuleVersions.ruleId, id), eq(pointsRuleVersions.version, restored)));
  if (!kept) throw new Refusal("not_found");
  const read = RuleSnapshot.safeParse(kept.snapshot);
  if (!read.success || !SoundRule.safeParse(read.data).success) throw new Refusal("rule_conflict");
  return changeRule(ctx, id, version, ({ status }) => ({ ...draftFrom(read.data), status }));
}

async function insertRule(ctx: Ctx, draft: RuleDraft): Promise<SavedRule> {
  const [row] = await ctx.tx.insert(pointsRules).values({ ...draft, version: 1, createdAt: ctx.now, updatedAt: ctx.now }).$returningId();
  invariant(row, "an insert returns its id");
  const snapshot = snapshotOf(draft);
  await keepVersion(ctx, row.id, 1, snapshot);
  await emit(ctx, { name: "rule.created", subject: { type: "rule", id: String(row.id) }, data: { version: 1, changes: changesBetween(null, snapshot) } });
  return { id: row.id, version: 1 };
}

/** The row is locked, so that of two who have read the same version the first saves and the second is told. */
async function changeRule(ctx: Ctx, id: number, seen: number | undefined, change: (before: RuleDraft) => RuleDraft): Promise<SavedRule> {
  const [row] = await ctx.tx.select().from(pointsRules).where(eq(pointsRules.id, id)).for("update");
  if (!row) throw new Refusal("not_found");
  if (row.version !== seen) throw new Refusal("already_settled", { version: row.version });
  const before = draftFrom(RuleSnapshot.parse({ ...row, startsAt: row.startsAt?.toISOString() ?? null, endsAt: row.endsAt?.toISOString() ?? null }));
  const draft = change(before);
  const [old, snapshot] = [snapshotOf(before), snapshotOf(draft)];
  const changes = changesBetween(old, snapshot);
  if (Object.keys(changes).length === 0) return { id, version: row.version };
  const version = row.version + 1;
  await ctx.tx.update(pointsRules).set({ ...draft, definition: Definition.parse(draft.definition), version, updatedAt: ctx.now }).where(eq(pointsRules.id, id));
  await sendPacket(ctx.tx, countSoFar(id, before.definition.caps, draft.definition.caps, ctx.now));
  await keepVersion(ctx, id, version, snapshot);
  await emit(ctx, { name: "rule.changed", subject: { type: "rule", id: String(id) }, data: { version, changes } });
  return { id, version };
}

const keepVersion = (ctx: Ctx, ruleId: number, version: number, snapshot: RuleSnapshot) =>
  ctx.tx.insert(pointsRuleVersions).values({ ruleId, version, snapshot, actorId: actorId(ctx.actor), createdAt: ctx.now });
