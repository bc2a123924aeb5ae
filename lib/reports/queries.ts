import "server-only";

import { and, gte, lte, notInArray, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { orders, pointAccounts, pointLots, pointsTransactions, users } from "@/db/schema";
import { countUsers } from "@/lib/accounts/staff-queries";
import { countLowStock } from "@/lib/catalog/staff-queries";
import { addDays, dayOf, parseDay, startOfDay, type Day } from "@/lib/day";
import { countOrdersByStatus, countWaitingOrders } from "@/lib/orders/staff-queries";
import type { Policy } from "@/lib/settings/policy";

import { changeSince, dailySeries, flowBetween, liabilityCents, type DayFigures, type DaySum } from "./series";

export const REPORT_DAYS = 30;

/** What waits for the shop. Read anew each time. */
export type WorkQueue = { toShip: number; pendingPayment: number; lowStock: number; frozen: number };

/** Figures of the last 30 programme days, today included, beside the 30 before; and what the shop owes in points. */
export type Figures = {
  issued30: number;
  spent30: number;
  expired30: number;
  newUsers30: number;
  redeemed30: number;
  deltas: { issued: number | null; spent: number | null; newUsers: number | null; redeemed: number | null };
  daily: DayFigures[];
  outstandingPoints: number;
  outstandingCents: number;
  asOf: Date;
};

export type Overview = WorkQueue & Figures;

export async function getOverview(db: Db, now: Date, policy: Policy): Promise<Overview> {
  const [queue, figures] = await Promise.all([getWorkQueue(db, policy), getFigures(db, now, policy)]);
  return { ...queue, ...figures };
}

export async function getWorkQueue(db: Db, policy: Pick<Policy, "lowStock">): Promise<WorkQueue> {
  const [byStatus, toShip, lowStock, frozen] = await Promise.all([
    countOrdersByStatus(db),
    countWaitingOrders(db),
    countLowStock(db, policy.lowStock),
    countUsers(db, { roles: ["shopper"], status: "frozen" }),
  ]);
  return { toShip, pendingPayment: byStatus.pending, lowStock, frozen };
}

const countAll = sql<number>`count(*)`.mapWith(Number);

/** Sums over the whole ledger are kept for so long: many may look at the overview, and one reads. */
const FIGURES_FRESH_MS = 30_000;

const shared = globalThis as { pointsMallFigures?: { readAt: number; figures: Promise<Figures> } };

/** The figures, at most half a minute old; `asOf` tells. */
export function getRecentFigures(db: Db, now: Date, policy: Policy): Promise<Figures> {
  const known = shared.pointsMallFigures;
  if (known && Math.abs(now.getTime() - known.readAt) < FIGURES_FRESH_MS) return known.figures;
  const figures = getFigures(db, now, policy);
  shared.pointsMallFigures = { readAt: now.getTime(), figures };
  figures.catch(() => (shared.pointsMallFigures = undefined));
  return figures;
}

export async function getFigures(db: Db, now: Date, policy: Pick<Policy, "timeZone" | "pointsPerYuan">): Promise<Figures> {
  const today = dayOf(now, policy.timeZone);
  const first = addDays(today, 1 - REPORT_DAYS);
  const before = addDays(first, -REPORT_DAYS);
  const starts = { first: startOfDay(first, policy.timeZone), before: startOfDay(before, policy.timeZone) };
  const [sums, newUsers, redeemed, outstandingPoints] = await Promise.all([
    sumByDay(db, before, today), countNewUsers(db, starts), countRedeemed(db, starts), sumOutstanding(db, now),
  ]);
  const recent = flowBetween(sums, first, today);
  const earlier = flowBetween(sums, before, addDays(first, -1));
  return {
    issued30: recent.issued,
    spent30: recent.spent,
    expired30: recent.expired,
    newUsers30: newUsers.recent,
    redeemed30: redeemed.recent,
    deltas: {
      issued: changeSince(earlier.issued, recent.issued),
      spent: changeSince(earlier.spent, recent.spent),
      newUsers: changeSince(newUsers.earlier, newUsers.recent),
      redeemed: changeSince(redeemed.earlier, redeemed.recent),
    },
    daily: dailySeries(sums, today, REPORT_DAYS),
    outstandingPoints,
    outstandingCents: liabilityCents(outstandingPoints, policy.pointsPerYuan),
    asOf: now,
  };
}

async function sumByDay(db: Db, first: Day, last: Day): Promise<DaySum[]> {
  const rows = await db
    .select({
      day: pointsTransactions.localDay,
      kind: pointsTransactions.kind,
      pointsIn: sql<number>`sum(greatest(${pointsTransactions.pointsChange}, 0))`.mapWith(Number),
      pointsOut: sql<number>`-sum(least(${pointsTransactions.pointsChange}, 0))`.mapWith(Number),
    })
    .from(pointsTransactions)
    .where(and(gte(pointsTransactions.localDay, first), lte(pointsTransactions.localDay, last)))
    .groupBy(pointsTransactions.localDay, pointsTransactions.kind);
  return rows.map((row) => ({ ...row, day: parseDay(row.day) }));
}

type Starts = { first: Date; before: Date };
type Pair = { recent: number; earlier: number };

async function countNewUsers(db: Db, { first, before }: Starts): Promise<Pair> {
  const [row] = await db
    .select({ recent: countSince(users.createdAt, first), all: countAll })
    .from(users)
    .where(gte(users.createdAt, before));
  return pairOf(row);
}

async function countRedeemed(db: Db, { first, before }: Starts): Promise<Pair> {
  const [row] = await db
    .select({ recent: countSince(orders.createdAt, first), all: countAll })
    .from(orders)
    .where(and(gte(orders.createdAt, before), notInArray(orders.status, ["cancelled", "refunded"])));
  return pairOf(row);
}

const countSince = (column: typeof users.createdAt | typeof orders.createdAt, since: Date) => sql<number>`coalesce(sum(${column} >= ${since}), 0)`.mapWith(Number);

const pairOf = (row: { recent: number; all: number } | undefined): Pair => ({ recent: row?.recent ?? 0, earlier: (row?.all ?? 0) - (row?.recent ?? 0) });

/** Points that people could spend now: all balances, less what has expired and was not swept yet. */
async function sumOutstanding(db: Db, now: Date): Promise<number> {
  const [[balances], [overdue]] = await Promise.all([
    db.select({ points: sql<number>`coalesce(sum(${pointAccounts.pointsBalance}), 0)`.mapWith(Number) }).from(pointAccounts),
    db.select({ points: sql<number>`coalesce(sum(${pointLots.pointsRemaining}), 0)`.mapWith(Number) }).from(pointLots).where(lte(pointLots.openUntil, now)),
  ]);
  return (balances?.points ?? 0) - (overdue?.points ?? 0);
}
