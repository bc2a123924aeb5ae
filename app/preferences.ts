"use server";

import { cookies } from "next/headers";
import { isLocale, isTheme, LOCALE_COOKIE, THEME_COOKIE } from "@/lib/i18n";

const ONE_YEAR_SECONDS = 31_536_000;
const lasting = { path: "/", maxAge: ONE_YEAR_SECONDS, sameSite: "lax", httpOnly: true } as const;

/** Setting a cookie in an action makes Next render the page again, in the new language. */
export async function chooseLocale(form: FormData): Promise<void> {
  const locale = form.get("locale");
  if (isLocale(locale)) (await cookies()).set(LOCALE_COOKIE, locale, lasting);
}

/** Anything that is not a theme means: as the system says. */
export async function chooseTheme(form: FormData): Promise<void> {
  const theme = form.get("theme");
  const jar = await cookies();
  if (isTheme(theme)) jar.set(THEME_COOKIE, theme, lasting);
  else jar.delete(THEME_COOKIE);
}
