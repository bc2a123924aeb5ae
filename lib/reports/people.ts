import { daysBetween, type Day } from "@/lib/day";
import { RFM_GROUPS, type RfmGroup } from "@/lib/segments/segment";

import { shareOf, tableOf, type ReportTable } from "./table";

/**
 * Recency, frequency and value of a person's kept orders (paid, shipped or completed; neither waiting, cancelled nor refunded whole).
 * Bands are fixed, so that a person's score says the same in every shop and on every day, and moves only with what the person does:
 *
 * | score | recency: days since the last order | frequency: kept orders | value: cash and points by the points' value |
 * |---|---|---|---|
 * | 5 | up to 14 | 10 and more | 1,000 yuan and more |
 * | 4 | up to 30 | 5 to 9 | 500 yuan and more |
 * | 3 | up to 60 | 3 or 4 | 200 yuan and more |
 * | 2 | up to 120 | 2 | 50 yuan and more |
 * | 1 | more | 1 | less |
 */
export const RECENCY_DAYS = [14, 30, 60, 120] as const;
export const FREQUENCY_ORDERS = [10, 5, 3, 2] as const;
export const VALUE_CENTS = [100_000, 50_000, 20_000, 5_000] as const;

/**
 * champions: recency 4 or 5, frequency 4 or 5, value 3 or more. loyal: recency 3 or more and frequency 3 or more.
 * new: one order, recency 4 or 5. promising: the others of recency 3 or more. at_risk: recency 1 or 2, and frequency 3 or more or value 4 or more.
 * lost: recency 1 without that. sleeping: recency 2 without that. The first that fits, in this order.
 */
export { RFM_GROUPS, type RfmGroup };

export type RfmScores = { recency: number; frequency: number; value: number };

const atMost = (value: number, limits: readonly number[]): number => 5 - (limits.findIndex((limit) => value <= limit) + 5) % 5;
const atLeast = (value: number, limits: readonly number[]): number => 5 - (limits.findIndex((limit) => value >= limit) + 5) % 5;

export const scoresOf = (order: { lastOrderOn: Day; orders: number; valueCents: number }, asOf: Day): RfmScores => ({
  recency: atMost(daysBetween(order.lastOrderOn, asOf), RECENCY_DAYS),
  frequency: atLeast(order.orders, FREQUENCY_ORDERS),
  value: atLeast(order.valueCents, VALUE_CENTS),
});

export function rfmGroupOf({ recency, frequency, value }: RfmScores): RfmGroup {
  if (recency >= 4 && frequency >= 4 && value >= 3) return "champions";
  if (recency >= 3 && frequency >= 3) return "loyal";
  if (recency >= 4 && frequency === 1) return "new";
  if (recency >= 3) return "promising";
  if (frequency >= 3 || value >= 4) return "at_risk";
  return recency === 2 ? "sleeping" : "lost";
}

export type RfmRow = { group: RfmGroup; people: number; share: number | null; orders: number; valueCents: number };
export type RfmReport = { asOf: Day | null; people: number; groups: RfmRow[] };

/** Days between one kept order of a person and their next, in bands; `upTo` null is "longer". */
export const GAP_BANDS = [0, 1, 3, 7, 14, 30, 60, 90, 180, null] as const;
export type GapBand = { from: number; upTo: number | null; gaps: number };

export type RepurchaseReport = {
  asOf: Day | null;
  /** People with one kept order or more, and with two or more. */
  buyers: number;
  repeatBuyers: number;
  rate: number | null;
  /** Kept orders by how many each person has: 1, 2, 3, 4, 5 and more. */
  byOrders: { orders: number; people: number }[];
  gaps: GapBand[];
  /** The middle of all days between orders: half are shorter or equal. Null without any. */
  medianGapDays: number | null;
};

/** `gapDays` counts gaps by their days. */
export function repurchaseOf(asOf: Day | null, byOrders: ReadonlyMap<number, number>, gapDays: ReadonlyMap<number, number>): RepurchaseReport {
  const people = (from: number): number => [...byOrders].filter(([orders]) => orders >= from).reduce((sum, [, many]) => sum + many, 0);
  const [buyers, repeatBuyers] = [people(1), people(2)];
  return {
    asOf, buyers, repeatBuyers, rate: shareOf(repeatBuyers, buyers),
    byOrders: [1, 2, 3, 4, 5].map((orders) => ({ orders, people: orders === 5 ? people(5) : (byOrders.get(orders) ?? 0) })),
    gaps: bandsOf(gapDays),
    medianGapDays: medianOf(gapDays),
  };
}

function bandsOf(gapDays: ReadonlyMap<number, number>): GapBand[] {
  return GAP_BANDS.map((upTo, index) => {
    const from = index === 0 ? 0 : (GAP_BANDS[index - 1] ?? 0) + 1;
    const within = [...gapDays].filter(([days]) => days >= from && (upTo === null || days <= upTo));
    return { from, upTo, gaps: within.reduce((sum, [, many]) => sum + many, 0) };
  });
}

/** The lower middle of a counted list. */
export function medianOf(counted: ReadonlyMap<number, number>): number | null {
  const sorted = [...counted].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, many]) => sum + many, 0);
  let passed = 0;
  for (const [value, many] of sorted) {
    passed += many;
    if (passed * 2 >= total && many > 0) return value;
  }
  return null;
}

export const rfmTable = ({ groups }: RfmReport): ReportTable => tableOf(groups, ["group", "people", "share", "orders", "valueCents"]);
export const gapsTable = ({ gaps }: RepurchaseReport): ReportTable => tableOf(gaps, ["from", "upTo", "gaps"]);
export const repurchaseTable = ({ byOrders }: RepurchaseReport): ReportTable => tableOf(byOrders, ["orders", "people"]);
