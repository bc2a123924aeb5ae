import "server-only";

import { and, asc, desc, eq } from "drizzle-orm";

import type { Db } from "@/db/client";
import { pointsRules } from "@/db/schema";

import type { Action, Rule } from "./rule";

/** The rule in force for an action: the active one of highest priority, the older of two alike. */
export async function findRule(db: Db, action: Action): Promise<Rule | null> {
  const [rule] = await db
    .select({
      id: pointsRules.id,
      actionType: pointsRules.actionType,
      pointsValue: pointsRules.pointsValue,
      pointsPerYuan: pointsRules.pointsPerYuan,
      streakLadder: pointsRules.streakLadder,
      dailyLimit: pointsRules.dailyLimit,
    })
    .from(pointsRules)
    .where(and(eq(pointsRules.actionType, action), eq(pointsRules.isActive, true)))
    .orderBy(desc(pointsRules.priority), asc(pointsRules.id))
    .limit(1);
  return rule ?? null;
}
