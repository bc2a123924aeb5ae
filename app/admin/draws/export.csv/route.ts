import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../../(shop)/views";
import { listTable, noteExport, staffDownload } from "../../download";
import { DRAWS, DRAW_SORTS } from "../list";
import { listDrawsForStaff, type StaffDrawRow } from "@/lib/draws/staff-queries";
import { formatInstant } from "@/lib/i18n";
import { readList, sortRows } from "@/lib/list-address";

/** What the list shows: its columns, its order, and all of its rows. */
export const GET = (request: Request): Promise<Response> =>
  staffDownload("marketing.read", async (reading) => {
    const { db, locale, policy, today } = reading;
    const { searchParams } = new URL(request.url);
    const state = readList(DRAWS, searchParams);
    const [t, { draws }] = await Promise.all([getTranslations("adminDraws"), listDrawsForStaff(db, { search: state.q, status: state.filters.status })]);
    await noteExport(reading, DRAWS.key, searchParams, draws.length, false);
    return listTable<StaffDrawRow>(`draws-${today}`, state.columns, (column) => t(`columns.${column as "name"}`), {
      name: ({ name, nameEn }) => inLanguage(locale, name, nameEn),
      status: ({ status }) => t(`status.${status}`),
      price: ({ spinPoints }) => spinPoints,
      time: ({ startsAt, endsAt }) => [startsAt, endsAt].map((at) => (at ? formatInstant(locale, at, policy.timeZone) : "")).join(" – "),
      spins: ({ spins }) => spins,
      points: ({ pointsTaken }) => pointsTaken,
      updated: ({ updatedAt }) => (updatedAt ? formatInstant(locale, updatedAt, policy.timeZone) : ""),
    }, sortRows(draws, state.sort, DRAW_SORTS));
  });
