import "server-only";

import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../(shop)/views";
import type { NamedChoice } from "@/components/admin/use-found";
import type { ProductChoice, SkuChoice } from "@/lib/catalog/finding/queries";
import { formatPoints, type Locale } from "@/lib/i18n";

export const productChoice = (locale: Locale, { id, name, nameEn }: ProductChoice): NamedChoice => ({ id, name: inLanguage(locale, name, nameEn) });

/** SKUs by what they are of, which, and how many stand on the shelf. */
export async function skuChoices(locale: Locale, choices: readonly SkuChoice[]): Promise<NamedChoice[]> {
  const t = await getTranslations("adminFrame.goods");
  return choices.map(({ id, name, nameEn, skuName, skuNameEn, stock }) => ({
    id, name: [inLanguage(locale, name, nameEn), inLanguage(locale, skuName, skuNameEn), t("stock", { stock: formatPoints(locale, stock) })].filter(Boolean).join(" · "),
  }));
}
