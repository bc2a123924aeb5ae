import type { Day } from "@/lib/day";

import type { WindowDays } from "./range";
import { shareOf, tableOf, type ReportTable } from "./table";

/**
 * Distinct people of a window of days. A step implies the one before it: who received an order had paid it, who placed one had looked at a
 * product, who looked had visited, whether or not that was noted, so no step is wider than the one before.
 * Orders count by the day on which they were placed: `paid` is paid whatever became of it later, `received` is completed.
 */
export const FUNNEL_STEPS = ["visited", "viewed", "ordered", "paid", "received"] as const;
export type FunnelStep = (typeof FUNNEL_STEPS)[number];

export type FunnelRow = { step: FunnelStep; people: number; ofFirst: number | null; ofPrevious: number | null };
export type FunnelReport = { asOf: Day | null; windowDays: WindowDays; steps: FunnelRow[] };

export function funnelOf(asOf: Day | null, windowDays: WindowDays, people: ReadonlyMap<string, number>): FunnelReport {
  const many = FUNNEL_STEPS.map((step) => people.get(step) ?? 0);
  const steps = FUNNEL_STEPS.map((step, index): FunnelRow => ({
    step, people: many[index]!, ofFirst: shareOf(many[index]!, many[0]!), ofPrevious: index === 0 ? null : shareOf(many[index]!, many[index - 1]!),
  }));
  return { asOf, windowDays, steps };
}

export const funnelTable = ({ steps }: FunnelReport): ReportTable => tableOf(steps, ["step", "people", "ofFirst", "ofPrevious"]);
