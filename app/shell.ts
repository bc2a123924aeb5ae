import { cookies } from "next/headers";
import { shopBrand, shopLooks } from "./brand";
import { isTheme, THEME_COOKIE, type Theme } from "@/lib/i18n";

/** What every shell shows of its surroundings. */
export async function shellFacts(): Promise<{ theme: Theme | null; demo: boolean; brand: string; /** The shop's own picture, by its public id. */ logo: string | null }> {
  const [jar, brand, { logo }] = await Promise.all([cookies(), shopBrand(), shopLooks()]);
  const theme = jar.get(THEME_COOKIE)?.value;
  return { theme: isTheme(theme) ? theme : null, demo: process.env.SHOP_DEMO === "1", brand, logo };
}
