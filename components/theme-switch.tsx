import { useTranslations } from "next-intl";
import type { Theme } from "@/lib/i18n";
import { Icon } from "./ui/icon";

type ThemeSwitchProps = { action: (form: FormData) => Promise<void>; /** null: the system decides. */ theme: Theme | null; look?: "compact" | "segments" };

const choices = [["light", "sun"], ["dark", "moon"], ["system", "monitor"]] as const;

/** Light, dark, or as the system says. A form, like the language switch; compact, it offers the next of the three. */
export function ThemeSwitch({ action, theme, look = "compact" }: ThemeSwitchProps) {
  const t = useTranslations("nav");
  const current = choices.findIndex(([choice]) => choice === (theme ?? "system"));
  const [next, nextIcon] = choices[(current + 1) % choices.length]!;
  const label = t("toTheme", { theme: t(`themes.${next}`) });
  return (
    <form action={action}>
      {look === "compact" ? (
        <button type="submit" name="theme" value={next} aria-label={label} title={label} className="grid size-9 place-items-center rounded-control hover:bg-sunken"><Icon name={nextIcon} /></button>
      ) : (
        <div role="group" aria-label={t("theme")} className="flex">
          {choices.map(([choice, icon], index) => (
            <button key={choice} type="submit" name="theme" value={choice} aria-pressed={index === current} className="segment px-4"><Icon name={icon} />{t(`themes.${choice}`)}</button>
          ))}
        </div>
      )}
    </form>
  );
}
