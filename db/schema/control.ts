import { sql } from "drizzle-orm";
import { boolean, char, check, customType, index, int, json, mysqlTable, primaryKey, smallint, uniqueIndex, varchar } from "drizzle-orm/mysql-core";

import { bigintOf, calendarDay, createdAt, digest, exactText, id, instant, points, ref, token } from "../columns";
import { users } from "./people";

// What the merchant's people work with: their roles and second factors, what waits for a second pair of eyes, risks, seals, reports.

const cipher = customType<{ data: Buffer }>({ dataType: () => "varbinary(200)" });

/** The second factor of a member of staff: a secret shared with their authenticator, encrypted. */
export const secondFactors = mysqlTable("second_factors", {
  userId: ref("user_id").primaryKey().references(() => users.id, { onDelete: "restrict" }),
  secret: cipher("secret").notNull(),
  /** When the first code proved that the authenticator has it; until then it asks for nothing. */
  confirmedAt: instant("confirmed_at"),
  /** The time step of the last code that was taken: no code works twice (RFC 6238, 5.2). */
  lastStep: bigintOf("last_step").notNull().default(0),
  /** Digests of the recovery codes that are left, in hex. */
  recoveryDigests: json("recovery_digests").$type<string[]>().notNull(),
  createdAt: createdAt(),
});

/** An invitation to work in the shop, sent by mail; its link works once. */
export const staffInvitations = mysqlTable(
  "staff_invitations",
  {
    id: id(),
    email: exactText("email", { length: 254 }).notNull(),
    roleId: ref("role_id").notNull(),
    tokenDigest: digest("token_digest").notNull().unique("staff_invitations_token_key"),
    invitedBy: ref("invited_by").notNull().references(() => users.id, { onDelete: "restrict" }),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    acceptedBy: ref("accepted_by").references(() => users.id, { onDelete: "restrict" }),
    revokedAt: instant("revoked_at"),
    createdAt: createdAt(),
  },
  (t) => [index("staff_invitations_email_idx").on(t.email)],
);

/** A list as somebody wants to see it again: its address and its columns. */
export const savedViews = mysqlTable(
  "saved_views",
  {
    id: id(),
    list: token("list", { length: 30 }).notNull(),
    name: varchar("name", { length: 40 }).notNull(),
    /** The filters and the order, as the list's address says them. */
    query: varchar("query", { length: 1000 }).notNull(),
    /** Keys of the columns that are shown; null means the list's own choice. */
    columns: json("columns").$type<string[] | null>(),
    isShared: boolean("is_shared").notNull().default(false),
    ownerId: ref("owner_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("saved_views_name_key").on(t.ownerId, t.list, t.name), index("saved_views_list_idx").on(t.list, t.isShared)],
);

export const BULK_STATUSES = ["queued", "running", "done", "stopped"] as const;

/** One operation on many rows of a list, done by a job in batches that each commit. */
export const bulkRuns = mysqlTable(
  "bulk_runs",
  {
    id: id(),
    publicId: char("public_id", { length: 22 }).notNull().unique("bulk_runs_public_key"),
    operation: token("operation", { length: 40 }).notNull(),
    params: json("params").$type<Record<string, unknown>>().notNull(),
    /** Which rows: their ids, or the filter that they match when the run comes to them. */
    selection: json("selection").$type<{ ids: (number | string)[] } | { query: string }>().notNull(),
    requestedBy: ref("requested_by").notNull().references(() => users.id, { onDelete: "restrict" }),
    status: varchar("status", { length: 10, enum: BULK_STATUSES }).notNull().default("queued"),
    total: int("total").notNull(),
    done: int("done").notNull().default(0),
    failed: int("failed").notNull().default(0),
    /** Up to which row the run has come. */
    cursorId: bigintOf("cursor_id").notNull().default(0),
    createdAt: createdAt(),
    finishedAt: instant("finished_at"),
  },
  (t) => [index("bulk_runs_status_idx").on(t.status, t.id), check("bulk_runs_amounts_check", sql`${t.done} >= 0 and ${t.failed} >= 0 and ${t.done} + ${t.failed} <= ${t.total}`)],
);

/** Rows that a run could not do, and why. */
export const bulkFailures = mysqlTable(
  "bulk_failures",
  {
    runId: ref("run_id").notNull().references(() => bulkRuns.id, { onDelete: "restrict" }),
    item: token("item", { length: 64 }).notNull(),
    code: token("code", { length: 40 }).notNull(),
    detail: json("detail").$type<Record<string, string | number>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.item] })],
);

export const ADJUSTMENT_STATUSES = ["pending", "applied", "rejected", "withdrawn"] as const;
export type AdjustmentStatus = (typeof ADJUSTMENT_STATUSES)[number];
export const ADJUSTMENT_REASONS = ["goodwill", "correction", "compensation", "migration", "fraud", "other"] as const;
export type AdjustmentReason = (typeof ADJUSTMENT_REASONS)[number];

/** Adjustments of many people at once, from one file: all of them or none. */
export const adjustmentBatches = mysqlTable(
  "adjustment_batches",
  {
    id: id(),
    publicId: char("public_id", { length: 22 }).notNull().unique("adjustment_batches_public_key"),
    /** The digest of what the file says: the same file counts once. */
    fileDigest: digest("file_digest").notNull().unique("adjustment_batches_file_key"),
    fileName: varchar("file_name", { length: 120 }).notNull(),
    people: int("people").notNull(),
    pointsIn: points("points_in").notNull(),
    pointsOut: points("points_out").notNull(),
    reason: varchar("reason", { length: 20, enum: ADJUSTMENT_REASONS }).notNull(),
    note: varchar("note", { length: 200 }).notNull(),
    status: varchar("status", { length: 10, enum: ADJUSTMENT_STATUSES }).notNull(),
    requestedBy: ref("requested_by").notNull().references(() => users.id, { onDelete: "restrict" }),
    decidedBy: ref("decided_by").references(() => users.id, { onDelete: "restrict" }),
    decisionNote: varchar("decision_note", { length: 200 }),
    decidedAt: instant("decided_at"),
    createdAt: createdAt(),
  },
  (t) => [index("adjustment_batches_status_idx").on(t.status, t.id), check("adjustment_batches_status_check", sql`${t.status} in ('pending','applied','rejected','withdrawn')`)],
);

/** Points that staff puts in or takes out by hand: asked for by one person and, when many, allowed by another. */
export const adjustments = mysqlTable(
  "adjustments",
  {
    id: id(),
    publicId: char("public_id", { length: 22 }).notNull().unique("adjustments_public_key"),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    /** Signed: points put in, or taken out. */
    points: points("points").notNull(),
    reason: varchar("reason", { length: 20, enum: ADJUSTMENT_REASONS }).notNull(),
    note: varchar("note", { length: 200 }).notNull(),
    /** When points that are put in expire; null means the programme's policy at the time they are put in. */
    expiresAt: instant("expires_at"),
    /** A picture or a PDF that shows why: its place in the storage and its type. */
    attachmentKey: token("attachment_key", { length: 80 }),
    attachmentType: token("attachment_type", { length: 40 }),
    status: varchar("status", { length: 10, enum: ADJUSTMENT_STATUSES }).notNull(),
    batchId: ref("batch_id").references(() => adjustmentBatches.id, { onDelete: "restrict" }),
    requestedBy: ref("requested_by").notNull().references(() => users.id, { onDelete: "restrict" }),
    decidedBy: ref("decided_by").references(() => users.id, { onDelete: "restrict" }),
    decisionNote: varchar("decision_note", { length: 200 }),
    decidedAt: instant("decided_at"),
    createdAt: createdAt(),
  },
  (t) => [
    index("adjustments_status_idx").on(t.status, t.id),
    index("adjustments_user_idx").on(t.userId, t.id),
    index("adjustments_requester_idx").on(t.requestedBy, t.id),
    index("adjustments_batch_idx").on(t.batchId, t.id),
    check("adjustments_points_check", sql`${t.points} <> 0`),
    check("adjustments_status_check", sql`${t.status} in ('pending','applied','rejected','withdrawn') and (${t.status} <> 'pending' or ${t.decidedAt} is null)`),
  ],
);

export const RISK_RULES = ["velocity", "shared_device", "refund_ratio", "new_account_burst", "coupon_guessing"] as const;
export type RiskRule = (typeof RISK_RULES)[number];
export const RISK_MODES = ["off", "observe", "hold", "freeze"] as const;
export type RiskMode = (typeof RISK_MODES)[number];
export const ALERT_STATUSES = ["open", "confirmed", "dismissed"] as const;
export type AlertStatus = (typeof ALERT_STATUSES)[number];

/** Something that looks wrong about a person, with what shows it; a rule raises it once for each subject. */
export const riskAlerts = mysqlTable(
  "risk_alerts",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    rule: varchar("rule", { length: 20, enum: RISK_RULES }).notNull(),
    /** Names the case, such as the day or the device. */
    subject: token("subject", { length: 80 }).notNull(),
    /** What the rule did: nothing but this row, held earnings, or froze. */
    mode: varchar("mode", { length: 10, enum: RISK_MODES }).notNull(),
    evidence: json("evidence").$type<Record<string, string | number | string[] | number[]>>().notNull(),
    status: varchar("status", { length: 10, enum: ALERT_STATUSES }).notNull().default("open"),
    decidedBy: ref("decided_by").references(() => users.id, { onDelete: "restrict" }),
    decisionNote: varchar("decision_note", { length: 200 }),
    decidedAt: instant("decided_at"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("risk_alerts_subject_key").on(t.userId, t.rule, t.subject),
    index("risk_alerts_status_idx").on(t.status, t.id),
    check("risk_alerts_status_check", sql`${t.status} in ('open','confirmed','dismissed')`),
  ],
);

/** How often something suspicious was tried, by person and hour, where no other row says so. */
export const riskSignals = mysqlTable(
  "risk_signals",
  {
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    kind: token("kind", { length: 20 }).notNull(),
    hourStartsAt: instant("hour_starts_at").notNull(),
    times: int("times").notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.kind, t.hourStartsAt] }), index("risk_signals_age_idx").on(t.hourStartsAt)],
);

export const APPEAL_STATUSES = ["open", "accepted", "declined"] as const;
export type AppealStatus = (typeof APPEAL_STATUSES)[number];

/** What a frozen person says to it. One is open at a time. */
export const appeals = mysqlTable(
  "appeals",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    body: varchar("body", { length: 1000 }).notNull(),
    status: varchar("status", { length: 10, enum: APPEAL_STATUSES }).notNull().default("open"),
    answer: varchar("answer", { length: 500 }),
    decidedBy: ref("decided_by").references(() => users.id, { onDelete: "restrict" }),
    decidedAt: instant("decided_at"),
    createdAt: createdAt(),
    /** The person while it is open, else null. */
    openFor: ref("open_for").generatedAlwaysAs(sql`if(status = 'open', user_id, null)`, { mode: "stored" }),
  },
  (t) => [
    uniqueIndex("appeals_open_key").on(t.openFor),
    index("appeals_user_idx").on(t.userId, t.id),
    index("appeals_status_idx").on(t.status, t.id),
    check("appeals_status_check", sql`${t.status} in ('open','accepted','declined')`),
  ],
);

/** The seals of the books: each names a stretch of a table by its digest and the seal before it. Rows are only ever inserted. */
export const auditSeals = mysqlTable(
  "audit_seals",
  {
    id: id(),
    /** The table: events, or the ledger with its allocations. */
    chain: token("chain", { length: 20 }).notNull(),
    /** The stretch (`from_id`, `to_id`]. */
    fromId: bigintOf("from_id").notNull(),
    toId: bigintOf("to_id").notNull(),
    rows: int("rows_sealed").notNull(),
    contentDigest: digest("content_digest").notNull(),
    previousDigest: digest("previous_digest").notNull(),
    sealDigest: digest("seal_digest").notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("audit_seals_from_key").on(t.chain, t.fromId)],
);

/** Files that were taken in: the same file counts once. */
export const imports = mysqlTable(
  "imports",
  {
    id: id(),
    kind: token("kind", { length: 20 }).notNull(),
    fileDigest: digest("file_digest").notNull(),
    fileName: varchar("file_name", { length: 120 }).notNull(),
    rows: int("rows_read").notNull(),
    report: json("report").$type<Record<string, number>>().notNull(),
    actorId: ref("actor_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("imports_file_key").on(t.kind, t.fileDigest)],
);

/** Which products a person looked at on a day. */
export const productViews = mysqlTable(
  "product_views",
  {
    localDay: calendarDay("local_day").notNull(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    productId: ref("product_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.localDay, t.userId, t.productId] })],
);

/** Sums by day, made by a job from the books: additive, so that any stretch of days is a sum of rows. */
export const reportFacts = mysqlTable(
  "report_facts",
  {
    metric: token("metric", { length: 40 }).notNull(),
    localDay: calendarDay("local_day").notNull(),
    /** What the metric is split by: a source, a product, a rule. Empty when by nothing. */
    item: token("item", { length: 64 }).notNull().default(""),
    value: bigintOf("value").notNull(),
  },
  (t) => [primaryKey({ columns: [t.metric, t.localDay, t.item] })],
);

/** What cannot be added up over days, such as distinct people or a debt: as it was at the end of a day. */
export const reportSnapshots = mysqlTable(
  "report_snapshots",
  {
    report: token("report", { length: 40 }).notNull(),
    asOf: calendarDay("as_of").notNull(),
    item: token("item", { length: 80 }).notNull(),
    value: bigintOf("value").notNull(),
  },
  (t) => [primaryKey({ columns: [t.report, t.asOf, t.item] })],
);

/** What a person's orders amount to, for segments by recency, frequency and value. */
export const reportPeople = mysqlTable(
  "report_people",
  {
    userId: ref("user_id").primaryKey().references(() => users.id, { onDelete: "restrict" }),
    lastOrderOn: calendarDay("last_order_on").notNull(),
    orders: int("orders").notNull(),
    /** Cash and points by the points' value, in cents. */
    valueCents: bigintOf("value_cents").notNull(),
    recency: smallint("recency").notNull(),
    frequency: smallint("frequency").notNull(),
    value: smallint("value_score").notNull(),
    rfmGroup: token("rfm_group", { length: 20 }).notNull(),
  },
  (t) => [index("report_people_group_idx").on(t.rfmGroup, t.userId)],
);

/** How far each part of the reports has been made. */
export const reportMarks = mysqlTable("report_marks", {
  name: token("name", { length: 40 }).primaryKey(),
  /** All days up to here are whole. */
  throughDay: calendarDay("through_day"),
  builtAt: instant("built_at").notNull(),
});
