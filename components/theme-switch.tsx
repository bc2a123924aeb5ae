import { useTranslations } from "next-intl";
import type { Theme } from "@/lib/i18n";
import { Icon } from "./ui/icon";

type ThemeSwitchProps = { action: (form: FormData) => Promise<void>; /** null: the system decides. */ theme: Theme | null; look?: "compact" | "segments" };

const choices = [["light", "sun"], ["dark", "moon"], ["system", "monitor"]] as const;

/** Light, dark, or as the system says. A form, like the language switch. */
export function ThemeSwitch({ action, theme, look = "compact" }: ThemeSwitchProps) {
  const t = useTranslations("nav");
  return (
    <form action={action}>
      <div role="group" aria-label={t("theme")} className="flex">
        {choices.map(([choice, icon]) => (
          <button
            key={choice} type="submit" name="theme" value={choice} aria-pressed={(theme ?? "system") === choice}
            aria-label={look === "compact" ? t(`themes.${choice}`) : undefined} title={look === "compact" ? t(`themes.${choice}`) : undefined}
            className={look === "compact" ? "segment w-9" : "segment px-4"}
          >
            <Icon name={icon} size={look === "compact" ? 16 : 18} />
            {look === "segments" && t(`themes.${choice}`)}
          </button>
        ))}
      </div>
    </form>
  );
}
