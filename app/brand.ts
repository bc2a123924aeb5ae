import "server-only";

import { getLocale, getTranslations } from "next-intl/server";
import { inLanguage } from "./(shop)/views";
import { db } from "@/db/client";
import { getPolicy } from "@/lib/settings/queries";

/** What the merchant calls the shop. Where the database does not answer, a page can still say whose it is. */
export async function shopBrand(): Promise<string> {
  const [locale, t] = await Promise.all([getLocale(), getTranslations("common")]);
  const policy = await getPolicy(db()).catch(() => null);
  return policy ? inLanguage(locale, policy.shopName, policy.shopNameEn) : t("brand");
}
