import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../../(shop)/views";
import { inChunks, noteExport, staffDownload, tickedIn } from "../../download";
import { PRODUCTS, productSearchOf } from "@/lib/catalog/staff-list";
import { allProductIds, countMatching, readProductsForStaff, type StaffProductRow } from "@/lib/catalog/staff-queries";
import type { CsvCell } from "@/lib/csv";
import { formatInstant } from "@/lib/i18n";
import { readList } from "@/lib/list-address";

/** What the list of products shows: its columns, its order, and all pages of it. */
export const GET = (request: Request): Promise<Response> =>
  staffDownload("products.read", async (reading) => {
    const { db, locale, now, policy, today } = reading;
    const { searchParams } = new URL(request.url);
    const state = readList(PRODUCTS, searchParams);
    const [t, own, statuses, delivered] = await Promise.all([getTranslations("admin.products.columns"), getTranslations("admin.products.csv"), getTranslations("admin.productStatus"), getTranslations("adminFulfilment.delivery")]);
    const search = { ...productSearchOf(state), ...tickedIn(searchParams) };
    await noteExport(reading, PRODUCTS.key, searchParams, await countMatching(db, search, policy.lowStock), false);
    const cells: Record<string, (product: StaffProductRow) => CsvCell[]> = {
      name: ({ name, nameEn, slug }) => [inLanguage(locale, name, nameEn), slug],
      status: ({ status }) => [statuses(status)],
      category: ({ categoryName, categoryNameEn }) => [inLanguage(locale, categoryName ?? "", categoryNameEn ?? "")],
      delivery: ({ delivery }) => [delivered(delivery)],
      price: ({ pointsPrice, cashPriceCents }) => [pointsPrice, cashPriceCents / 100],
      stock: ({ stock }) => [stock],
      redeemed: ({ redeemedLast30Days }) => [redeemedLast30Days],
      updated: ({ updatedAt }) => [formatInstant(locale, updatedAt, policy.timeZone)],
    };
    const headings = state.columns.flatMap((column) => (column === "name" ? [t("name"), own("slug")] : column === "price" ? [own("points"), own("cash")] : [t(column as "name")]));
    return {
      name: `products-${today}`, headings,
      pages: inChunks(allProductIds(db, search, state.sort, policy.lowStock), async (some) => (await readProductsForStaff(db, some, { now, lowStockMax: policy.lowStock })).map((product) => state.columns.flatMap((column) => cells[column]!(product)))),
    };
  });
