import "server-only";

import type { Reading } from "../../(shop)/reading";
import { oneOf } from "../reading";
import { periodOf, type Period } from "./period";
import type { Day } from "@/lib/day";
import { activityTable } from "@/lib/reports/activity";
import { getProductReport, getRuleReport, getTaskReport } from "@/lib/reports/effect-queries";
import { rulesTable, tasksTable } from "@/lib/reports/effects";
import { pointsByDayTable, pointsByRuleTable, pointsBySourceTable } from "@/lib/reports/flow";
import { getPointsReport } from "@/lib/reports/flow-queries";
import { funnelTable } from "@/lib/reports/funnel";
import { liabilityAgesTable, liabilityDaysTable, liabilityScheduleTable, liabilitySumsTable, type LiabilityReport } from "@/lib/reports/liability";
import { findLiability, listLiabilityDays } from "@/lib/reports/liability-queries";
import { gapsTable, repurchaseTable, rfmTable } from "@/lib/reports/people";
import { getActivity, getFunnel, getRepurchase, getRetention, getRfm, getWeeklyCohorts } from "@/lib/reports/people-queries";
import { PRODUCT_SORTS, productsTable } from "@/lib/reports/products";
import { rangeEnding } from "@/lib/reports/range";
import { COHORT_WEEKS, retentionTable, weeklyCohortsTable } from "@/lib/reports/retention";
import { getReportState } from "@/lib/reports/state-queries";
import type { ReportTable } from "@/lib/reports/table";
import { dayIn } from "./day-in";

type Asked = Reading & Period & { query: URLSearchParams };
type File = (asked: Asked) => Promise<ReportTable | null>;

/** Cohorts younger than this are not ripe, so a period of retention is longer by as much. */
const RIPE_AFTER_DAYS = 30;

const FILES = {
  "points-by-day": async ({ db, range }) => pointsByDayTable(await getPointsReport(db, range)),
  "points-by-source": async ({ db, range }) => pointsBySourceTable(await getPointsReport(db, range)),
  "points-by-rule": async ({ db, range }) => pointsByRuleTable(await getPointsReport(db, range)),
  retention: async ({ db, range, days }) => retentionTable(await getRetention(db, rangeEnding(range.last, days + RIPE_AFTER_DAYS))),
  cohorts: async ({ db, range }) => weeklyCohortsTable(await getWeeklyCohorts(db, rangeEnding(range.last, 7 * (COHORT_WEEKS + 1)))),
  activity: async ({ db, range }) => activityTable(await getActivity(db, range)),
  funnel: async ({ db, days }) => funnelTable(await getFunnel(db, days)),
  rfm: async ({ db }) => rfmTable(await getRfm(db)),
  repurchase: async ({ db }) => repurchaseTable(await getRepurchase(db)),
  gaps: async ({ db }) => gapsTable(await getRepurchase(db)),
  products: async ({ db, range, query }) => productsTable(await getProductReport(db, range, oneOf(PRODUCT_SORTS, query.get("sort") ?? ""))),
  tasks: async ({ db, days }) => tasksTable(await getTaskReport(db, days)),
  rules: async ({ db, days }) => rulesTable(await getRuleReport(db, days)),
  liability: (asked) => ofLiability(asked, liabilitySumsTable),
  "liability-schedule": (asked) => ofLiability(asked, liabilityScheduleTable),
  "liability-ages": (asked) => ofLiability(asked, liabilityAgesTable),
  "liability-days": async ({ db, policy, range }) => liabilityDaysTable(await listLiabilityDays(db, policy, range)),
} as const satisfies Record<string, File>;

export type ReportFile = keyof typeof FILES;
export const REPORT_FILES = Object.keys(FILES) as ReportFile[];

async function ofLiability({ db, policy, query, range }: Asked, tableOf: (report: LiabilityReport) => ReportTable): Promise<ReportTable | null> {
  const report = await findLiability(db, policy, dayIn(query.get("on") ?? "") ?? range.last);
  return report && tableOf(report);
}

/** The figures of one file, and the day up to which they are; null where there are none. */
export async function readReportFile(file: ReportFile, reading: Reading, query: URLSearchParams): Promise<{ table: ReportTable; upTo: Day } | null> {
  const state = await getReportState(reading.db);
  const period = periodOf(query.get("days") ?? "", state.throughDay ?? reading.today);
  const table = await FILES[file]({ ...reading, ...period, query });
  return table && { table, upTo: file.startsWith("liability") ? (dayIn(query.get("on") ?? "") ?? period.range.last) : period.range.last };
}
