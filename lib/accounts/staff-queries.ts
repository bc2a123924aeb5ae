import "server-only";

import { and, asc, desc, eq, gt, gte, inArray, isNull, like, lt, lte, max, sql, type SQL } from "drizzle-orm";

import type { Db } from "@/db/client";
import { earnCounters, events, levels, memberLevels, pointAccounts, pointLots, secondFactors, sessions, staffRoles, users } from "@/db/schema";
import type { Role } from "@/db/schema/people";
import type { AccountStatus } from "@/db/schema/points";
import type { UserId } from "@/lib/ctx";
import { parseDay, type Day } from "@/lib/day";
import { beyond, idsInParts } from "@/lib/keyset";
import { containing } from "@/lib/like";
import type { ListSort } from "@/lib/list-address";
import { getPolicy } from "@/lib/settings/queries";

import { maskEmail } from "./mask";
import { permissionsOf, type Permission } from "./permission";
import { isLiving } from "./sessions/living";

export const STAFF_USERS_PAGE_MAX = 100;

export type StaffUserRow = {
  id: UserId;
  username: string;
  emailMasked: string;
  role: Role;
  status: AccountStatus;
  /** Null where the shop has no levels. */
  level: { name: string; nameEn: string } | null;
  /** Points that can be spent now. */
  pointsBalance: number;
  totalPointsEarned: number;
  createdAt: Date;
  /** The last day on which the person earned by being here. */
  lastSeenOn: Day | null;
};

/** Who: `from` and `to` are when they joined, the end not included. */
export type StaffUserSearch = { search?: string; roles?: readonly Role[]; status?: AccountStatus; levelId?: number; from?: Date; to?: Date; /** Only these. */ ids?: readonly number[] };
export type UserSort = ListSort<"joined" | "balance" | "earned">;
/** Which of those that match, and in what order. */
export type UserPart = { sort?: UserSort; limit: number; offset?: number };

const NEWEST_FIRST: UserSort = { by: "joined", down: true };

/** One page of people, the newest first unless sorted. `total` is of all that match. */
export async function listUsersForStaff(db: Db, search: StaffUserSearch, part: UserPart, now: Date): Promise<{ users: StaffUserRow[]; total: number }> {
  const [ids, total] = await Promise.all([listUserIds(db, search, { ...part, limit: Math.min(part.limit, STAFF_USERS_PAGE_MAX) }), countUsers(db, search)]);
  return { users: await readUsersForStaff(db, ids, now), total };
}

const sortColumns = { joined: users.id, balance: pointAccounts.pointsBalance, earned: pointAccounts.totalPointsEarned } as const;

const orderOf = ({ by, down }: UserSort): SQL[] => (by === "joined" ? [users.id] : [sortColumns[by], users.id]).map(down ? desc : asc);

/** The ids of the people of one page, in the list's order. */
export async function listUserIds(db: Db, search: StaffUserSearch, { sort = NEWEST_FIRST, limit, offset = 0 }: UserPart): Promise<UserId[]> {
  const rows = await selectIds(db, search, []).orderBy(...orderOf(sort)).limit(limit).offset(offset);
  return rows.map(({ id }) => id as UserId);
}

/** The ids of all people who match, in the list's order, some at a time. */
export function allUserIds(db: Db, search: StaffUserSearch, sort: UserSort = NEWEST_FIRST, part?: number): AsyncGenerator<UserId[]> {
  const value = sortColumns[sort.by];
  return idsInParts((mark, limit) =>
    db.select({ id: users.id, value }).from(users).innerJoin(pointAccounts, eq(pointAccounts.userId, users.id))
      .where(and(...filtersOf(search), beyond(value, users.id, mark, sort.down))).orderBy(...orderOf(sort)).limit(limit), part);
}

/** The next of the people who match, by id: for work that goes through all of them. */
export async function nextUserIds(db: Db, search: StaffUserSearch, { after, upTo }: { after: number; upTo: number }, limit: number): Promise<UserId[]> {
  const rows = await selectIds(db, search, [gt(users.id, after), lte(users.id, upTo)]).orderBy(asc(users.id)).limit(limit);
  return rows.map(({ id }) => id as UserId);
}

const selectIds = (db: Db, search: StaffUserSearch, more: readonly SQL[]) =>
  db.select({ id: users.id }).from(users).innerJoin(pointAccounts, eq(pointAccounts.userId, users.id)).where(and(...filtersOf(search), ...more));

/** These people as the list shows them, in the order of their ids as given. */
export async function readUsersForStaff(db: Db, ids: readonly number[], now: Date): Promise<StaffUserRow[]> {
  if (ids.length === 0) return [];
  const [read, overdue, seen, [lowest]] = await Promise.all([
    db
      .select({
        id: users.id, username: users.username, email: users.email, role: users.role, createdAt: users.createdAt,
        status: pointAccounts.status, pointsBalance: pointAccounts.pointsBalance, totalPointsEarned: pointAccounts.totalPointsEarned, levelName: levels.name, levelNameEn: levels.nameEn,
      })
      .from(users)
      .innerJoin(pointAccounts, eq(pointAccounts.userId, users.id))
      .leftJoin(memberLevels, eq(memberLevels.userId, users.id))
      .leftJoin(levels, eq(levels.id, memberLevels.levelId))
      .where(inArray(users.id, [...ids])),
    overduePoints(db, ids, now),
    lastSeen(db, ids),
    db.select({ name: levels.name, nameEn: levels.nameEn }).from(levels).where(eq(levels.isActive, true)).orderBy(asc(levels.rank)).limit(1),
  ]);
  const places = new Map(ids.map((id, place) => [id, place]));
  read.sort((a, b) => places.get(a.id)! - places.get(b.id)!);
  return read.map(({ email, levelName, levelNameEn, ...row }) => ({
    ...row, id: row.id as UserId, emailMasked: maskEmail(email), pointsBalance: row.pointsBalance - (overdue.get(row.id) ?? 0), lastSeenOn: seen.get(row.id) ?? null,
    level: levelName === null ? (lowest ?? null) : { name: levelName, nameEn: levelNameEn ?? "" },
  }));
}

/** A name is found by any part of it, an address only whole: addresses are masked, and no search may unmask them. */
function filtersOf({ search, roles, status, levelId, from, to, ids }: StaffUserSearch): (SQL | undefined)[] {
  const text = search?.trim() ?? "";
  return [
    text === "" ? undefined : text.includes("@") ? eq(users.email, text.normalize("NFKC").toLowerCase().slice(0, 254)) : like(users.username, containing(text)),
    roles ? inArray(users.role, [...roles]) : undefined,
    status ? sql`exists (select 1 from ${pointAccounts} p where p.user_id = ${users.id} and p.status = ${status})` : undefined,
    levelId === undefined ? undefined : atLevel(levelId),
    from ? gte(users.createdAt, from) : undefined,
    to ? lt(users.createdAt, to) : undefined,
    ids ? inArray(users.id, [...ids]) : undefined,
  ];
}

/** Who has no row is at the lowest level. */
const atLevel = (levelId: number): SQL =>
  sql`coalesce((select m.level_id from ${memberLevels} m where m.user_id = ${users.id}), (select l.id from ${levels} l where l.is_active order by l.${sql.identifier("rank")} limit 1)) = ${levelId}`;

/** Everybody has an account: it is not read only to count people. */
export async function countUsers(db: Db, search: StaffUserSearch): Promise<number> {
  const [row] = await db.select({ total: sql<number>`count(*)`.mapWith(Number) }).from(users).where(and(...filtersOf(search)));
  return row?.total ?? 0;
}

/** The addresses of these people as they are, for who may contact people; who was erased has none. */
export async function readContacts(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.select({ id: users.id, email: users.email }).from(users).where(and(inArray(users.id, [...ids]), isNull(users.erasedAt)));
  return new Map(rows.map(({ id, email }) => [id, email]));
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
  /** Of staff: which of their roles. */
  staffRoleId: number | null;
  /** What they may do; nothing of a shopper. */
  permissions: ReadonlySet<Permission>;
  hasSecondFactor: boolean;
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
  const [found] = await db
    .select({ id: users.id, username: users.username, email: users.email, role: users.role, staffRoleId: users.staffRoleId, builtIn: staffRoles.builtIn, listed: staffRoles.permissions, factorAt: secondFactors.confirmedAt, locale: users.locale, createdAt: users.createdAt })
    .from(users)
    .leftJoin(secondFactors, eq(secondFactors.userId, users.id))
    .leftJoin(staffRoles, eq(staffRoles.id, users.staffRoleId))
    .where(eq(users.id, id))
    .limit(1);
  if (!found) return null;
  const { factorAt, builtIn, listed, ...row } = found;
  const terms = await getPolicy(db);
  const [[open], history, seen] = await Promise.all([
    db
      .select({ total: sql<number>`count(*)`.mapWith(Number) })
      .from(sessions)
      .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.sessionVersion, sessions.sessionVersion)))
      .where(and(eq(sessions.userId, id), isLiving(now, terms))),
    listHistory(db, id),
    lastSeen(db, [id]),
  ]);
  return { ...row, permissions: permissionsOf(row.role, listed && { builtIn, permissions: listed }), hasSecondFactor: factorAt !== null, id: row.id as UserId, lastSeenOn: seen.get(id) ?? null, sessionsOpen: open?.total ?? 0, history };
}

const listHistory = (db: Db, id: number): Promise<AccountStep[]> =>
  db
    .select({ id: events.id, name: events.name, actorName: users.username, data: events.data, createdAt: events.createdAt })
    .from(events)
    .leftJoin(users, eq(users.id, events.actorId))
    .where(and(eq(events.subjectType, "user"), eq(events.subjectId, String(id)), inArray(events.name, HISTORY)))
    .orderBy(desc(events.id))
    .limit(HISTORY_SHOWN_MAX);
