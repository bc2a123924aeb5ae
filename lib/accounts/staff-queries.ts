import "server-only";

import { and, asc, desc, eq, gt, inArray, like, lt, lte, max, sql, type SQL } from "drizzle-orm";

import type { Db } from "@/db/client";
import { earnCounters, events, pointAccounts, pointLots, sessions, users } from "@/db/schema";
import type { Role } from "@/db/schema/people";
import type { AccountStatus } from "@/db/schema/points";
import type { UserId } from "@/lib/ctx";
import { parseDay, type Day } from "@/lib/day";
import { containing } from "@/lib/like";
import { oneMore, turnPage, type Cursor } from "@/lib/page";

import { maskEmail } from "./mask";

export const STAFF_USERS_PAGE_MAX = 100;

export type StaffUserRow = {
  id: UserId;
  username: string;
  emailMasked: string;
  role: Role;
  status: AccountStatus;
  /** Points that can be spent now. */
  pointsBalance: number;
  totalPointsEarned: number;
  createdAt: Date;
  /** The last day on which the person earned by being here. */
  lastSeenOn: Day | null;
};

export type StaffUserSearch = Cursor & { search?: string; roles?: readonly Role[]; status?: AccountStatus; limit: number };

/** People, the newest first. `total` is of all that match. */
export async function listUsersForStaff(
  db: Db, search: StaffUserSearch, now: Date,
): Promise<{ users: StaffUserRow[]; nextBefore: number | null; previousAfter: number | null; total: number }> {
  const limit = Math.min(search.limit, STAFF_USERS_PAGE_MAX);
  const [read, total] = await Promise.all([
    db
      .select({
        id: users.id, username: users.username, email: users.email, role: users.role, createdAt: users.createdAt,
        status: pointAccounts.status, pointsBalance: pointAccounts.pointsBalance, totalPointsEarned: pointAccounts.totalPointsEarned,
      })
      .from(users)
      .innerJoin(pointAccounts, eq(pointAccounts.userId, users.id))
      .where(and(...filtersOf(search), search.after === undefined ? undefined : gt(users.id, search.after), search.before === undefined ? undefined : lt(users.id, search.before)))
      .orderBy(search.after === undefined ? desc(users.id) : asc(users.id))
      .limit(oneMore(limit)),
    countUsers(db, search),
  ]);
  const { rows, ...edges } = turnPage(read, limit, search);
  const ids = rows.map(({ id }) => id);
  const [overdue, seen] = await Promise.all([overduePoints(db, ids, now), lastSeen(db, ids)]);
  return {
    users: rows.map(({ email, ...row }) => ({
      ...row, id: row.id as UserId, emailMasked: maskEmail(email), pointsBalance: row.pointsBalance - (overdue.get(row.id) ?? 0), lastSeenOn: seen.get(row.id) ?? null,
    })),
    ...edges,
    total,
  };
}

/** A name is found by any part of it, an address only whole: addresses are masked, and no search may unmask them. */
function filtersOf({ search, roles, status }: Pick<StaffUserSearch, "search" | "roles" | "status">): (SQL | undefined)[] {
  const text = search?.trim() ?? "";
  return [
    text === "" ? undefined : text.includes("@") ? eq(users.email, text.normalize("NFKC").toLowerCase().slice(0, 254)) : like(users.username, containing(text)),
    roles ? inArray(users.role, [...roles]) : undefined,
    status ? eq(pointAccounts.status, status) : undefined,
  ];
}

export async function countUsers(db: Db, search: Pick<StaffUserSearch, "search" | "roles" | "status">): Promise<number> {
  const people = db.select({ total: sql<number>`count(*)`.mapWith(Number) }).from(users);
  const wanted = and(...filtersOf(search));
  // Everybody has an account: reading them all only to count people would take seven times as long.
  const [row] = search.status ? await people.innerJoin(pointAccounts, eq(pointAccounts.userId, users.id)).where(wanted) : await people.where(wanted);
  return row?.total ?? 0;
}

/** Points in lots that have expired and were not swept yet. */
async function overduePoints(db: Db, ids: readonly number[], now: Date): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ userId: pointLots.userId, points: sql<number>`sum(${pointLots.pointsRemaining})`.mapWith(Number) })
    .from(pointLots)
    .where(and(inArray(pointLots.userId, [...ids]), lte(pointLots.openUntil, now)))
    .groupBy(pointLots.userId);
  return new Map(rows.map(({ userId, points }) => [userId, points]));
}

async function lastSeen(db: Db, ids: readonly number[]): Promise<Map<number, Day>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ userId: earnCounters.userId, ruleId: earnCounters.ruleId, day: max(earnCounters.localDay) })
    .from(earnCounters)
    .where(inArray(earnCounters.userId, [...ids]))
    .groupBy(earnCounters.userId, earnCounters.ruleId);
  const seen = new Map<number, Day>();
  for (const { userId, day } of rows) {
    const known = seen.get(userId);
    if (day !== null && (known === undefined || day > known)) seen.set(userId, parseDay(day));
  }
  return seen;
}

export type AccountStep = { id: number; name: string; actorName: string | null; data: Record<string, unknown>; createdAt: Date };

export type StaffUser = {
  id: UserId;
  username: string;
  email: string;
  role: Role;
  locale: string;
  createdAt: Date;
  lastSeenOn: Day | null;
  /** Devices that are signed in now. */
  sessionsOpen: number;
  /** What was done to the account, the latest first. */
  history: AccountStep[];
};

const HISTORY_SHOWN_MAX = 20;
const HISTORY = ["account.registered", "account.frozen", "account.unfrozen", "account.role_changed", "account.signed_out_everywhere"];

/** One person. Balance, lots and ledger are the points domain's, orders the orders domain's. */
export async function findUserForStaff(db: Db, id: number, now: Date): Promise<StaffUser | null> {
  const [row] = await db
    .select({ id: users.id, username: users.username, email: users.email, role: users.role, locale: users.locale, createdAt: users.createdAt })
    .from(users)
    .where(eq(users.id, id))
    .limit(1);
  if (!row) return null;
  const [[open], history, seen] = await Promise.all([
    db
      .select({ total: sql<number>`count(*)`.mapWith(Number) })
      .from(sessions)
      .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.sessionVersion, sessions.sessionVersion)))
      .where(and(eq(sessions.userId, id), gt(sessions.expiresAt, now))),
    listHistory(db, id),
    lastSeen(db, [id]),
  ]);
  return { ...row, id: row.id as UserId, lastSeenOn: seen.get(id) ?? null, sessionsOpen: open?.total ?? 0, history };
}

const listHistory = (db: Db, id: number): Promise<AccountStep[]> =>
  db
    .select({ id: events.id, name: events.name, actorName: users.username, data: events.data, createdAt: events.createdAt })
    .from(events)
    .leftJoin(users, eq(users.id, events.actorId))
    .where(and(eq(events.subjectType, "user"), eq(events.subjectId, String(id)), inArray(events.name, HISTORY)))
    .orderBy(desc(events.id))
    .limit(HISTORY_SHOWN_MAX);
