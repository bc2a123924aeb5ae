import "server-only";

import { and, asc, desc, eq, gt, inArray, isNull, lte, or } from "drizzle-orm";

import type { Db } from "@/db/client";
import { pointsRules, ruleBudgets } from "@/db/schema";

import type { Action, Effect, Rule } from "./rule";

export type RuleInForce = Rule & { name: string; nameEn: string; budgetGranted: number | null };

/** The active rules for these actions whose window is open, the most important first. */
export async function listRulesInForce(db: Db, actions: readonly Action[], now: Date): Promise<RuleInForce[]> {
  if (actions.length === 0) return [];
  const rows = await db
    .select({
      id: pointsRules.id, actionType: pointsRules.actionType, name: pointsRules.name, nameEn: pointsRules.nameEn, priority: pointsRules.priority,
      startsAt: pointsRules.startsAt, endsAt: pointsRules.endsAt, definition: pointsRules.definition, budgetGranted: ruleBudgets.pointsGranted,
    })
    .from(pointsRules)
    .leftJoin(ruleBudgets, eq(ruleBudgets.ruleId, pointsRules.id))
    .where(and(
      inArray(pointsRules.actionType, [...actions]), eq(pointsRules.status, "active"),
      or(isNull(pointsRules.startsAt), lte(pointsRules.startsAt, now)), or(isNull(pointsRules.endsAt), gt(pointsRules.endsAt, now)),
    ))
    .orderBy(desc(pointsRules.priority), asc(pointsRules.id));
  return rows as RuleInForce[];
}

export type Ladder = Extract<Effect, { kind: "ladder" }>;

/** The ladder of the check-in rule in force; a rule of a fixed number is a ladder of one step, and without any rule there is none. */
export async function findLadder(db: Db, now: Date): Promise<Ladder | null> {
  const rules = await listRulesInForce(db, ["checkin"], now);
  const effects = rules.filter(({ definition }) => definition.conditions.length === 0).map(({ definition }) => definition.effect);
  const ladder = effects.find((effect) => effect.kind === "ladder");
  if (ladder) return ladder;
  const fixed = effects.find((effect) => effect.kind === "fixed");
  return fixed ? { kind: "ladder", steps: [fixed.points], after: "restart" } : null;
}
