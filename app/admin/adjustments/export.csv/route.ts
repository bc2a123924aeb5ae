import { getTranslations } from "next-intl/server";
import { noteExport, staffDownload } from "../../download";
import { ADJUSTMENTS } from "@/lib/adjustments/adjustment-list";
import { allAdjustments, countAdjustments, type AdjustmentRow } from "@/lib/adjustments/staff-queries";
import type { CsvCell } from "@/lib/csv";
import { readList } from "@/lib/list-address";

const COLUMNS = ["id", "kind", "person", "file", "people", "pointsIn", "pointsOut", "reason", "status", "maker", "decider", "created", "decided"] as const;

/** The list as it is asked for, as a file. */
export const GET = (request: Request): Promise<Response> =>
  staffDownload("adjustments.read", async (reading) => {
    const { staff, policy, today } = reading;
    const { searchParams } = new URL(request.url);
    const t = await getTranslations("adminAdjustments");
    const asking = { ...readList(ADJUSTMENTS, searchParams), staffId: staff.id, timeZone: policy.timeZone };
    await noteExport(reading, ADJUSTMENTS.key, searchParams, await countAdjustments(asking), false);
    const timeOf = (at: Date | null): CsvCell => at && new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: policy.timeZone }).format(at);
    const cells = (row: AdjustmentRow): Record<(typeof COLUMNS)[number], CsvCell> => ({
      id: row.publicId, kind: t(`kinds.${row.kind}`), person: row.username, file: row.fileName, people: row.people, pointsIn: row.pointsIn, pointsOut: row.pointsOut,
      reason: t(`reasons.${row.reason}`), status: t(`status.${row.status}`), maker: row.maker, decider: row.decider, created: timeOf(row.createdAt), decided: timeOf(row.decidedAt),
    });
    const pages = async function* (): AsyncGenerator<CsvCell[][]> {
      for await (const rows of allAdjustments(asking)) yield rows.map((row) => COLUMNS.map((column) => cells(row)[column]));
    };
    return { name: `adjustments-${today}`, headings: COLUMNS.map((column) => t(`export.${column}`)), pages: pages() };
  });
