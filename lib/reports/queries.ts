import "server-only";

import { lte, sql } from "drizzle-orm";

import type { Db } from "@/db/client";
import { pointAccounts, pointLots } from "@/db/schema";
import { addDays, dayOf } from "@/lib/day";
import type { Policy } from "@/lib/settings/policy";

import { listLedgerSums } from "./flow-queries";
import { rangeEnding, type DayRange } from "./range";
import { changeSince, dailySeries, flowBetween, liabilityCents, type DayFigures } from "./series";
import { findSnapshot, getReportState, listFacts } from "./state-queries";

export const REPORT_DAYS = 30;

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

/** The figures of the overview, from what the roll-up has made: `asOf` tells when. */
export async function getFigures(db: Db, now: Date, policy: Pick<Policy, "timeZone" | "pointsPerYuan">): Promise<Figures> {
  const today = dayOf(now, policy.timeZone);
  const recently = rangeEnding(today, REPORT_DAYS);
  const before = rangeEnding(addDays(recently.first, -1), REPORT_DAYS);
  const both = { first: before.first, last: today };
  const [state, sums, counted, outstanding] = await Promise.all([
    getReportState(db), listLedgerSums(db, both), listFacts(db, ["users.registered", "orders.placed", "orders.undone"], both), findSnapshot(db, OUTSTANDING),
  ]);
  const recent = flowBetween(sums, recently.first, recently.last);
  const earlier = flowBetween(sums, before.first, before.last);
  const count = (metric: string, { first, last }: DayRange): number => counted.filter((fact) => fact.metric === metric && fact.day >= first && fact.day <= last).reduce((sum, { value }) => sum + value, 0);
  const redeemed = (range: DayRange): number => count("orders.placed", range) - count("orders.undone", range);
  const newUsers = { earlier: count("users.registered", before), recent: count("users.registered", recently) };
  const outstandingPoints = outstanding.items.get("points") ?? 0;
  return {
    issued30: recent.issued,
    spent30: recent.spent,
    expired30: recent.expired,
    newUsers30: newUsers.recent,
    redeemed30: redeemed(recently),
    deltas: {
      issued: changeSince(earlier.issued, recent.issued),
      spent: changeSince(earlier.spent, recent.spent),
      newUsers: changeSince(newUsers.earlier, newUsers.recent),
      redeemed: changeSince(redeemed(before), redeemed(recently)),
    },
    daily: dailySeries(sums, today, REPORT_DAYS),
    outstandingPoints,
    outstandingCents: liabilityCents(outstandingPoints, policy.pointsPerYuan),
    asOf: state.builtAt ?? now,
  };
}

/** The report of `sumOutstanding`. */
export const OUTSTANDING = "outstanding";

/** Points that people could spend now: all balances, less what has expired and was not swept yet. */
export async function sumOutstanding(db: Db, now: Date): Promise<number> {
  const [[balances], [overdue]] = await Promise.all([
    db.select({ points: sql<number>`coalesce(sum(${pointAccounts.pointsBalance}), 0)`.mapWith(Number) }).from(pointAccounts),
    db.select({ points: sql<number>`coalesce(sum(${pointLots.pointsRemaining}), 0)`.mapWith(Number) }).from(pointLots).where(lte(pointLots.openUntil, now)),
  ]);
  return (balances?.points ?? 0) - (overdue?.points ?? 0);
}
