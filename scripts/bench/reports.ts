import { isDeepStrictEqual } from "node:util";

import type { RowDataPacket } from "mysql2/promise";

import { db, pool } from "@/db/client";
import { currentTime } from "@/lib/clock";
import { addDays, dayOf } from "@/lib/day";
import { restartReports, rollUp } from "@/lib/jobs/roll-up";
import { getProductReport, getRuleReport } from "@/lib/reports/effect-queries";
import { getPointsReport } from "@/lib/reports/flow-queries";
import { findLiability } from "@/lib/reports/liability-queries";
import { getActivity, getFunnel, getRepurchase, getRetention, getRfm, getWeeklyCohorts } from "@/lib/reports/people-queries";
import { rangeEnding } from "@/lib/reports/range";
import { getPolicy } from "@/lib/settings/queries";

import {
  activityDirectly, DIRECT_ZONE, funnelDirectly, liabilityDirectly, pointsDirectly, productsDirectly, repurchaseDirectly, retentionDirectly, rfmDirectly, ruleReachDirectly, weeksDirectly,
} from "./reports-direct";
import { ENTRIES_PER_USER, loadHistory } from "./reports-load";
import { measureWallet, type WalletFigures } from "./wallet";

const USERS = 1_000_000;
const TARGET_MS = 1_000;
const READS = 5;

type Comparison = { name: string; rolled: () => Promise<unknown>; direct: () => Promise<unknown> };
type Line = { name: string; rolledMs: number; directMs: number; agrees: boolean };

const say = (text: string): void => console.error(text);

/**
 * `npm run bench reports`: a shop of a million people and ten million ledger rows, its roll-up made from nothing, and each report read from it
 * and asked of the books; and what a wallet costs among so many. Exits with an error when two answers differ or a report takes longer than a second. `--scale 0.1` tries it smaller.
 */
export async function benchReports(args: readonly string[]): Promise<void> {
  const scale = Number(/^[\d.]+$/.exec(args[args.indexOf("--scale") + 1] ?? "")?.[0] ?? 1);
  const users = Math.round(USERS * scale);
  const now = currentTime();
  const today = dayOf(now, DIRECT_ZONE);
  await timed(`loading ${users.toLocaleString("en")} people and ${(users * ENTRIES_PER_USER).toLocaleString("en")} ledger rows`, () => loadHistory(users, today, say));
  const wallet = await measureWallet(users);
  await restartReports(now, null);
  const first = await timed("roll-up from nothing", () => rollUp(now, Infinity, { liabilityDaysBack: 0 }));
  say(JSON.stringify(first.value));
  const again = await timed("roll-up again, with little new", () => rollUp(now, Infinity, { liabilityDaysBack: 0 }));
  const lines: Line[] = [];
  for (const comparison of await comparisons(addDays(today, -1))) lines.push(await compare(comparison));
  const isFast = lines.every(({ rolledMs, agrees }) => agrees && rolledMs <= TARGET_MS);
  const figures = { users, ledgerRows: users * ENTRIES_PER_USER, rebuildSeconds: first.seconds, againSeconds: again.seconds, reports: lines, wallet };
  console.log(args.includes("--json") ? JSON.stringify(figures, null, 1) : printed(figures.rebuildSeconds, figures.againSeconds, lines, wallet));
  if (!isFast) process.exitCode = 1;
}

async function comparisons(asOf: ReturnType<typeof dayOf>): Promise<Comparison[]> {
  const { pointsPerYuan } = await getPolicy(db());
  const policy = { pointsPerYuan };
  const [month, quarter, year] = [rangeEnding(asOf, 30), rangeEnding(asOf, 90), rangeEnding(asOf, 365)];
  const withRules = async (range: typeof month) => {
    const { rules, ...report } = await getPointsReport(db(), range);
    return { ...report, rules: Object.fromEntries(rules.map(({ ruleId, points, entries }) => [String(ruleId), [points, entries]])) };
  };
  return [
    { name: "points by day and source, 30 days", rolled: () => withRules(month), direct: () => pointsDirectly(ask, month) },
    { name: "points by day and source, a year", rolled: () => withRules(year), direct: () => pointsDirectly(ask, year) },
    { name: "D1, D7, D30 retention, 90 days", rolled: () => getRetention(db(), quarter), direct: () => retentionDirectly(ask, quarter, asOf) },
    { name: "weekly cohorts, a year", rolled: () => getWeeklyCohorts(db(), year), direct: () => weeksDirectly(ask, year, asOf) },
    { name: "DAU, MAU, stickiness, 7 days", rolled: () => getActivity(db(), rangeEnding(asOf, 7)), direct: () => activityDirectly(ask, rangeEnding(asOf, 7), asOf) },
    { name: "repurchase and gaps", rolled: () => getRepurchase(db()), direct: () => repurchaseDirectly(ask, asOf) },
    { name: "RFM groups", rolled: async () => Object.fromEntries((await getRfm(db())).groups.map(({ group, people }) => [group, people])), direct: () => rfmDirectly(ask, asOf, pointsPerYuan) },
    { name: "funnel, 30 days", rolled: () => getFunnel(db(), 30), direct: () => funnelDirectly(ask, asOf, 30) },
    { name: "products, 90 days", rolled: async () => productSums((await getProductReport(db(), quarter)).rows), direct: () => productsDirectly(ask, quarter) },
    { name: "people by rule, 30 days", rolled: async () => Object.fromEntries((await getRuleReport(db(), 30)).rows.filter(({ people }) => people > 0).map(({ ruleId, people }) => [String(ruleId), people])), direct: () => ruleReachDirectly(ask, asOf, 30) },
    {
      name: "liability", direct: () => liabilityDirectly(ask, asOf),
      rolled: async () => {
        const report = (await findLiability(db(), policy))!;
        return { lots: report.lotPoints, outstanding: report.outstandingPoints, overdue: report.overduePoints, ledger: report.ledgerPoints, debt: report.debtPoints };
      },
    },
  ];
}

/** Products that did something, by their id. */
export const productSums = (rows: Awaited<ReturnType<typeof getProductReport>>["rows"]): Record<string, unknown> =>
  Object.fromEntries(rows
    .map(({ productId, views, orders, pieces, points, cashCents, refundedPieces, refundedPoints, refundedCents }) => [String(productId), { views, orders, pieces, points, cashCents, refundedPieces, refundedPoints, refundedCents }] as const)
    .filter(([, sums]) => Object.values(sums).some((value) => value !== 0)));

async function compare({ name, rolled, direct }: Comparison): Promise<Line> {
  const times: number[] = [];
  let answer: unknown;
  for (let read = 0; read < READS; read++) {
    const startedAt = performance.now();
    answer = await rolled();
    times.push(performance.now() - startedAt);
  }
  const startedAt = performance.now();
  const asked = await direct();
  const line = { name, rolledMs: times.sort((a, b) => a - b)[Math.floor(READS / 2)]!, directMs: performance.now() - startedAt, agrees: isDeepStrictEqual(sorted(answer), sorted(asked)) };
  say(`${name}: ${line.rolledMs.toFixed(1)} ms, ${line.directMs.toFixed(0)} ms directly${line.agrees ? "" : ", DIFFERENT"}`);
  return line;
}

/** Objects with their fields in one order, so that equal ones are equal. */
const sorted = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_, each: unknown) => (each && typeof each === "object" && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each)));

/** On a connection without a limit of time: what it takes is what is measured. */
async function ask(sql: string, values: readonly (string | number | Date)[] = []): Promise<RowDataPacket[]> {
  const connection = await pool().getConnection();
  try {
    await connection.query("SET SESSION max_execution_time = 0, tmp_table_size = 1073741824, max_heap_table_size = 1073741824");
    const [rows] = await connection.query<RowDataPacket[]>(sql, [...values]);
    return rows;
  } finally {
    connection.destroy();
  }
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  say(what);
  const startedAt = performance.now();
  const value = await work();
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  say(`  ${seconds} s`);
  return { value, seconds };
}

function printed(rebuildSeconds: number, againSeconds: number, lines: readonly Line[], wallet: WalletFigures): string {
  const table = [["report", "roll-up ms", "direct ms", "ratio", "both agree"], ...lines.map(({ name, rolledMs, directMs, agrees }) => [name, rolledMs.toFixed(1), directMs.toFixed(0), `${Math.round(directMs / rolledMs).toLocaleString("en")} ×`, agrees ? "yes" : "NO"])];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const rows = table.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join("  "));
  return [...rows, "", `roll-up from nothing ${rebuildSeconds} s, again with little new ${againSeconds} s`, `wallet ${wallet.walletMs.toFixed(2)} ms, ${wallet.ratio.toFixed(1)} × a select by primary key (${wallet.selectMs.toFixed(2)} ms)`].join("\n");
}
