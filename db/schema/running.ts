import { sql } from "drizzle-orm";
import { index, int, json, mysqlTable, primaryKey, text } from "drizzle-orm/mysql-core";

import { createdAt, digest, id, instant, ref, token } from "../columns";

/** Mutating requests that took effect, with their reply: a repeat of the key gets the same reply. */
export const idempotencyKeys = mysqlTable(
  "idempotency_keys",
  {
    actorId: ref("actor_id").notNull(),
    requestKey: token("request_key", { length: 255 }).notNull(),
    bodyDigest: digest("body_digest").notNull(),
    reply: json("reply").$type<unknown>(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.actorId, t.requestKey] }), index("idempotency_keys_age_idx").on(t.createdAt)],
);

/** What happened, appended in the transaction in which it happened: audit trail and outbox in one row. */
export const events = mysqlTable(
  "events",
  {
    id: id(),
    name: token("name", { length: 40 }).notNull(),
    actorId: ref("actor_id"),
    subjectType: token("subject_type", { length: 20 }).notNull(),
    subjectId: token("subject_id", { length: 64 }).notNull(),
    data: json("data").$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("events_subject_idx").on(t.subjectType, t.subjectId), index("events_actor_idx").on(t.actorId, t.id)],
);

/** The merchant's settings that differ from the defaults in `lib/settings/policy.ts`. */
export const settings = mysqlTable("settings", {
  name: token("name", { length: 40 }).primaryKey(),
  value: json("value").$type<unknown>().notNull(),
  updatedAt: instant("updated_at").notNull().default(sql`CURRENT_TIMESTAMP(3)`),
});

/** Runs of the clock's jobs, for the operator. */
export const jobRuns = mysqlTable(
  "job_runs",
  {
    id: id(),
    job: token("job", { length: 40 }).notNull(),
    startedAt: instant("started_at").notNull(),
    finishedAt: instant("finished_at"),
    report: json("report").$type<Record<string, unknown>>(),
    error: text("error"),
  },
  (t) => [index("job_runs_job_idx").on(t.job, t.id)],
);

/** Request counts per window, where no Redis counts them. */
export const rateWindows = mysqlTable(
  "rate_windows",
  {
    bucket: token("bucket", { length: 120 }).notNull(),
    windowStartsAt: instant("window_starts_at").notNull(),
    hits: int("hits").notNull(),
  },
  (t) => [primaryKey({ columns: [t.bucket, t.windowStartsAt] }), index("rate_windows_age_idx").on(t.windowStartsAt)],
);

