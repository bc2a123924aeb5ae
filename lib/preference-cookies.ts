import "server-only";

import { cookies } from "next/headers";

import { isLocale, isTheme, LOCALE_COOKIE, THEME_COOKIE, type Locale, type Theme } from "./i18n";

const ONE_YEAR_SECONDS = 31_536_000;
const lasting = { path: "/", maxAge: ONE_YEAR_SECONDS, sameSite: "lax", httpOnly: true } as const;

/** What this device was told. */
export async function setLocaleCookie(locale: Locale): Promise<void> {
  (await cookies()).set(LOCALE_COOKIE, locale, lasting);
}

/** A theme of null means: as the system says. */
export async function setThemeCookie(theme: Theme | null): Promise<void> {
  const jar = await cookies();
  if (theme) jar.set(THEME_COOKIE, theme, lasting);
  else jar.delete(THEME_COOKIE);
}

/** Brings what a person chose elsewhere to a device that was told nothing. */
export async function adoptPreferences({ locale, theme }: { locale: string; theme: Theme | null }): Promise<void> {
  const jar = await cookies();
  if (!jar.has(LOCALE_COOKIE) && isLocale(locale)) await setLocaleCookie(locale);
  if (!jar.has(THEME_COOKIE) && isTheme(theme)) await setThemeCookie(theme);
}
