import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, type SearchParams } from "../../(shop)/reading";
import { startStaffReading } from "../reading";
import { CategoryTable } from "./category-table";
import { hrefWith } from "@/components/admin/href";
import { FirstUse } from "@/components/admin/list-empty";
import { WithoutForms } from "@/components/admin/read-only";
import { ResourceIndex } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { listCategoriesForStaff } from "@/lib/catalog/categories/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminCategories"))("title") };
}

export default async function CategoriesPage({ searchParams }: { searchParams: SearchParams }) {
  const { db, staff } = await startStaffReading("products.read", "/admin/categories");
  const [t, categories, { created, deleted }] = await Promise.all([getTranslations("adminCategories"), listCategoriesForStaff(db), readParams(searchParams, "created", "deleted")]);
  const newCategory = staff.permissions.has("products.write") && <ButtonLink href={hrefWith("/admin/categories/new")} look="primary" size="dense"><Icon name="plus" size={16} />{t("new")}</ButtonLink>;
  return (
    <>
      <PageHeader title={t("title")} actions={newCategory} lead={t("lead")} />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{t("created")}</Notice>}
      {deleted === "1" && <Notice tone="success" role="status" className="mb-4">{t("deleted")}</Notice>}
      <ResourceIndex label={t("list")}>
        {categories.length === 0 ? <FirstUse title={t("first")} action={newCategory}>{t("firstHint")}</FirstUse> : <WithoutForms when={!staff.permissions.has("products.write")}><CategoryTable categories={categories} /></WithoutForms>}
      </ResourceIndex>
    </>
  );
}
