import "server-only";

import { getLocale, getTranslations } from "next-intl/server";
import { inLanguage } from "../../(shop)/views";
import type { BulkChoice, BulkField, SelectionWords } from "@/components/admin/selection-bar";
import type { Db } from "@/db/client";
import type { Staff } from "@/lib/auth";
import { OPERATIONS, operationsFor, type BulkList, type BulkParam, type OperationKey } from "@/lib/bulk/operation";
import { listCategoryTree } from "@/lib/catalog/categories/queries";
import { listTemplateChoices } from "@/lib/coupons/staff-queries";

/** What this member of staff may do to many rows of a list, with what each has to be told. */
export async function readBulkChoices(db: Db, list: BulkList, staff: Pick<Staff, "permissions">): Promise<BulkChoice[]> {
  const keys = operationsFor(list, staff.permissions);
  const t = await getTranslations("adminBulk");
  return Promise.all(keys.map(async (key): Promise<BulkChoice> => {
    const name = nameOf(key);
    const fields = await Promise.all(OPERATIONS[key].params.map((param) => fieldOf(db, param)));
    return { key, label: t(`operations.${name}.label`), hint: t(`operations.${name}.hint`), isGrave: "isGrave" in OPERATIONS[key], fields };
  }));
}

/** Messages are filed by words without dots. */
export const nameOf = (key: OperationKey) => key.replace(".", "_") as OperationName;
type OperationName = { [Key in OperationKey]: Key extends `${infer List}.${infer Verb}` ? `${List}_${Verb}` : never }[OperationKey];

async function fieldOf(db: Db, param: BulkParam): Promise<BulkField> {
  const [t, locale] = await Promise.all([getTranslations("adminBulk.params"), getLocale()]);
  if (param === "reason") return { name: param, label: t("reason"), hint: t("reasonHint"), maxLength: 200 };
  if (param === "templateId") return { name: param, label: t("templateId"), options: (await listTemplateChoices(db)).map(({ id, name, nameEn }) => ({ value: id, label: inLanguage(locale, name, nameEn) })) };
  const tree = await listCategoryTree(db);
  return { name: param, label: t("categoryId"), options: tree.map(({ id, name, nameEn, depth }) => ({ value: id, label: `${"\u3000".repeat(depth)}${inLanguage(locale, name, nameEn)}` })) };
}

export async function readSelectionWords(): Promise<SelectionWords> {
  const [t, list, common] = await Promise.all([getTranslations("adminBulk.bar"), getTranslations("admin.list"), getTranslations("common")]);
  const open = { count: "{count}" };
  return {
    bar: t("bar"), chosen: t("chosen", open), allMatching: t("allMatching", open), chooseAll: t("chooseAll", open), clear: t("clear"), export: list("export"), close: common("close"),
    run: t("run"), pending: common("pending"), onRows: t("onRows", open), queued: t("queued"), choose: t("choose"),
  };
}
