import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../../reading";
import { createCategoryForm } from "../actions";
import { CategoryForm } from "../category-form";
import { readCategoryWords, readParentChoices } from "../form-parts";
import { hrefWith } from "@/components/admin/href";
import { PageHeader } from "@/components/page-header";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminCategories"))("new") };
}

export default async function NewCategoryPage() {
  const reading = await startStaffReading("products.write", "/admin/categories/new");
  const [t, words, parents] = await Promise.all([getTranslations("adminCategories"), readCategoryWords(), readParentChoices(reading, null)]);
  return (
    <>
      <PageHeader title={t("new")} back={{ href: hrefWith("/admin/categories"), label: t("title") }} />
      <CategoryForm
        category={{ slug: "", name: "", nameEn: "", parentId: null, place: null }} parents={parents} words={words} requestId={publicId()} action={createCategoryForm}
      />
    </>
  );
}
