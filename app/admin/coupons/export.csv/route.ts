import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../../(shop)/views";
import { listTable, noteExport, onlyTicked, staffDownload } from "../../download";
import { COUPONS, COUPON_SORTS } from "@/lib/coupons/staff-list";
import { listTemplatesForStaff, type StaffTemplate } from "@/lib/coupons/staff-queries";
import { formatInstant } from "@/lib/i18n";
import { readList, sortRows } from "@/lib/list-address";

/** What the list shows: its columns, its order, and all of its rows. */
export const GET = (request: Request): Promise<Response> =>
  staffDownload("marketing.read", async (reading) => {
    const { db, locale, policy, today } = reading;
    const { searchParams } = new URL(request.url);
    const state = readList(COUPONS, searchParams);
    const [t, { templates }] = await Promise.all([getTranslations("adminCoupons"), listTemplatesForStaff(db, { search: state.q, status: state.filters.status })]);
    const rows = sortRows(onlyTicked(templates, searchParams), state.sort, COUPON_SORTS);
    await noteExport(reading, COUPONS.key, searchParams, rows.length, false);
    return listTable<StaffTemplate>(`coupons-${today}`, state.columns, (column) => t(`columns.${column as "name"}`), {
      name: ({ name, nameEn }) => inLanguage(locale, name, nameEn),
      status: ({ status }) => t(`status.${status}`),
      validity: ({ validUntil, validDays }) => (validUntil ? formatInstant(locale, validUntil, policy.timeZone) : t("validDays", { days: validDays ?? 0 })),
      issued: ({ issued }) => issued,
      used: ({ used }) => used,
      updated: ({ updatedAt }) => (updatedAt ? formatInstant(locale, updatedAt, policy.timeZone) : ""),
    }, rows);
  });
