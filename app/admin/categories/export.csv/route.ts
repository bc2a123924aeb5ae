import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../../(shop)/views";
import { listTable, noteExport, staffDownload } from "../../download";
import { CATEGORIES, categoriesIn, wayTo } from "../list";
import { listCategoriesForStaff, type StaffCategory } from "@/lib/catalog/categories/queries";
import { readList } from "@/lib/list-address";

/** What the list shows: its columns, its order, and all of its rows. */
export const GET = (request: Request): Promise<Response> =>
  staffDownload("products.read", async (reading) => {
    const { db, locale, today } = reading;
    const { searchParams } = new URL(request.url);
    const state = readList(CATEGORIES, searchParams);
    const [t, categories] = await Promise.all([getTranslations("adminCategories"), listCategoriesForStaff(db)]);
    const rows = categoriesIn(categories, state);
    await noteExport(reading, CATEGORIES.key, searchParams, rows.length, false);
    const headings: Readonly<Record<string, string>> = { inside: t("form.parent") };
    return listTable<StaffCategory>(`categories-${today}`, state.columns.flatMap((column) => (column === "name" ? ["name", "inside"] : column)), (part) => headings[part] ?? t(`columns.${part as "name"}`), {
      name: ({ name, nameEn }) => inLanguage(locale, name, nameEn),
      inside: ({ parentId }) => wayTo(categories, parentId, locale),
      slug: ({ slug }) => slug,
      products: ({ products }) => products,
      order: ({ place }) => place,
    }, rows);
  });
