import "server-only";

import { and, asc, desc, eq, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { categories, levels, pointsRules, pointsRuleVersions, products, ruleBudgets, skus, users } from "@/db/schema";
import { RULE_STATUSES, type RuleStatus } from "@/db/schema/points";
import type { Locale } from "@/lib/i18n";
import { searchRows } from "@/lib/list-address";
import { pointsNameOf } from "@/lib/points-name";
import type { Policy } from "@/lib/settings/policy";

import { warningsAbout, type Judged, type ShopFacts, type Warning } from "./conflicts";
import { ACTIONS, Definition, RuleSnapshot, type Action } from "./rule";
import type { RuleNames } from "./sentence";

/** A shop has tens of rules. Warnings compare each with all of the others, so they are read together. */
export const RULES_MAX = 500;

export type StaffRule = Judged & { id: number; version: number; updatedAt: Date; /** Granted of the budget. */ budgetGranted: number };
export type StaffRuleRow = StaffRule & { warnings: Warning[] };

export type RuleCounts = Record<RuleStatus, number>;
export type RuleSearch = { search?: string; status?: RuleStatus; action?: Action; page: number; pageSize: number };
export type RuleList = { rules: StaffRuleRow[]; total: number; counts: RuleCounts; /** Rules by trigger, of the status that is shown. */ byAction: Map<Action, number> };

/** The shop's rules: by trigger, the most important first. `counts` are of the whole shop, whatever is searched. */
export async function listRulesForStaff(db: Db, search: RuleSearch, now: Date, policy: Policy): Promise<RuleList> {
  const [all, facts] = await Promise.all([readRules(db), getShopFacts(db, now, policy)]);
  const inStatus = all.filter(({ status }) => !search.status || status === search.status);
  const wanted = searchRows(inStatus.filter(({ actionType }) => !search.action || actionType === search.action), search.search ?? "", ({ name, nameEn }) => [name, nameEn]);
  const page = wanted.slice((search.page - 1) * search.pageSize, search.page * search.pageSize);
  const byAction = new Map<Action, number>();
  for (const { actionType } of inStatus) byAction.set(actionType, (byAction.get(actionType) ?? 0) + 1);
  return {
    rules: page.map((rule) => ({ ...rule, warnings: warningsAbout(rule, all, facts) })),
    total: wanted.length,
    counts: Object.fromEntries(RULE_STATUSES.map((status) => [status, all.filter((rule) => rule.status === status).length])) as RuleCounts,
    byAction,
  };
}

const columns = {
  id: pointsRules.id, actionType: pointsRules.actionType, name: pointsRules.name, nameEn: pointsRules.nameEn, status: pointsRules.status, priority: pointsRules.priority,
  startsAt: pointsRules.startsAt, endsAt: pointsRules.endsAt, definition: pointsRules.definition, version: pointsRules.version, updatedAt: pointsRules.updatedAt,
  budgetGranted: sql<number>`coalesce(${ruleBudgets.pointsGranted}, 0)`.mapWith(Number),
};

async function readRules(db: Db): Promise<StaffRule[]> {
  const rows = await db
    .select(columns)
    .from(pointsRules)
    .leftJoin(ruleBudgets, eq(ruleBudgets.ruleId, pointsRules.id))
    .orderBy(desc(pointsRules.priority), asc(pointsRules.id))
    .limit(RULES_MAX);
  return rows.map(ruleFrom).sort((a, b) => ACTIONS.indexOf(a.actionType) - ACTIONS.indexOf(b.actionType));
}

const ruleFrom = (row: Omit<StaffRule, "actionType"> & { actionType: string }): StaffRule => ({ ...row, actionType: row.actionType as Action, definition: Definition.parse(row.definition) });

export async function findRuleForStaff(db: Db, id: number): Promise<StaffRule | null> {
  const [row] = await db.select(columns).from(pointsRules).leftJoin(ruleBudgets, eq(ruleBudgets.ruleId, pointsRules.id)).where(eq(pointsRules.id, id));
  return row ? ruleFrom(row) : null;
}

/** What each rule is called, archived ones too. */
export async function listRuleTitles(db: Db): Promise<Map<number, { name: string; nameEn: string }>> {
  const rows = await db.select({ id: pointsRules.id, name: pointsRules.name, nameEn: pointsRules.nameEn }).from(pointsRules).limit(RULES_MAX);
  return new Map(rows.map(({ id, ...title }) => [id, title]));
}

/** What is doubtful about a rule that need not be saved yet. */
export async function listWarnings(db: Db, rule: Judged, now: Date, policy: Policy): Promise<Warning[]> {
  const [all, facts] = await Promise.all([readRules(db), getShopFacts(db, now, policy)]);
  return warningsAbout(rule, all, facts);
}

async function getShopFacts(db: Db, now: Date, { pointsPerYuan }: Policy): Promise<ShopFacts> {
  const [[cheapest], open, budgets] = await Promise.all([
    db.select({ cents: sql<number | null>`min(${skus.cashPriceCents})` }).from(skus).innerJoin(products, eq(products.id, skus.productId))
      .where(and(eq(products.status, "active"), eq(skus.isActive, true), sql`${skus.cashPriceCents} > 0`)),
    db.selectDistinct({ id: products.categoryId }).from(products).where(eq(products.status, "active")),
    db.select().from(ruleBudgets),
  ]);
  return {
    now, pointsPerYuan, cheapestCents: cheapest?.cents === null || cheapest?.cents === undefined ? null : Number(cheapest.cents),
    openCategories: new Set(open.flatMap(({ id }) => id ?? [])), granted: new Map(budgets.map(({ ruleId, pointsGranted }) => [ruleId, pointsGranted])),
  };
}

/** What sentences about rules call categories and levels. */
export async function getRuleNames(db: Db, locale: Locale, policy: Policy): Promise<RuleNames> {
  const [kinds, ranks] = await Promise.all([
    db.select({ id: categories.id, name: categories.name, nameEn: categories.nameEn }).from(categories).orderBy(asc(categories.position), asc(categories.id)),
    db.select({ rank: levels.rank, name: levels.name, nameEn: levels.nameEn }).from(levels).where(eq(levels.isActive, true)).orderBy(asc(levels.rank)),
  ]);
  const nameOf = ({ name, nameEn }: { name: string; nameEn: string }): string => (locale === "en" && nameEn !== "" ? nameEn : name);
  return { timeZone: policy.timeZone, points: pointsNameOf(policy), categories: new Map(kinds.map((each) => [each.id, nameOf(each)])), levels: ranks.map((each) => ({ rank: each.rank, name: nameOf(each) })) };
}

export type RuleVersion = { version: number; snapshot: RuleSnapshot; actorName: string | null; createdAt: Date };
export const VERSIONS_MAX = 100;

/** What a rule was, the newest version first. A version that today's language of rules cannot read is left out. */
export async function listRuleVersions(db: Db, ruleId: number, limit: number): Promise<RuleVersion[]> {
  const rows = await db
    .select({ version: pointsRuleVersions.version, snapshot: pointsRuleVersions.snapshot, actorName: users.username, createdAt: pointsRuleVersions.createdAt })
    .from(pointsRuleVersions)
    .leftJoin(users, eq(users.id, pointsRuleVersions.actorId))
    .where(eq(pointsRuleVersions.ruleId, ruleId))
    .orderBy(desc(pointsRuleVersions.version))
    .limit(Math.min(limit, VERSIONS_MAX));
  return rows.flatMap((row) => {
    const snapshot = RuleSnapshot.safeParse(row.snapshot);
    return snapshot.success ? [{ ...row, snapshot: snapshot.data }] : [];
  });
}
