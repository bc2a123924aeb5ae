import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { namespaces } from "./namespaces";
import { db } from "@/db/client";
import { chooseLocale, LOCALE_COOKIE, PROGRAMME_ZONE, type Locale } from "@/lib/i18n";
import { nameKey, ORDINARY_NAME, pointsNameOf, withPointsName, type PointsName } from "@/lib/points-name";
import { getPolicy } from "@/lib/settings/queries";

type Messages = Record<string, Record<string, unknown>>;

/** Messages change with what points are called and with nothing else while the process runs, so each language is put together once for a name. */
const loaded = new Map<Locale, { of: string; messages: Promise<Messages> }>();

function messagesFor(locale: Locale, name: PointsName): Promise<Messages> {
  const of = nameKey(locale, name);
  const known = loaded.get(locale);
  if (known?.of === of) return known.messages;
  const messages = loadMessages(locale).then((ordinary) => ({ ...withPointsName(ordinary, locale, name), ...namingColumns(ordinary) }));
  if (process.env.NODE_ENV === "production") loaded.set(locale, { of, messages });
  return messages;
}

/** They name the columns of a file, which are called what they are called. */
const namingColumns = ({ adminImport }: Messages): Messages => (adminImport ? { adminImport } : {});

async function loadMessages(locale: Locale): Promise<Messages> {
  const parts = await Promise.all(
    namespaces.map(async (name) => [name, (await import(`../messages/${locale}/${name}.json`)).default] as const),
  );
  return Object.fromEntries(parts);
}

export default getRequestConfig(async () => {
  const [jar, head, name] = await Promise.all([cookies(), headers(), readPointsName()]);
  const locale = chooseLocale(jar.get(LOCALE_COOKIE)?.value, head.get("accept-language"));
  return { locale, timeZone: PROGRAMME_ZONE, messages: await messagesFor(locale, name) };
});

/** Where the database does not answer, a page can still say so. */
const readPointsName = (): Promise<PointsName> => getPolicy(db()).then(pointsNameOf, () => ORDINARY_NAME);
