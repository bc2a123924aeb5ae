import "server-only";

import { readParams, type SearchParams } from "../../(shop)/reading";
import { startStaffReading } from "../reading";
import { periodOf, type Period } from "./period";
import { hrefWith } from "@/components/admin/href";
import { getReportState } from "@/lib/reports/state-queries";
import type { ReportState } from "@/lib/reports/range";

export type ReportReading = Awaited<ReturnType<typeof startStaffReading>> & Period & { state: ReportState; /** Where a report's file is; null for whom may not take it along. */ csvOf: (report: string, more?: Record<string, string>) => string | null };

/** Every report starts here: the gate, how far the sums have been made, and the period that the address names. */
export async function openReports(path: string, searchParams: SearchParams): Promise<ReportReading> {
  const reading = await startStaffReading("reports.read", path);
  const [{ days }, state] = await Promise.all([readParams(searchParams, "days"), getReportState(reading.db)]);
  const period = periodOf(days, state.throughDay ?? reading.today);
  const mayExport = reading.staff.permissions.has("reports.export");
  return { ...reading, ...period, state, csvOf: (report, more = {}) => (mayExport ? hrefWith(`/admin/reports/${report}/csv`, { days: period.days, ...more }) : null) };
}
