import { addMonths, firstOfMonth, type Day } from "@/lib/day";

import { liabilityCents } from "./series";
import { shareOf, type ReportTable } from "./table";

/** Ages of points at the end of the day, in days since their lot was opened; `upTo` null is "older". */
export const AGE_BANDS = [30, 90, 180, 365, null] as const;

/** Lots of months that are further back than this say how many points expire unspent. */
export const BREAKAGE_MONTHS = 12;

/** Points that expire in a month, "YYYY-MM"; `never` has no end. Lots that slide are placed by where their end was when this was read. */
export type ExpiryMonth = { month: string | "never"; points: number; cents: number };
export type AgeBand = { from: number; upTo: number | null; points: number; cents: number };

/**
 * How many points will expire unspent, by those of the past: of lots opened before the month twelve months back, the points that
 * expired (by entries of kind `expire`) divided by the points granted. `points` is that part of the outstanding ones, rounded
 * down: a debt is never stated too low. All null while no such lot was ever granted.
 */
export type Breakage = { cohortGranted: number; cohortExpired: number; rate: number | null; points: number | null; cents: number | null };

/**
 * What the shop owes in points at the end of `asOf`, read in one consistent snapshot of the books.
 * Always: lotPoints = outstandingPoints + overduePoints = ledgerPoints + debtPoints.
 */
export type LiabilityReport = {
  asOf: Day;
  pointsPerYuan: number;
  /** In lots that had not expired: what people could spend; frozen people's too. The liability. */
  outstandingPoints: number;
  outstandingCents: number;
  /** In lots that had expired and were not swept yet: nobody can spend them. */
  overduePoints: number;
  /** All that was in lots: the sum of lots. */
  lotPoints: number;
  /** The sum of the ledger's entries up to the end of the day. */
  ledgerPoints: number;
  /** What people owe the shop: their next earnings pay it first. It lowers no liability. */
  debtPoints: number;
  /** Earned and not to be spent yet: in no lot. Beside the liability, with what it would add. */
  pendingPoints: number;
  pendingCents: number;
  /** Of the outstanding points, those of frozen accounts. */
  frozenPoints: number;
  /** Whether the sums of lots, ledger and debt agree; the invariants say the same for each person. */
  isBalanced: boolean;
  schedule: ExpiryMonth[];
  ages: AgeBand[];
  breakage: Breakage;
};

/** Items of a liability's snapshot. */
export const LIABILITY_ITEMS = { outstanding: "outstanding", overdue: "overdue", lots: "lots", ledger: "ledger", debt: "debt", pending: "pending", frozen: "frozen" } as const;
export const expiryItem = (month: string): string => `expires:${month}`;
export const ageItem = (upTo: number | null): string => `age:${upTo ?? "more"}`;
export const BREAKAGE_GRANTED = "breakage:granted";
export const BREAKAGE_EXPIRED = "breakage:expired";

/** The first day of the month before which lots count for breakage. */
export const breakageBefore = (asOf: Day): Day => addMonths(firstOfMonth(asOf), -BREAKAGE_MONTHS);

export function liabilityOf(asOf: Day, items: ReadonlyMap<string, number>, pointsPerYuan: number): LiabilityReport {
  const of = (item: string): number => items.get(item) ?? 0;
  const cents = (points: number): number => liabilityCents(points, pointsPerYuan);
  const outstanding = of(LIABILITY_ITEMS.outstanding);
  const [granted, expired] = [of(BREAKAGE_GRANTED), of(BREAKAGE_EXPIRED)];
  const breakagePoints = granted === 0 ? null : Math.floor((outstanding * expired) / granted);
  return {
    asOf, pointsPerYuan,
    outstandingPoints: outstanding, outstandingCents: cents(outstanding),
    overduePoints: of(LIABILITY_ITEMS.overdue), lotPoints: of(LIABILITY_ITEMS.lots), ledgerPoints: of(LIABILITY_ITEMS.ledger), debtPoints: of(LIABILITY_ITEMS.debt),
    pendingPoints: of(LIABILITY_ITEMS.pending), pendingCents: cents(of(LIABILITY_ITEMS.pending)), frozenPoints: of(LIABILITY_ITEMS.frozen),
    isBalanced: of(LIABILITY_ITEMS.lots) === outstanding + of(LIABILITY_ITEMS.overdue) && of(LIABILITY_ITEMS.lots) === of(LIABILITY_ITEMS.ledger) + of(LIABILITY_ITEMS.debt),
    schedule: scheduleOf(items, cents),
    ages: AGE_BANDS.map((upTo, index) => ({ from: index === 0 ? 0 : (AGE_BANDS[index - 1] ?? 0) + 1, upTo, points: of(ageItem(upTo)), cents: cents(of(ageItem(upTo))) })),
    breakage: {
      cohortGranted: granted, cohortExpired: expired, rate: shareOf(expired, granted), points: breakagePoints,
      cents: breakagePoints === null ? null : Math.floor((breakagePoints * 100) / pointsPerYuan),
    },
  };
}

/** By month, those without an end last. */
function scheduleOf(items: ReadonlyMap<string, number>, cents: (points: number) => number): ExpiryMonth[] {
  const prefix = expiryItem("");
  return [...items]
    .filter(([item]) => item.startsWith(prefix))
    .map(([item, points]) => ({ month: item.slice(prefix.length), points, cents: cents(points) }))
    .sort((a, b) => (a.month < b.month ? -1 : 1));
}

export const liabilityScheduleTable = ({ schedule }: LiabilityReport): ReportTable => ({ columns: ["month", "points", "cents"], rows: schedule.map(({ month, points, cents }) => [month, points, cents]) });
export const liabilityAgesTable = ({ ages }: LiabilityReport): ReportTable => ({ columns: ["from", "upTo", "points", "cents"], rows: ages.map(({ from, upTo, points, cents }) => [from, upTo, points, cents]) });
export const liabilitySumsTable = (report: LiabilityReport): ReportTable => ({
  columns: ["figure", "points", "cents"],
  rows: [
    ["outstanding", report.outstandingPoints, report.outstandingCents], ["overdue", report.overduePoints, null], ["lots", report.lotPoints, null], ["ledger", report.ledgerPoints, null],
    ["debt", report.debtPoints, null], ["pending", report.pendingPoints, report.pendingCents], ["frozen", report.frozenPoints, null], ["breakage", report.breakage.points, report.breakage.cents],
  ],
});

/** The liability at the end of each of some days, for a chart. */
export type LiabilityDay = { day: Day; outstandingPoints: number; outstandingCents: number };
export const liabilityDaysTable = (days: readonly LiabilityDay[]): ReportTable => ({ columns: ["day", "points", "cents"], rows: days.map(({ day, outstandingPoints, outstandingCents }) => [day, outstandingPoints, outstandingCents]) });
