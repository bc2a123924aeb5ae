import { sql } from "drizzle-orm";
import { boolean, check, index, int, json, mysqlTable, primaryKey, uniqueIndex, varchar } from "drizzle-orm/mysql-core";

import { calendarDay, createdAt, id, instant, points, ref, token } from "../columns";
import { users } from "./people";

export const ACCOUNT_STATUSES = ["active", "frozen"] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

/**
 * One row per person: the row that every command on points locks first.
 * It refers to `users` and nothing refers to it: a hot row that is a foreign-key parent costs ten times the commit.
 */
export const pointAccounts = mysqlTable(
  "point_accounts",
  {
    userId: ref("user_id").primaryKey().references(() => users.id, { onDelete: "restrict" }),
    pointsBalance: points("points_balance").notNull().default(0),
    pointsPending: points("points_pending").notNull().default(0),
    pointsDebt: points("points_debt").notNull().default(0),
    totalPointsEarned: points("total_points_earned").notNull().default(0),
    status: varchar("status", { length: 10, enum: ACCOUNT_STATUSES }).notNull().default("active"),
    statusReason: varchar("status_reason", { length: 200 }),
    createdAt: createdAt(),
  },
  (t) => [
    check("point_accounts_amounts_check", sql`${t.pointsBalance} >= 0 and ${t.pointsPending} >= 0 and ${t.pointsDebt} >= 0 and ${t.totalPointsEarned} >= 0`),
    check("point_accounts_status_check", sql`${t.status} in ('active','frozen')`),
  ],
);

/** What earns points, and how many. */
export const pointsRules = mysqlTable(
  "points_rules",
  {
    id: id(),
    actionType: varchar("action_type", { length: 40 }).notNull(),
    pointsValue: points("points_value").notNull().default(0),
    /** Points for each whole yuan that was paid in cash. */
    pointsPerYuan: int("points_per_yuan").notNull().default(0),
    /** Points by day of the streak, in place of `points_value`; the last one repeats from day one again. */
    streakLadder: json("streak_ladder").$type<number[]>(),
    description: varchar("description", { length: 255 }).notNull().default(""),
    /** How many times a day one person can earn by this rule. */
    dailyLimit: int("daily_limit").notNull().default(1),
    isActive: boolean("is_active").notNull().default(true),
    priority: int("priority").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    check("points_rules_amounts_check", sql`${t.pointsValue} >= 0 and ${t.pointsPerYuan} >= 0 and ${t.dailyLimit} >= 0`),
    index("points_rules_action_idx").on(t.actionType, t.isActive),
  ],
);

/** The ledger. Rows are only ever inserted; `balance_after` is the balance less the debt. */
export const pointsTransactions = mysqlTable(
  "points_transactions",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    kind: varchar("kind", { length: 20 }).notNull().$type<import("../../lib/points/ledger").EntryKind>(),
    pointsChange: points("points_change").notNull(),
    balanceAfter: points("balance_after").notNull(),
    ruleId: ref("rule_id").references(() => pointsRules.id, { onDelete: "restrict" }),
    sourceType: token("source_type", { length: 20 }).notNull(),
    sourceId: token("source_id", { length: 64 }).notNull(),
    localDay: calendarDay("local_day").notNull(),
    breakdown: json("breakdown").$type<Record<string, number>>(),
    actorId: ref("actor_id"),
    reason: varchar("reason", { length: 255 }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("points_transactions_source_key").on(t.sourceType, t.sourceId, t.kind),
    index("points_transactions_user_idx").on(t.userId, t.id),
  ],
);

/**
 * What a person's earnings left, one row for each instant at which points expire.
 * Allocations name their lot without a foreign key: lots are hot, and a hot row is no one's parent.
 */
export const pointLots = mysqlTable(
  "point_lots",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    pointsGranted: points("points_granted").notNull(),
    pointsRemaining: points("points_remaining").notNull(),
    expiresAt: instant("expires_at").notNull(),
    /** The expiry while anything remains, else null: the indexes below hold only lots that can be spent or are due. */
    openUntil: instant("open_until").generatedAlwaysAs(sql`if(points_remaining > 0, expires_at, null)`, { mode: "stored" }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("point_lots_expiry_key").on(t.userId, t.expiresAt),
    index("point_lots_open_idx").on(t.userId, t.openUntil),
    index("point_lots_due_idx").on(t.openUntil, t.userId),
    check("point_lots_amounts_check", sql`${t.pointsRemaining} >= 0 and ${t.pointsRemaining} <= ${t.pointsGranted}`),
  ],
);

/** How much an entry put into a lot (positive) or took from it (negative). A lot's remainder is their sum. */
export const lotAllocations = mysqlTable(
  "lot_allocations",
  {
    entryId: ref("entry_id").notNull().references(() => pointsTransactions.id, { onDelete: "restrict" }),
    lotId: ref("lot_id").notNull(),
    points: points("points").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.entryId, t.lotId] }),
    check("lot_allocations_points_check", sql`${t.points} <> 0`),
  ],
);

/** One check-in per person and programme day. */
export const checkIns = mysqlTable(
  "check_ins",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    localDay: calendarDay("local_day").notNull(),
    streakDays: int("streak_days").notNull(),
    points: points("points").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("check_ins_day_key").on(t.userId, t.localDay),
    check("check_ins_amounts_check", sql`${t.streakDays} >= 1 and ${t.points} >= 0`),
  ],
);

/** How often, and for how much, a person earned by a rule on a day: the daily cap is decided on this row. */
export const earnCounters = mysqlTable(
  "earn_counters",
  {
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    ruleId: ref("rule_id").notNull().references(() => pointsRules.id, { onDelete: "restrict" }),
    localDay: calendarDay("local_day").notNull(),
    times: int("times").notNull(),
    points: points("points").notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.ruleId, t.localDay] })],
);

/** What a person works on: once per person, task and period. */
export const userTasks = mysqlTable(
  "user_tasks",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    taskType: varchar("task_type", { length: 40 }).notNull(),
    /** The day, week or campaign that the row counts for; "once" for a task without a period. */
    period: token("period", { length: 32 }).notNull().default("once"),
    progress: int("progress").notNull().default(0),
    completed: boolean("completed").notNull().default(false),
    completedAt: instant("completed_at"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("user_tasks_period_key").on(t.userId, t.taskType, t.period)],
);
