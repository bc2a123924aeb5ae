import { sql } from "drizzle-orm";
import { boolean, check, index, int, json, mysqlTable, primaryKey, smallint, text, uniqueIndex, varchar } from "drizzle-orm/mysql-core";

import { calendarDay, createdAt, id, instant, points, ref, token } from "../columns";
import { products } from "./catalog";
import { orders } from "./orders";
import { PERKS } from "./points";
import { users } from "./people";

/** Levels of membership, from the lowest rank up. */
export const levels = mysqlTable(
  "levels",
  {
    id: id(),
    rank: int("rank").notNull().unique("levels_rank_key"),
    name: varchar("name", { length: 40 }).notNull(),
    nameEn: varchar("name_en", { length: 40 }).notNull().default(""),
    /** Points (or whole yuan, by the settings' basis) within the window that reach it. */
    threshold: points("threshold").notNull(),
    /** What every earning is multiplied by, in percent: 120 gives a fifth more. */
    multiplierPercent: int("multiplier_percent").notNull().default(100),
    benefits: varchar("benefits", { length: 400 }).notNull().default(""),
    benefitsEn: varchar("benefits_en", { length: 400 }).notNull().default(""),
    isActive: boolean("is_active").notNull().default(true),
    createdAt: createdAt(),
  },
  (t) => [check("levels_amounts_check", sql`${t.threshold} >= 0 and ${t.rank} >= 0 and ${t.multiplierPercent} between 100 and 1000`)],
);

/** A person's level; who has no row is at the lowest. */
export const memberLevels = mysqlTable(
  "member_levels",
  {
    userId: ref("user_id").primaryKey().references(() => users.id, { onDelete: "restrict" }),
    levelId: ref("level_id").notNull().references(() => levels.id, { onDelete: "restrict" }),
    since: instant("since").notNull(),
    /** The person is below the level's threshold and keeps it until then; null when they are not. */
    graceUntil: instant("grace_until"),
    /** When the level is looked at again. */
    reviewAt: instant("review_at").notNull(),
  },
  (t) => [index("member_levels_review_idx").on(t.reviewAt)],
);

export const TASK_STATUSES = ["draft", "active", "archived"] as const;
export const TASK_PERIODS = ["once", "daily", "weekly", "campaign"] as const;
export const TASK_METRICS = ["profile", "redemptions", "paid_orders", "check_ins", "visits", "friends_visited", "friends_joined", "reviews", "custom"] as const;
export type TaskMetric = (typeof TASK_METRICS)[number];
export type TaskPeriod = (typeof TASK_PERIODS)[number];

/** What a person can work on for a reward. Progress is counted from what happened, never kept. */
export const tasks = mysqlTable(
  "tasks",
  {
    id: id(),
    name: varchar("name", { length: 60 }).notNull(),
    nameEn: varchar("name_en", { length: 60 }).notNull().default(""),
    description: varchar("description", { length: 200 }).notNull().default(""),
    descriptionEn: varchar("description_en", { length: 200 }).notNull().default(""),
    metric: varchar("metric", { length: 20, enum: TASK_METRICS }).notNull(),
    /** The name of the custom event that counts. */
    eventName: token("event_name", { length: 40 }),
    target: int("target").notNull(),
    /** Only what happened within so many days counts; null means all of the period. */
    windowDays: int("window_days"),
    period: varchar("period", { length: 10, enum: TASK_PERIODS }).notNull(),
    /** Opens when this other task has been claimed. */
    afterTaskId: ref("after_task_id"),
    rewardPoints: points("reward_points").notNull().default(0),
    rewardPerk: varchar("reward_perk", { length: 20, enum: PERKS }),
    rewardPerkQuantity: int("reward_perk_quantity").notNull().default(0),
    /** A claimed reward is taken back when what it was claimed for is undone. */
    rollsBack: boolean("rolls_back").notNull().default(true),
    startsAt: instant("starts_at"),
    endsAt: instant("ends_at"),
    status: varchar("status", { length: 10, enum: TASK_STATUSES }).notNull().default("draft"),
    position: int("position").notNull().default(0),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (t) => [
    check("tasks_amounts_check", sql`${t.target} >= 1 and ${t.rewardPoints} >= 0 and ${t.rewardPerkQuantity} >= 0 and (${t.windowDays} is null or ${t.windowDays} >= 1)`),
    check("tasks_status_check", sql`${t.status} in ('draft','active','archived')`),
    check("tasks_window_check", sql`${t.startsAt} is null or ${t.endsAt} is null or ${t.startsAt} < ${t.endsAt}`),
    index("tasks_status_idx").on(t.status, t.position),
  ],
);

/** A task that a person finished and claimed: once per person, task and period. */
export const userTasks = mysqlTable(
  "user_tasks",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    taskId: ref("task_id").notNull().references(() => tasks.id, { onDelete: "restrict" }),
    /** The day, the Monday of the week, or the campaign's first day that the row counts for; "once" for a task without a period. */
    period: token("period", { length: 32 }).notNull().default("once"),
    progress: int("progress").notNull().default(0),
    completed: boolean("completed").notNull().default(false),
    /** When it was claimed. */
    completedAt: instant("completed_at"),
    points: points("points").notNull().default(0),
    rolledBackAt: instant("rolled_back_at"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("user_tasks_period_key").on(t.userId, t.taskId, t.period), index("user_tasks_task_idx").on(t.taskId, t.period)],
);

/** Visits through a signed share link: a visitor counts once for each sharer. */
export const shareVisits = mysqlTable(
  "share_visits",
  {
    id: id(),
    sharerId: ref("sharer_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    /** Digest of the visitor's device or person. */
    visitorKey: token("visitor_key", { length: 64 }).notNull(),
    visitorId: ref("visitor_id"),
    /** What was shared: "shop" or a product's slug. */
    subject: token("subject", { length: 64 }).notNull(),
    localDay: calendarDay("local_day").notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("share_visits_visitor_key").on(t.sharerId, t.visitorKey), index("share_visits_day_idx").on(t.sharerId, t.localDay)],
);

/** Devices on which a person was signed in, by digest: a visit from one of them is their own. */
export const knownDevices = mysqlTable(
  "known_devices",
  {
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    deviceKey: token("device_key", { length: 64 }).notNull(),
    firstSeenAt: instant("first_seen_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.deviceKey] }), index("known_devices_device_idx").on(t.deviceKey)],
);

export const REFERRAL_STATUSES = ["open", "rewarded", "review", "refused"] as const;

/** Who brought whom. A person is brought once; both are rewarded after the friend's first kept order. */
export const referrals = mysqlTable(
  "referrals",
  {
    friendId: ref("friend_id").primaryKey().references(() => users.id, { onDelete: "restrict" }),
    inviterId: ref("inviter_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    status: varchar("status", { length: 10, enum: REFERRAL_STATUSES }).notNull().default("open"),
    /** Why a person should look at it: "same_device", "ring". An address alone is never a reason. */
    flags: json("flags").$type<string[]>().notNull(),
    orderId: token("order_id", { length: 22 }),
    createdAt: createdAt(),
    settledAt: instant("settled_at"),
  },
  (t) => [
    index("referrals_inviter_idx").on(t.inviterId, t.createdAt),
    index("referrals_status_idx").on(t.status),
    check("referrals_self_check", sql`${t.friendId} <> ${t.inviterId}`),
    check("referrals_status_check", sql`${t.status} in ('open','rewarded','review','refused')`),
  ],
);

export const REVIEW_STATUSES = ["pending", "approved", "rejected"] as const;

/** What a person thinks of an item that they received; shown once staff has approved it. */
export const reviews = mysqlTable(
  "reviews",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    productId: ref("product_id").notNull().references(() => products.id, { onDelete: "restrict" }),
    orderId: ref("order_id").notNull().references(() => orders.id, { onDelete: "restrict" }),
    rating: smallint("rating").notNull(),
    body: varchar("body", { length: 1000 }).notNull(),
    status: varchar("status", { length: 10, enum: REVIEW_STATUSES }).notNull().default("pending"),
    moderatedBy: ref("moderated_by"),
    moderationNote: varchar("moderation_note", { length: 200 }),
    moderatedAt: instant("moderated_at"),
    createdAt: createdAt(),
  },
  (t) => [
    // One review for each person and product, whatever they order later: deleting and writing anew earns nothing twice.
    uniqueIndex("reviews_author_key").on(t.userId, t.productId),
    index("reviews_product_idx").on(t.productId, t.status, t.id),
    index("reviews_status_idx").on(t.status, t.id),
    check("reviews_rating_check", sql`${t.rating} between 1 and 5`),
    check("reviews_status_check", sql`${t.status} in ('pending','approved','rejected')`),
  ],
);

/** What happened outside the shop and counts inside it, sent by the merchant's own systems: each once. */
export const customEvents = mysqlTable(
  "custom_events",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    name: token("name", { length: 40 }).notNull(),
    externalId: token("external_id", { length: 64 }).notNull(),
    data: json("data").$type<Record<string, string | number | boolean>>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("custom_events_external_key").on(t.name, t.externalId), index("custom_events_user_idx").on(t.userId, t.name, t.createdAt)],
);

/** Days on which a person was here. */
export const visits = mysqlTable(
  "visits",
  {
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    localDay: calendarDay("local_day").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.localDay] }), index("visits_day_idx").on(t.localDay)],
);

export const NOTICE_KINDS = ["points_expiring", "points_expired", "points_earned", "level_changed", "order_status", "account_security", "account_frozen", "review_moderated", "referral_rewarded", "coupon", "books_alert", "stock_low", "stock_back", "risk_alert", "approval", "appeal"] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What a person is told inside the shop. */
export const notifications = mysqlTable(
  "notifications",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    kind: varchar("kind", { length: 30, enum: NOTICE_KINDS }).notNull(),
    /** Names what it is about, so that it is told once. */
    subject: token("subject", { length: 80 }).notNull(),
    data: json("data").$type<Record<string, string | number>>().notNull(),
    link: varchar("link", { length: 200 }),
    readAt: instant("read_at"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("notifications_subject_key").on(t.userId, t.kind, t.subject),
    index("notifications_user_idx").on(t.userId, t.id),
    index("notifications_unread_idx").on(t.userId, t.readAt),
  ],
);

/** What a person wants to be told of, and how. Without a row: both ways. */
export const notificationPreferences = mysqlTable(
  "notification_preferences",
  {
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    kind: varchar("kind", { length: 30, enum: NOTICE_KINDS }).notNull(),
    inApp: boolean("in_app").notNull().default(true),
    byMail: boolean("by_mail").notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.userId, t.kind] })],
);

export const MAIL_STATUSES = ["queued", "sent", "failed"] as const;

/** Mail on its way: written in the transaction that caused it, sent by a job afterwards. */
export const mailMessages = mysqlTable(
  "mail_messages",
  {
    id: id(),
    userId: ref("user_id").references(() => users.id, { onDelete: "restrict" }),
    recipient: varchar("recipient", { length: 254 }).notNull(),
    template: token("template", { length: 40 }).notNull(),
    locale: varchar("locale", { length: 10 }).notNull(),
    /** What the template needs; emptied once the message has left, because it may hold a link that signs in. */
    props: json("props").$type<Record<string, unknown>>().notNull(),
    /** Names what it is about: the same is sent once. */
    subject: token("subject", { length: 80 }).notNull().unique("mail_messages_subject_key"),
    status: varchar("status", { length: 10, enum: MAIL_STATUSES }).notNull().default("queued"),
    attempts: int("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at").notNull(),
    lastError: text("last_error"),
    sentAt: instant("sent_at"),
    createdAt: createdAt(),
  },
  (t) => [index("mail_messages_due_idx").on(t.status, t.nextAttemptAt), index("mail_messages_user_idx").on(t.userId, t.id)],
);

/** Which reminder of points about to expire was given: each once, whatever became of the points since. */
export const expiryReminders = mysqlTable(
  "expiry_reminders",
  {
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    expiresAt: instant("expires_at").notNull(),
    daysBefore: smallint("days_before").notNull(),
    points: points("points").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.expiresAt, t.daysBefore] })],
);

/** Events that were passed on to notices, levels and referrals: each once. */
export const handledEvents = mysqlTable("handled_events", {
  eventId: ref("event_id").primaryKey(),
  handledAt: instant("handled_at").notNull(),
});
