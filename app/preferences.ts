"use server";

import { refuseForeignOrigin } from "@/lib/act";
import { rememberPreferences } from "@/lib/auth";
import { isLocale, isTheme } from "@/lib/i18n";
import { setLocaleCookie, setThemeCookie } from "@/lib/preference-cookies";

/** Setting a cookie in an action makes Next render the page again, in the new language. */
export async function chooseLocale(form: FormData): Promise<void> {
  const locale = form.get("locale");
  if (!isLocale(locale)) return;
  await refuseForeignOrigin();
  await setLocaleCookie(locale);
  await rememberPreferences({ locale });
}

/** Anything that is not a theme means: as the system says. */
export async function chooseTheme(form: FormData): Promise<void> {
  await refuseForeignOrigin();
  const chosen = form.get("theme");
  const theme = isTheme(chosen) ? chosen : null;
  await setThemeCookie(theme);
  await rememberPreferences({ theme });
}
