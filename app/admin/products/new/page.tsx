import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../../reading";
import { createProductForm, previewDescription } from "../actions";
import { emptyProduct, readProductChoices, readProductWords } from "../form-parts";
import { ProductForm } from "@/components/admin/product-form";
import { PageHeader } from "@/components/page-header";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.products"))("new") };
}

export default async function NewProductPage() {
  const reading = await startStaffReading("products.write", "/admin/products/new");
  const [t, words, choices] = await Promise.all([getTranslations("admin.products"), readProductWords(), readProductChoices(reading)]);
  return (
    <>
      <PageHeader title={t("new")} back={{ href: "/admin/products", label: t("title") }} />
      <ProductForm product={emptyProduct} choices={choices} words={words} requestId={publicId()} action={createProductForm} preview={previewDescription} />
    </>
  );
}
