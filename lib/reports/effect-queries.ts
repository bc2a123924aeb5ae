import "server-only";

import { eq, ne, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { pointsRules, products, ruleBudgets, skus, skuStock, tasks } from "@/db/schema";

import type { RuleReport, RuleRow, TaskReport, TaskRow } from "./effects";
import { sortProducts, type ProductReport, type ProductRow, type ProductSort, type ProductSums } from "./products";
import { rangeEnding, withinLimit, type DayRange, type WindowDays } from "./range";
import { inMetric, outMetric } from "./flow";
import { PRODUCT_FACTS } from "./rolling/sources";
import { findSnapshot, sumFacts } from "./state-queries";
import { shareOf } from "./table";

const FIELDS = Object.keys(PRODUCT_FACTS) as (keyof ProductSums)[];

/** What each product did in a range of days. Drafts have done nothing and are left out until they have. */
export async function getProductReport(db: Db, asked: DayRange, sort: ProductSort = "pieces"): Promise<ProductReport> {
  const range = withinLimit(asked);
  const [sums, all, stocks] = await Promise.all([
    Promise.all(FIELDS.map((field) => sumFacts(db, PRODUCT_FACTS[field], range))),
    db.select({ productId: products.id, name: products.name, nameEn: products.nameEn, slug: products.slug, status: products.status }).from(products),
    db.select({ productId: skus.productId, stock: sql<number>`sum(${skuStock.stock})`.mapWith(Number) }).from(skus).innerJoin(skuStock, eq(skuStock.skuId, skus.id)).groupBy(skus.productId),
  ]);
  const stockOf = new Map(stocks.map(({ productId, stock }) => [productId, stock]));
  const rows = all
    .map((product): ProductRow => {
      const of = Object.fromEntries(FIELDS.map((field, index) => [field, sums[index]!.get(String(product.productId)) ?? 0])) as ProductSums;
      return { ...product, ...of, stock: stockOf.get(product.productId) ?? 0, conversion: shareOf(of.orders, of.views) };
    })
    .filter((row) => row.status !== "draft" || FIELDS.some((field) => row[field] !== 0));
  const totals = Object.fromEntries(FIELDS.map((field) => [field, rows.reduce((sum, row) => sum + row[field], 0)])) as ProductSums;
  return { range, rows: sortProducts(rows, sort), totals };
}

/** What each task did in the last days that are over. */
export async function getTaskReport(db: Db, windowDays: WindowDays): Promise<TaskReport> {
  const { asOf, items } = await findSnapshot(db, "reach");
  if (!asOf) return { asOf, windowDays, activePeople: 0, rows: [] };
  const range = rangeEnding(asOf, windowDays);
  const [claims, points, back, all] = await Promise.all([
    sumFacts(db, ["task.claims"], range), sumFacts(db, ["task.points"], range), sumFacts(db, ["task.taken_back"], range),
    db.select({ taskId: tasks.id, name: tasks.name, nameEn: tasks.nameEn, status: tasks.status }).from(tasks).where(ne(tasks.status, "draft")),
  ]);
  const activePeople = items.get(`active:${windowDays}`) ?? 0;
  const rows = all.map((task): TaskRow => {
    const of = (sums: ReadonlyMap<string, number>): number => sums.get(String(task.taskId)) ?? 0;
    const people = items.get(`task:${windowDays}:${task.taskId}`) ?? 0;
    // Who claimed was here, whether or not the visit was noted.
    return { ...task, claims: of(claims), points: of(points), pointsTakenBack: of(back), people, completionRate: shareOf(people, Math.max(activePeople, people)) };
  });
  return { asOf, windowDays, activePeople, rows: rows.sort((a, b) => b.claims - a.claims || a.taskId - b.taskId) };
}

/** What each rule did in the last days that are over, and what is left of its budget now. */
export async function getRuleReport(db: Db, windowDays: WindowDays): Promise<RuleReport> {
  const { asOf, items } = await findSnapshot(db, "reach");
  if (!asOf) return { asOf, windowDays, rows: [] };
  const range = rangeEnding(asOf, windowDays);
  const [points, entries, issuedIn, issuedOut, all] = await Promise.all([
    sumFacts(db, ["rule.points"], range), sumFacts(db, ["rule.entries"], range), sumFacts(db, [inMetric("earn")], range), sumFacts(db, [outMetric("earn")], range),
    db.select({ ruleId: pointsRules.id, name: pointsRules.name, nameEn: pointsRules.nameEn, action: pointsRules.actionType, status: pointsRules.status, definition: pointsRules.definition, granted: ruleBudgets.pointsGranted })
      .from(pointsRules).leftJoin(ruleBudgets, eq(ruleBudgets.ruleId, pointsRules.id)).where(ne(pointsRules.status, "draft")),
  ]);
  const total = (sums: ReadonlyMap<string, number>): number => [...sums.values()].reduce((sum, value) => sum + value, 0);
  const issued = total(issuedIn) - total(issuedOut);
  const rows = all.map(({ definition, granted, ...rule }): RuleRow => {
    const earned = points.get(String(rule.ruleId)) ?? 0;
    const budgetPoints = definition.caps.budget ?? null;
    const budgetUsed = budgetPoints === null ? null : (granted ?? 0);
    return {
      ...rule, entries: entries.get(String(rule.ruleId)) ?? 0, points: earned, people: items.get(`rule:${windowDays}:${rule.ruleId}`) ?? 0,
      shareOfIssued: shareOf(earned, issued), budgetPoints, budgetUsed, shareOfBudget: budgetPoints === null ? null : shareOf(budgetUsed ?? 0, budgetPoints),
    };
  });
  return { asOf, windowDays, rows: rows.sort((a, b) => b.points - a.points || a.ruleId - b.ruleId) };
}
