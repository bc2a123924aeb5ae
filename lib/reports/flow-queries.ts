import "server-only";

import { inArray } from "drizzle-orm";

import type { Db } from "@/db/client";
import { pointsRules } from "@/db/schema";
import type { EntryKind } from "@/lib/points/ledger";

import { flowByDay, flowBySource, flowOf, LEDGER_METRICS, type LedgerSum, type PointsReport, type PointsRule } from "./flow";
import { withinLimit, type DayRange } from "./range";
import { listFacts, sumFacts } from "./state-queries";

/** What the ledger's entries of a range of days amount to: by day, by source, by rule. */
export async function getPointsReport(db: Db, asked: DayRange): Promise<PointsReport> {
  const range = withinLimit(asked);
  const [sums, points, entries] = await Promise.all([listLedgerSums(db, range), sumFacts(db, ["rule.points"], range), sumFacts(db, ["rule.entries"], range)]);
  return { range, days: flowByDay(sums, range), sources: flowBySource(sums), rules: await withNames(db, points, entries), totals: flowOf(sums) };
}

export async function listLedgerSums(db: Db, range: DayRange): Promise<LedgerSum[]> {
  const facts = await listFacts(db, LEDGER_METRICS, range);
  return facts.map(({ metric, day, item, value }): LedgerSum => {
    const [direction, kind] = metric.split(".") as ["in" | "out", EntryKind];
    return { day, kind, source: item, pointsIn: direction === "in" ? value : 0, pointsOut: direction === "out" ? value : 0 };
  });
}

async function withNames(db: Db, points: ReadonlyMap<string, number>, entries: ReadonlyMap<string, number>): Promise<PointsRule[]> {
  const ids = [...points.keys()].map(Number);
  if (ids.length === 0) return [];
  const rules = await db.select({ ruleId: pointsRules.id, name: pointsRules.name, nameEn: pointsRules.nameEn, action: pointsRules.actionType }).from(pointsRules).where(inArray(pointsRules.id, ids));
  return rules
    .map((rule): PointsRule => ({ ...rule, points: points.get(String(rule.ruleId)) ?? 0, entries: entries.get(String(rule.ruleId)) ?? 0 }))
    .sort((a, b) => b.points - a.points || a.ruleId - b.ruleId);
}
