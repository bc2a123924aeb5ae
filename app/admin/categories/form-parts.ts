import "server-only";

import { getMessages } from "next-intl/server";
import { wayTo } from "./list";
import type { Db } from "@/db/client";
import { listCategoryTree } from "@/lib/catalog/categories/queries";
import { conflictOf } from "@/lib/catalog/tree";
import type { Locale } from "@/lib/i18n";
import type messages from "@/messages/zh-CN/adminCategories.json";

export type CategoryWords = (typeof messages)["form"];

export async function readCategoryWords(): Promise<CategoryWords> {
  return (await getMessages()).adminCategories.form;
}

/** Where a category can stand: the way to each that it fits under. */
export async function readParentChoices({ db, locale }: { db: Db; locale: Locale }, id: number | null): Promise<{ id: number; name: string }[]> {
  const tree = await listCategoryTree(db);
  return tree
    .filter((parent) => conflictOf(tree, id, parent.id) === null)
    .map((parent) => ({ id: parent.id, name: wayTo(tree, parent.id, locale) }));
}
