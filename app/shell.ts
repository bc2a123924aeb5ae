import { cookies } from "next/headers";
import { shopBrand } from "./brand";
import { isTheme, THEME_COOKIE, type Theme } from "@/lib/i18n";

/** What every shell shows of its surroundings. */
export async function shellFacts(): Promise<{ theme: Theme | null; demo: boolean; brand: string }> {
  const [jar, brand] = await Promise.all([cookies(), shopBrand()]);
  const theme = jar.get(THEME_COOKIE)?.value;
  return { theme: isTheme(theme) ? theme : null, demo: process.env.SHOP_DEMO === "1", brand };
}
