import { useLocale, useTranslations } from "next-intl";
import { locales } from "@/lib/i18n";

type LocaleSwitchProps = { action: (form: FormData) => Promise<void>; look?: "compact" | "segments" };

/** Each language is named in itself, so that whoever cannot read the page can still find it. */
const names = { "zh-CN": { long: "简体中文", short: "中文" }, en: { long: "English", short: "EN" } } as const;

/** A form: the server sets the cookie, so it works before and without scripts. */
export function LocaleSwitch({ action, look = "compact" }: LocaleSwitchProps) {
  const locale = useLocale();
  const t = useTranslations("nav");
  const offered = look === "compact" ? locales.filter((name) => name !== locale) : locales;
  return (
    <form action={action}>
      <div role="group" aria-label={t("language")} className="flex">
        {offered.map((name) => (
          <button
            key={name} type="submit" name="locale" value={name} lang={name}
            aria-pressed={look === "segments" ? name === locale : undefined}
            className={look === "compact" ? "h-9 min-w-9 rounded-control px-2 text-dense font-medium whitespace-nowrap hover:bg-sunken sm:px-2.5" : "segment px-4"}
          >
            {look === "compact" ? <><span aria-hidden="true">{names[name].short}</span><span className="sr-only">{names[name].long}</span></> : names[name].long}
          </button>
        ))}
      </div>
    </form>
  );
}
