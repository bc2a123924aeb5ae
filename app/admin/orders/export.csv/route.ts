import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../../(shop)/views";
import { inChunks, noteExport, staffDownload, tickedIn } from "../../download";
import type { CsvCell } from "@/lib/csv";
import { formatInstant } from "@/lib/i18n";
import { readList } from "@/lib/list-address";
import { shownStatus } from "@/lib/orders/line";
import { ORDERS, orderSearchOf } from "@/lib/orders/staff-list";
import { allOrderIds, countOrders, readOrdersForStaff, type StaffOrderCard } from "@/lib/orders/staff-queries";

/** What the list of orders shows: its columns, its order, and all pages of it. */
export const GET = (request: Request): Promise<Response> =>
  staffDownload("orders.read", async (reading) => {
    const { db, locale, policy, today } = reading;
    const { searchParams } = new URL(request.url);
    const state = readList(ORDERS, searchParams);
    const [t, words, delivered, own] = await Promise.all([getTranslations("admin.orders.columns"), getTranslations("orders.status"), getTranslations("adminFulfilment.delivery"), getTranslations("admin.orders.csv")]);
    const search = { ...orderSearchOf(state, policy.timeZone), ...tickedIn(searchParams) };
    await noteExport(reading, ORDERS.key, searchParams, await countOrders(db, search), false);
    const cells: Record<string, (order: StaffOrderCard) => CsvCell[]> = {
      number: ({ number }) => [number],
      buyer: ({ username, emailMasked }) => [username, emailMasked],
      items: ({ items }) => [items.map((item) => `${inLanguage(locale, item.productName, item.productNameEn)} ×${item.quantity}`).join("; ")],
      delivery: ({ items }) => [[...new Set(items.map(({ delivery }) => delivered(delivery)))].join("; ")],
      points: ({ pointsSpent }) => [pointsSpent],
      cash: ({ cashDueCents }) => [cashDueCents / 100],
      status: ({ status, items }) => [words(shownStatus(status, items))],
      createdAt: ({ createdAt }) => [formatInstant(locale, createdAt, policy.timeZone)],
    };
    const headings = state.columns.flatMap((column) => (column === "buyer" ? [t("buyer"), own("email")] : [t(column as "number")]));
    return {
      name: `orders-${today}`, headings,
      pages: inChunks(allOrderIds(db, search, state.sort), async (some) => (await readOrdersForStaff(db, some)).map((order) => state.columns.flatMap((column) => cells[column]!(order)))),
    };
  });
