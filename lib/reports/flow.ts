import type { Day } from "@/lib/day";
import { ENTRY_KINDS, type EntryKind } from "@/lib/points/ledger";

import { daysIn, type DayRange } from "./range";
import { grouped, tableOf, type ReportTable } from "./table";

/** What the ledger's entries amount to. All are counted upwards but `net`, which is what the ledger's sum changed by. */
export type PointsFlow = {
  /** Earned by rules, tasks, draws. */
  issued: number;
  spent: number;
  expired: number;
  /** Came back with a cancelled or refunded order. */
  restored: number;
  /** Taken back because its cause was undone, into debt too. */
  clawedBack: number;
  /** By hand, in favour and against. */
  adjustedIn: number;
  adjustedOut: number;
  net: number;
};

export type PointsDay = PointsFlow & { day: Day };
/** `source` is the ledger's source_type: check_in, purchase, order, expiry, adjustment … */
export type PointsSource = PointsFlow & { source: string };
export type PointsRule = { ruleId: number; name: string; nameEn: string; action: string; points: number; entries: number };

export type PointsReport = { range: DayRange; days: PointsDay[]; sources: PointsSource[]; rules: PointsRule[]; totals: PointsFlow };

/** One sum of the roll-up: entries of one kind, day and source, those in favour of people and those against apart. */
export type LedgerSum = { day: Day; kind: EntryKind; source: string; pointsIn: number; pointsOut: number };

/** The names of the sums by kind of entry and direction; their item is the source. */
export const inMetric = (kind: EntryKind): string => `in.${kind}`;
export const outMetric = (kind: EntryKind): string => `out.${kind}`;
export const LEDGER_METRICS: readonly string[] = ENTRY_KINDS.flatMap((kind) => [inMetric(kind), outMetric(kind)]);

export const noFlow = (): PointsFlow => ({ issued: 0, spent: 0, expired: 0, restored: 0, clawedBack: 0, adjustedIn: 0, adjustedOut: 0, net: 0 });

/** Adds up sums. An entry of the unusual direction lowers what its kind counts, so that `net` is always the ledger's change. */
export function flowOf(sums: readonly Pick<LedgerSum, "kind" | "pointsIn" | "pointsOut">[]): PointsFlow {
  const flow = noFlow();
  for (const { kind, pointsIn, pointsOut } of sums) {
    flow.net += pointsIn - pointsOut;
    switch (kind) {
      case "earn": flow.issued += pointsIn - pointsOut; break;
      case "spend": flow.spent += pointsOut - pointsIn; break;
      case "expire": flow.expired += pointsOut - pointsIn; break;
      case "restore": flow.restored += pointsIn - pointsOut; break;
      case "claw_back": flow.clawedBack += pointsOut - pointsIn; break;
      case "adjust": flow.adjustedIn += pointsIn; flow.adjustedOut += pointsOut; break;
    }
  }
  return flow;
}

/** One row for each day of the range, quiet ones too. */
export function flowByDay(sums: readonly LedgerSum[], range: DayRange): PointsDay[] {
  const byDay = grouped(sums, ({ day }) => day);
  return daysIn(range).map((day) => ({ day, ...flowOf(byDay.get(day) ?? []) }));
}

/** One row for each source, those that moved most first. */
export function flowBySource(sums: readonly LedgerSum[]): PointsSource[] {
  const moved = (of: readonly LedgerSum[]): number => of.reduce((points, { pointsIn, pointsOut }) => points + pointsIn + pointsOut, 0);
  return [...grouped(sums, ({ source }) => source)]
    .sort(([a, first], [b, second]) => moved(second) - moved(first) || (a < b ? -1 : 1))
    .map(([source, of]) => ({ source, ...flowOf(of) }));
}

const FLOW_COLUMNS = ["issued", "spent", "expired", "restored", "clawedBack", "adjustedIn", "adjustedOut", "net"] as const;

export const pointsByDayTable = ({ days }: PointsReport): ReportTable => tableOf(days, ["day", ...FLOW_COLUMNS]);
export const pointsBySourceTable = ({ sources }: PointsReport): ReportTable => tableOf(sources, ["source", ...FLOW_COLUMNS]);
export const pointsByRuleTable = ({ rules }: PointsReport): ReportTable => tableOf(rules, ["ruleId", "name", "nameEn", "action", "points", "entries"]);
