import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { namespaces } from "./namespaces";
import { chooseLocale, LOCALE_COOKIE, PROGRAMME_ZONE, type Locale } from "@/lib/i18n";

type Messages = Record<string, Record<string, unknown>>;

/** Messages never change while the process runs, so each language is put together once. */
const loaded = new Map<Locale, Promise<Messages>>();

async function loadMessages(locale: Locale): Promise<Messages> {
  const parts = await Promise.all(
    namespaces.map(async (name) => [name, (await import(`../messages/${locale}/${name}.json`)).default] as const),
  );
  return Object.fromEntries(parts);
}

export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale(jar.get(LOCALE_COOKIE)?.value, head.get("accept-language"));
  const messages = loaded.get(locale) ?? loadMessages(locale);
  if (process.env.NODE_ENV === "production") loaded.set(locale, messages);
  return { locale, timeZone: PROGRAMME_ZONE, messages: await messages };
});
