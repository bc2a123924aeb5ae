import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../../(shop)/views";
import { listTable, noteExport, staffDownload } from "../../download";
import { SEGMENTS, SEGMENT_SORTS } from "../list";
import { listSegmentsForStaff, type StaffSegment } from "@/lib/segments/staff-queries";
import { formatInstant } from "@/lib/i18n";
import { readList, sortRows } from "@/lib/list-address";

/** What the list shows: its columns, its order, and all of its rows. */
export const GET = (request: Request): Promise<Response> =>
  staffDownload("marketing.read", async (reading) => {
    const { db, locale, policy, today } = reading;
    const { searchParams } = new URL(request.url);
    const state = readList(SEGMENTS, searchParams);
    const [t, { segments }] = await Promise.all([getTranslations("adminSegments"), listSegmentsForStaff(db, { search: state.q, isActive: state.filters.status && state.filters.status === "active" })]);
    await noteExport(reading, SEGMENTS.key, searchParams, segments.length, false);
    return listTable<StaffSegment>(`segments-${today}`, state.columns, (column) => t(`columns.${column as "name"}`), {
      name: ({ name, nameEn }) => inLanguage(locale, name, nameEn),
      status: ({ isActive }) => t(isActive ? "status.active" : "status.inactive"),
      members: ({ members }) => members,
      refreshed: ({ refreshedAt }) => (refreshedAt ? formatInstant(locale, refreshedAt, policy.timeZone) : ""),
    }, sortRows(segments, state.sort, SEGMENT_SORTS));
  });
