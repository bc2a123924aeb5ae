"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { catalogChanged } from "@/app/catalog-cache";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { FormState } from "@/components/ui/form-state";
import { staffCommand } from "@/lib/act";
import { deleteCategory, moveCategory, saveCategory } from "@/lib/catalog/categories/commands";
import { CategoryDeleteInput, CategoryInput, CategoryMoveInput } from "@/lib/catalog/categories/schema";

const save = staffCommand("save-category", "products.write", CategoryInput, saveCategory);
const move = staffCommand("move-category", "products.write", CategoryMoveInput, moveCategory);
const remove = staffCommand("delete-category", "products.write", CategoryDeleteInput, deleteCategory);

/** Makes a category and goes back to the tree. */
export async function createCategoryForm(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await save(categoryFrom(form));
  if (!outcome.ok) return refusedState(outcome);
  await catalogChanged();
  redirect(hrefWith("/admin/categories", { created: 1 }));
}

export async function saveCategoryForm(_: FormState, form: FormData): Promise<FormState> {
  const [outcome, t] = await Promise.all([save(categoryFrom(form)), getTranslations("admin.words")]);
  if (!outcome.ok) return refusedState(outcome);
  await catalogChanged();
  refresh();
  return { status: "done", message: t("saved") };
}

/** One place up or down, as the button says that was pressed. */
export async function moveCategoryForm(_: FormState, form: FormData): Promise<FormState> {
  const { categoryId, ...fields } = formFields(form);
  const [outcome, t] = await Promise.all([move({ ...fields, id: categoryId }), getTranslations("adminCategories")]);
  if (outcome.ok) await catalogChanged();
  refresh();
  return outcome.ok ? { status: "done", message: t("moved") } : refusedState(outcome);
}

export async function deleteCategoryForm(_: FormState, form: FormData): Promise<FormState> {
  const { categoryId, ...fields } = formFields(form);
  const outcome = await remove({ ...fields, id: categoryId });
  if (!outcome.ok) return refusedState(outcome);
  await catalogChanged();
  redirect(hrefWith("/admin/categories", { deleted: 1 }));
}

const LAST = 9_999;

/** An empty field is nothing; an empty place is the last one. */
function categoryFrom(form: FormData): Record<string, unknown> {
  const { categoryId, slug, parentId, place, ...fields } = formFields(form);
  return { ...fields, id: categoryId || undefined, slug: slug || undefined, parentId: parentId || null, place: place || LAST };
}
