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
    /** When a freeze ends by itself; null means that a person ends it. */
    frozenUntil: instant("frozen_until"),
    /** The last day on which rules gave points, and how many on it, pending ones too: what the velocity rule judges. */
    earnedOn: calendarDay("earned_on"),
    pointsEarnedOnDay: points("points_earned_on_day").notNull().default(0),
    /** The books were found wrong: earning stops until a person has cleared `account_holds`. */
    isHeld: boolean("is_held").notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    check("point_accounts_amounts_check", sql`${t.pointsBalance} >= 0 and ${t.pointsPending} >= 0 and ${t.pointsDebt} >= 0 and ${t.totalPointsEarned} >= 0`),
    index("point_accounts_thaw_idx").on(t.frozenUntil),
    check("point_accounts_status_check", sql`${t.status} in ('active','frozen')`),
  ],
);

export const RULE_STATUSES = ["draft", "active", "archived"] as const;
export type RuleStatus = (typeof RULE_STATUSES)[number];

/** What earns points, and how many: the present version of each rule. */
export const pointsRules = mysqlTable(
  "points_rules",
  {
    id: id(),
    actionType: varchar("action_type", { length: 40 }).notNull(),
    name: varchar("name", { length: 60 }).notNull(),
    nameEn: varchar("name_en", { length: 60 }).notNull().default(""),
    status: varchar("status", { length: 10, enum: RULE_STATUSES }).notNull().default("draft"),
    priority: int("priority").notNull().default(0),
    startsAt: instant("starts_at"),
    endsAt: instant("ends_at"),
    /** Conditions, effect, caps and keeping, as `lib/rules/rule.ts` describes them. */
    definition: json("definition").$type<import("../../lib/rules/rule").Definition>().notNull(),
    version: int("version").notNull().default(1),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (t) => [
    check("points_rules_status_check", sql`${t.status} in ('draft','active','archived')`),
    check("points_rules_window_check", sql`${t.startsAt} is null or ${t.endsAt} is null or ${t.startsAt} < ${t.endsAt}`),
    index("points_rules_action_idx").on(t.actionType, t.status),
  ],
);

/** Every version that a rule has had, with who made it. Rows are only ever inserted. */
export const pointsRuleVersions = mysqlTable(
  "points_rule_versions",
  {
    ruleId: ref("rule_id").notNull().references(() => pointsRules.id, { onDelete: "restrict" }),
    version: int("version").notNull(),
    snapshot: json("snapshot").$type<import("../../lib/rules/rule").RuleSnapshot>().notNull(),
    actorId: ref("actor_id"),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.ruleId, t.version] })],
);

/** What a campaign has granted of its budget: one row per rule that has one, decided in the granting transaction. */
export const ruleBudgets = mysqlTable("rule_budgets", {
  ruleId: ref("rule_id").primaryKey().references(() => pointsRules.id, { onDelete: "restrict" }),
  pointsGranted: points("points_granted").notNull().default(0),
});

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
    index("points_transactions_day_idx").on(t.localDay),
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
    /** Points of a programme where inactivity ends them: their expiry moves with what the person does. */
    isSliding: boolean("is_sliding").notNull().default(false),
    /** The expiry of a lot that stays where it is. */
    fixedUntil: instant("fixed_until").generatedAlwaysAs(sql`if(is_sliding, null, expires_at)`, { mode: "stored" }),
    /** The expiry while anything remains, else null: the indexes below hold only lots that can be spent or are due. */
    openUntil: instant("open_until").generatedAlwaysAs(sql`if(points_remaining > 0, expires_at, null)`, { mode: "stored" }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("point_lots_expiry_key").on(t.userId, t.fixedUntil),
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

export const PENDING_STATUSES = ["pending", "active", "cancelled"] as const;

/** Points that were earned and cannot be spent yet. Activation writes the ledger's entry and starts their expiry. */
export const pendingPoints = mysqlTable(
  "pending_points",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    points: points("points").notNull(),
    ruleId: ref("rule_id").references(() => pointsRules.id, { onDelete: "restrict" }),
    sourceType: token("source_type", { length: 20 }).notNull(),
    sourceId: token("source_id", { length: 64 }).notNull(),
    breakdown: json("breakdown").$type<Record<string, number>>().notNull(),
    /** How they expire once they are active; null means the programme's policy. */
    expiry: json("expiry").$type<import("../../lib/settings/expiry").ExpiryPolicy | null>(),
    /** When they become active by themselves; null when only an event activates them. */
    activatesAt: instant("activates_at"),
    /** The event that activates them: "order.completed" and the order, or a custom event and the person. */
    releasedBy: token("released_by", { length: 120 }),
    status: varchar("status", { length: 10, enum: PENDING_STATUSES }).notNull().default("pending"),
    settledAt: instant("settled_at"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("pending_points_source_key").on(t.sourceType, t.sourceId),
    index("pending_points_user_idx").on(t.userId, t.status),
    index("pending_points_due_idx").on(t.status, t.activatesAt),
    index("pending_points_release_idx").on(t.releasedBy, t.status),
    check("pending_points_points_check", sql`${t.points} > 0`),
    check("pending_points_status_check", sql`${t.status} in ('pending','active','cancelled')`),
    check("pending_points_way_check", sql`${t.activatesAt} is not null or ${t.releasedBy} is not null`),
  ],
);

/** Earnings whose cause was undone: what undid them, and what was taken back. A cause takes once. */
export const clawBacks = mysqlTable(
  "claw_backs",
  {
    causeType: token("cause_type", { length: 20 }).notNull(),
    causeId: token("cause_id", { length: 64 }).notNull(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    /** The earning. */
    sourceType: token("source_type", { length: 20 }).notNull(),
    sourceId: token("source_id", { length: 64 }).notNull(),
    pointsFromPending: points("points_from_pending").notNull(),
    /** From lots and into debt: the points of the ledger's entry. */
    pointsFromBalance: points("points_from_balance").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.causeType, t.causeId] }),
    index("claw_backs_source_idx").on(t.sourceType, t.sourceId),
    check("claw_backs_amounts_check", sql`${t.pointsFromPending} >= 0 and ${t.pointsFromBalance} >= 0`),
  ],
);

export const CHECK_IN_KINDS = ["check_in", "make_up", "freeze", "skipped"] as const;
export type CheckInKind = (typeof CHECK_IN_KINDS)[number];

/** One row per person and day of theirs: a check-in, a day made up or protected later, or one that a change of time zone left out. */
export const checkIns = mysqlTable(
  "check_ins",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    localDay: calendarDay("local_day").notNull(),
    kind: varchar("kind", { length: 10, enum: CHECK_IN_KINDS }).notNull().default("check_in"),
    streakDays: int("streak_days").notNull(),
    points: points("points").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("check_ins_day_key").on(t.userId, t.localDay),
    /** Counts a person's check-ins of a month without their rows. */
    index("check_ins_count_idx").on(t.userId, t.localDay, t.kind),
    check("check_ins_kind_check", sql`${t.kind} in ('check_in','make_up','freeze','skipped')`),
    check("check_ins_amounts_check", sql`${t.streakDays} >= 1 and ${t.points} >= 0`),
  ],
);

export const PERKS = ["make_up_card", "streak_freeze"] as const;
export type Perk = (typeof PERKS)[number];

/** Cards that were given and used; what a person holds is the sum. Rows are only ever inserted, under the account's lock. */
export const perkMoves = mysqlTable(
  "perk_moves",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    perk: varchar("perk", { length: 20, enum: PERKS }).notNull(),
    quantity: int("quantity").notNull(),
    sourceType: token("source_type", { length: 20 }).notNull(),
    sourceId: token("source_id", { length: 64 }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("perk_moves_source_key").on(t.sourceType, t.sourceId, t.perk),
    index("perk_moves_user_idx").on(t.userId, t.perk, t.quantity),
    check("perk_moves_quantity_check", sql`${t.quantity} <> 0`),
  ],
);

/** How often, and for how much, a person earned by a rule on a programme day: the daily caps are decided on this row. */
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

/** The same over all days, for total caps and cooldowns: kept for rules that have one. */
export const earnTotals = mysqlTable(
  "earn_totals",
  {
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    ruleId: ref("rule_id").notNull().references(() => pointsRules.id, { onDelete: "restrict" }),
    times: int("times").notNull(),
    points: points("points").notNull(),
    lastAt: instant("last_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.ruleId] })],
);

/**
 * Accounts whose books were found wrong: nothing is granted to them until a person clears it.
 * A row of its own, so that the hold is found beside the account's lock and its history stays.
 */
export const accountHolds = mysqlTable(
  "account_holds",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    invariantName: varchar("invariant_name", { length: 120 }).notNull(),
    evidence: json("evidence").$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
    clearedAt: instant("cleared_at"),
    clearedBy: ref("cleared_by"),
    clearedNote: varchar("cleared_note", { length: 200 }),
  },
  (t) => [index("account_holds_user_idx").on(t.userId, t.clearedAt), index("account_holds_open_idx").on(t.clearedAt)],
);
