import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { inLanguage } from "../../../(shop)/views";
import { idIn, startStaffReading } from "../../reading";
import { deleteCategoryForm, saveCategoryForm } from "../actions";
import { CategoryForm } from "../category-form";
import { readCategoryWords, readParentChoices } from "../form-parts";
import { CommandForm } from "@/components/admin/command-form";
import { hrefWith } from "@/components/admin/href";
import { ReadOnly } from "@/components/admin/read-only";
import { PageHeader } from "@/components/page-header";
import { Card } from "@/components/ui/card";
import { findCategoryForStaff, type StaffCategoryPage } from "@/lib/catalog/categories/queries";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminCategories"))("edit") };
}

export default async function CategoryPage({ params }: { params: Promise<{ id: string }> }) {
  const reading = await startStaffReading("products.read", "/admin/categories");
  const id = idIn((await params).id);
  const category = id === undefined ? null : await findCategoryForStaff(reading.db, id);
  if (!category) notFound();
  const mayWrite = reading.staff.permissions.has("products.write");
  const { products, categories, ...draft } = category;
  const [t, words, parents] = await Promise.all([getTranslations("adminCategories"), readCategoryWords(), readParentChoices(reading, category.id)]);
  return (
    <>
      <PageHeader title={inLanguage(reading.locale, category.name, category.nameEn)} back={{ href: hrefWith("/admin/categories"), label: t("title") }} />
      <ReadOnly when={!mayWrite}><CategoryForm category={draft} parents={parents} words={words} requestId={publicId()} action={saveCategoryForm} /></ReadOnly>
      {mayWrite && <Deletion category={{ id: category.id, products, categories }} />}
    </>
  );
}

/** Only what is empty goes: what it holds is said before anybody tries. */
async function Deletion({ category: { id, products, categories } }: { category: Pick<StaffCategoryPage, "id" | "products" | "categories"> }) {
  const t = await getTranslations("adminCategories.delete");
  return (
    <Card as="section" aria-labelledby="delete-title" className="mt-4">
      <h2 id="delete-title" className="mb-1 text-section font-semibold">{t("title")}</h2>
      {products + categories > 0 ? <p className="text-dense text-muted">{t("inUse", { products, categories })}</p> : (
        <>
          <p className="mb-3 text-dense text-muted">{t("hint")}</p>
          <CommandForm action={deleteCategoryForm} label={t("title")} hidden={{ requestId: publicId(), categoryId: id }} submit={t("submit")} pending={t("pending")} look="danger" />
        </>
      )}
    </Card>
  );
}
