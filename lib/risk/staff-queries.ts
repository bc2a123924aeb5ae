import "server-only";

import { and, asc, count, desc, eq, gte, inArray, like, lt, ne, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/mysql-core";

import type { Db } from "@/db/client";
import { appeals, pointAccounts, riskAlerts, users } from "@/db/schema";
import { ALERT_STATUSES, APPEAL_STATUSES, type AlertStatus, type AppealStatus, type RiskMode, type RiskRule } from "@/db/schema/control";
import type { AccountStatus } from "@/db/schema/points";
import { statusAt } from "@/lib/accounts/frozen";
import { maskEmail } from "@/lib/accounts/mask";
import type { Permission } from "@/lib/accounts/permission";
import type { UserId } from "@/lib/ctx";
import { containing } from "@/lib/like";

export type Viewer = { id: number; permissions: ReadonlySet<Permission> };

/** Whom a member of staff may be told of: colleagues where they see the staff, and never themselves. The query joins `users`. */
export const isToldTo = ({ id, permissions }: Viewer): SQL | undefined => and(ne(users.id, id), permissions.has("staff.read") ? undefined : eq(users.role, "shopper"));

type Evidence = Record<string, string | number | string[] | number[]>;

export type AlertRow = {
  id: number; userId: UserId; username: string; emailMasked: string; rule: RiskRule; mode: RiskMode; status: AlertStatus; evidence: Evidence; createdAt: Date;
};
export type AlertSearch = { viewer: Viewer; q?: string; status?: AlertStatus; rule?: RiskRule; mode?: RiskMode; user?: number; from?: Date; until?: Date; down: boolean; limit: number; offset: number };

const rowColumns = {
  id: riskAlerts.id, userId: riskAlerts.userId, username: users.username, email: users.email, rule: riskAlerts.rule, mode: riskAlerts.mode, status: riskAlerts.status,
  evidence: riskAlerts.evidence, createdAt: riskAlerts.createdAt,
};

/** Alerts and how many match. */
export async function listAlerts(db: Db, search: AlertSearch): Promise<{ alerts: AlertRow[]; total: number }> {
  const wanted = and(...filtersOf(search));
  const [rows, [all]] = await Promise.all([
    db.select(rowColumns).from(riskAlerts).innerJoin(users, eq(users.id, riskAlerts.userId)).where(wanted)
      .orderBy(search.down ? desc(riskAlerts.id) : asc(riskAlerts.id)).limit(search.limit).offset(search.offset),
    db.select({ total: count() }).from(riskAlerts).innerJoin(users, eq(users.id, riskAlerts.userId)).where(wanted),
  ]);
  return { alerts: rows.map(withoutAddress), total: all?.total ?? 0 };
}

/** A name is found by any part of it, an address only whole. */
function filtersOf({ viewer, q = "", status, rule, mode, user, from, until }: AlertSearch): (SQL | undefined)[] {
  const text = q.trim();
  return [
    isToldTo(viewer),
    text === "" ? undefined : text.includes("@") ? eq(users.email, text.normalize("NFKC").toLowerCase().slice(0, 254)) : like(users.username, containing(text)),
    status && eq(riskAlerts.status, status), rule && eq(riskAlerts.rule, rule), mode && eq(riskAlerts.mode, mode), user === undefined ? undefined : eq(riskAlerts.userId, user),
    from && gte(riskAlerts.createdAt, from), until && lt(riskAlerts.createdAt, until),
  ];
}

const withoutAddress = <Row extends { userId: number; email: string }>({ email, userId, ...row }: Row): Omit<Row, "email" | "userId"> & { userId: UserId; emailMasked: string } =>
  ({ ...row, userId: userId as UserId, emailMasked: maskEmail(email) });

export type AlertCounts = Record<AlertStatus, number>;

/** How many alerts there are of each kind, and open appeals, as far as the viewer is told of them. */
export async function countAlerts(db: Db, viewer: Viewer): Promise<{ alerts: AlertCounts; appeals: number }> {
  const [byStatus, [open]] = await Promise.all([
    db.select({ status: riskAlerts.status, total: count() }).from(riskAlerts).innerJoin(users, eq(users.id, riskAlerts.userId)).where(isToldTo(viewer)).groupBy(riskAlerts.status),
    db.select({ total: count() }).from(appeals).innerJoin(users, eq(users.id, appeals.userId)).where(and(eq(appeals.status, "open"), isToldTo(viewer))),
  ]);
  const of = (status: AlertStatus): number => byStatus.find((row) => row.status === status)?.total ?? 0;
  return { alerts: Object.fromEntries(ALERT_STATUSES.map((status) => [status, of(status)])) as AlertCounts, appeals: open?.total ?? 0 };
}

export type AccountState = { status: AccountStatus; statusReason: string | null; frozenUntil: Date | null; isHeld: boolean };
export type StaffAlert = AlertRow & {
  subject: string; role: "shopper" | "staff" | "owner"; decisionNote: string | null; decidedAt: Date | null; deciderName: string | null; joinedAt: Date; account: AccountState;
  /** The next open one in the queue, the oldest first. */
  nextOpenId: number | null;
};

/** An alert that the viewer is told of. */
export async function findAlert(db: Db, id: number, viewer: Viewer, now: Date): Promise<StaffAlert | null> {
  const deciders = alias(users, "deciders");
  const [[row], [next]] = await Promise.all([
    db
      .select({
        ...rowColumns, subject: riskAlerts.subject, role: users.role, decisionNote: riskAlerts.decisionNote, decidedAt: riskAlerts.decidedAt, deciderName: deciders.username, joinedAt: users.createdAt,
        account: { status: pointAccounts.status, statusReason: pointAccounts.statusReason, frozenUntil: pointAccounts.frozenUntil, isHeld: pointAccounts.isHeld },
      })
      .from(riskAlerts).innerJoin(users, eq(users.id, riskAlerts.userId)).innerJoin(pointAccounts, eq(pointAccounts.userId, riskAlerts.userId)).leftJoin(deciders, eq(deciders.id, riskAlerts.decidedBy))
      .where(and(eq(riskAlerts.id, id), isToldTo(viewer))),
    db.select({ id: riskAlerts.id }).from(riskAlerts).innerJoin(users, eq(users.id, riskAlerts.userId)).where(and(eq(riskAlerts.status, "open"), ne(riskAlerts.id, id), isToldTo(viewer))).orderBy(asc(riskAlerts.id)).limit(1),
  ]);
  if (!row) return null;
  return { ...withoutAddress(row), account: { ...row.account, status: statusAt(row.account.status, row.account.frozenUntil, now) }, nextOpenId: next?.id ?? null };
}

export type RelatedAccount = { userId: UserId; username: string; emailMasked: string; devices: number; /** Has goods sent to the same phone number. */ sharesAddress: boolean; status: AccountStatus; openAlerts: number; createdAt: Date };
export const RELATED_SHOWN_MAX = 20;

/** How somebody is tied to others: by devices that both were signed in on, and by a phone number that both have goods sent to. */
const tiesOf = (userId: number): SQL => sql`(
  select each_tie.user_id, sum(each_tie.device) as devices, max(each_tie.address) as address from (
    select t.user_id, 1 as device, 0 as address from known_devices k join known_devices t on t.device_key = k.device_key and t.user_id <> k.user_id where k.user_id = ${userId}
    union all
    select distinct b.user_id, 0, 1 from addresses a join addresses b on b.phone_tail = a.phone_tail and b.user_id <> a.user_id where a.user_id = ${userId}
  ) each_tie group by each_tie.user_id) tie`;

/** Accounts that share a device or a delivery address with this person and that the viewer is told of, those with the most devices in common first. */
export async function listRelated(db: Db, userId: number, viewer: Viewer, now: Date): Promise<RelatedAccount[]> {
  const devices = sql<number>`tie.devices`.mapWith(Number);
  const rows = await db
    .select({
      userId: users.id, username: users.username, email: users.email, devices, sharesAddress: sql<boolean>`tie.address`.mapWith(Boolean), status: pointAccounts.status, frozenUntil: pointAccounts.frozenUntil,
      createdAt: users.createdAt, openAlerts: sql<number>`(select count(*) from risk_alerts a where a.user_id = ${users.id} and a.status = 'open')`.mapWith(Number),
    })
    .from(users)
    .innerJoin(tiesOf(userId), sql`tie.user_id = ${users.id}`)
    .innerJoin(pointAccounts, eq(pointAccounts.userId, users.id))
    .where(isToldTo(viewer))
    .orderBy(desc(devices), asc(users.id))
    .limit(RELATED_SHOWN_MAX);
  return rows.map(({ frozenUntil, ...row }) => ({ ...withoutAddress(row), status: statusAt(row.status, frozenUntil, now) }));
}

export type AppealRow = { id: number; userId: UserId; username: string; emailMasked: string; body: string; status: AppealStatus; createdAt: Date };
export type AppealSearch = { viewer: Viewer; q?: string; status?: AppealStatus; down: boolean; limit: number; offset: number };

const appealColumns = { id: appeals.id, userId: appeals.userId, username: users.username, email: users.email, body: appeals.body, status: appeals.status, createdAt: appeals.createdAt };

/** Appeals, how many match, and how many there are of each kind. */
export async function listAppeals(db: Db, { viewer, q = "", status, down, limit, offset }: AppealSearch): Promise<{ appeals: AppealRow[]; total: number; counts: Record<AppealStatus, number> }> {
  const text = q.trim();
  const wanted = and(isToldTo(viewer), text === "" ? undefined : or(like(users.username, containing(text)), like(appeals.body, containing(text))), status && eq(appeals.status, status));
  const [rows, [all], byStatus] = await Promise.all([
    db.select(appealColumns).from(appeals).innerJoin(users, eq(users.id, appeals.userId)).where(wanted).orderBy(down ? desc(appeals.id) : asc(appeals.id)).limit(limit).offset(offset),
    db.select({ total: count() }).from(appeals).innerJoin(users, eq(users.id, appeals.userId)).where(wanted),
    db.select({ status: appeals.status, total: count() }).from(appeals).innerJoin(users, eq(users.id, appeals.userId)).where(isToldTo(viewer)).groupBy(appeals.status),
  ]);
  const of = (each: AppealStatus): number => byStatus.find((row) => row.status === each)?.total ?? 0;
  return { appeals: rows.map(withoutAddress), total: all?.total ?? 0, counts: Object.fromEntries(APPEAL_STATUSES.map((each) => [each, of(each)])) as Record<AppealStatus, number> };
}

export type StaffAppeal = AppealRow & { role: "shopper" | "staff" | "owner"; answer: string | null; decidedAt: Date | null; deciderName: string | null; account: AccountState; alerts: { id: number; rule: RiskRule; status: AlertStatus }[] };

const ALERTS_SHOWN_MAX = 10;

/** An appeal that the viewer is told of. */
export async function findAppeal(db: Db, id: number, viewer: Viewer, now: Date): Promise<StaffAppeal | null> {
  const deciders = alias(users, "deciders");
  const [row] = await db
    .select({
      ...appealColumns, role: users.role, answer: appeals.answer, decidedAt: appeals.decidedAt, deciderName: deciders.username,
      account: { status: pointAccounts.status, statusReason: pointAccounts.statusReason, frozenUntil: pointAccounts.frozenUntil, isHeld: pointAccounts.isHeld },
    })
    .from(appeals).innerJoin(users, eq(users.id, appeals.userId)).innerJoin(pointAccounts, eq(pointAccounts.userId, appeals.userId)).leftJoin(deciders, eq(deciders.id, appeals.decidedBy))
    .where(and(eq(appeals.id, id), isToldTo(viewer)));
  if (!row) return null;
  const alerts = await db.select({ id: riskAlerts.id, rule: riskAlerts.rule, status: riskAlerts.status }).from(riskAlerts).where(eq(riskAlerts.userId, row.userId)).orderBy(desc(riskAlerts.id)).limit(ALERTS_SHOWN_MAX);
  return { ...withoutAddress(row), account: { ...row.account, status: statusAt(row.account.status, row.account.frozenUntil, now) }, alerts };
}

/** Open alerts about a person, for their own page. */
export async function listOpenAlertsOf(db: Db, userId: number): Promise<{ id: number; rule: RiskRule; mode: RiskMode }[]> {
  return db.select({ id: riskAlerts.id, rule: riskAlerts.rule, mode: riskAlerts.mode }).from(riskAlerts)
    .where(and(eq(riskAlerts.userId, userId), inArray(riskAlerts.status, ["open"]))).orderBy(asc(riskAlerts.id)).limit(ALERTS_SHOWN_MAX);
}
