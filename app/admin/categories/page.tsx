import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, type SearchParams } from "../../(shop)/reading";
import { ListFrame, openList } from "../list-frame";
import { startStaffReading } from "../reading";
import { CategoryTable } from "./category-table";
import { CATEGORIES, CATEGORIES_PAGE, categoriesIn, isTree, wayTo } from "./list";
import { hrefWith } from "@/components/admin/href";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { listCategoriesForStaff } from "@/lib/catalog/categories/queries";
import { pageWindow } from "@/lib/list-address";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminCategories"))("title") };
}

export default async function CategoriesPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("products.read", "/admin/categories");
  const { db, locale, staff } = reading;
  const mayWrite = staff.permissions.has("products.write");
  const [t, list, categories, { created, deleted }] = await Promise.all([
    getTranslations("adminCategories"), openList(CATEGORIES, searchParams, reading), listCategoriesForStaff(db), readParams(searchParams, "created", "deleted"),
  ]);
  const all = categoriesIn(categories, list.state);
  const { offset, limit } = pageWindow(list.state, CATEGORIES_PAGE);
  const rows = all.slice(offset, offset + limit).map((category) => ({ ...category, inside: wayTo(categories, category.parentId, locale) }));
  const newCategory = mayWrite && <ButtonLink href={hrefWith("/admin/categories/new")} look="primary" size="dense"><Icon name="plus" size={16} />{t("new")}</ButtonLink>;
  return (
    <>
      <PageHeader title={t("title")} actions={newCategory} lead={isTree(list.state) && t("lead")} />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{t("created")}</Notice>}
      {deleted === "1" && <Notice tone="success" role="status" className="mb-4">{t("deleted")}</Notice>}
      <ListFrame
        list={list} label={t("list")} search={t("search")} columnsIn="adminCategories.columns" exportTo="/admin/categories/export.csv"
        shown={rows.length} total={all.length} pageSize={CATEGORIES_PAGE} first={<FirstUse title={t("first")} action={newCategory}>{t("firstHint")}</FirstUse>}
      >
        <CategoryTable categories={rows} isTree={isTree(list.state)} mayMove={mayWrite && isTree(list.state)} list={list.face} />
      </ListFrame>
    </>
  );
}
