import { createTranslator } from "use-intl/core";

import type { Locale } from "./i18n";
import { nameKey, ORDINARY_NAME, withPointsName, type PointsName } from "./points-name";

/** Names that are kept ready for each set of messages: a shop has one, and for a second after a change two. */
const KEPT_MAX = 8;

/** The translators of one set of messages, where no page is there to translate: by language, and by what points are called. */
export function translatorsOf<Messages extends Record<string, unknown>>(messages: Record<Locale, Messages>) {
  const ready = new Map<string, ReturnType<typeof make>>();
  const make = (locale: Locale, name: PointsName) => createTranslator({ locale, messages: withPointsName(messages[locale], locale, name) });
  return (locale: Locale, name: PointsName = ORDINARY_NAME) => {
    const key = `${locale}\n${nameKey(locale, name)}`;
    const known = ready.get(key);
    if (known) return known;
    if (ready.size >= KEPT_MAX) ready.clear();
    const translator = make(locale, name);
    ready.set(key, translator);
    return translator;
  };
}
