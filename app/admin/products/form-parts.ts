import "server-only";

import { getLocale, getMessages } from "next-intl/server";
import { inLanguage } from "../../(shop)/views";
import type { ProductDraft } from "@/components/admin/product-form";
import type { ProductWords } from "@/components/admin/product-words";
import type { Db } from "@/db/client";
import { listCategories } from "@/lib/catalog/queries";
import type { StaffProduct } from "@/lib/catalog/staff-queries";

export async function readProductWords(): Promise<ProductWords> {
  return (await getMessages()).admin.productForm;
}

export async function readCategoryChoices(db: Db): Promise<{ id: number; name: string }[]> {
  const [locale, categories] = await Promise.all([getLocale(), listCategories(db)]);
  return categories.map(({ id, name, nameEn }) => ({ id, name: inLanguage(locale, name, nameEn) }));
}

export const emptyProduct: ProductDraft = {
  slug: "", name: "", nameEn: "", description: "", descriptionEn: "", categoryId: null, picture: "gift", delivery: "shipped", status: "draft", skus: [],
};

/** Only what the form edits goes to the browser. */
export const draftOf = ({ updatedAt: _updatedAt, ...product }: StaffProduct): ProductDraft => product;
