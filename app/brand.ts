import "server-only";

import { getLocale, getTranslations } from "next-intl/server";
import { inLanguage } from "./(shop)/views";
import { db } from "@/db/client";
import type { Policy } from "@/lib/settings/policy";
import { getPolicy } from "@/lib/settings/queries";

/** What the merchant calls the shop. Where the database does not answer, a page can still say whose it is. */
export async function shopBrand(): Promise<string> {
  const [locale, t] = await Promise.all([getLocale(), getTranslations("common")]);
  const policy = await readPolicy();
  return policy ? inLanguage(locale, policy.shopName, policy.shopNameEn) : t("brand");
}

/** What the merchant made of our looks: their hue and their logo. */
export async function shopLooks(): Promise<{ hue: number | null; logo: string | null }> {
  const policy = await readPolicy();
  return { hue: policy?.brandHue ?? null, logo: policy?.logo ?? null };
}

const readPolicy = (): Promise<Policy | null> => getPolicy(db()).catch(() => null);
