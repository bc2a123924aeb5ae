import { useTranslations } from "next-intl";
import { Icon } from "../ui/icon";

/** What a figure counts, a press or a key away from it. */
export function Definition({ label, children }: { label: string; children: string }) {
  const t = useTranslations("adminFrame.overview");
  return (
    <details className="group mt-1">
      <summary className="inline-flex min-h-6 list-none items-center gap-1 rounded-chip text-meta text-muted hover:text-fg">
        <Icon name="info" size={16} />
        {t("definition")}<span className="sr-only"> · {label}</span>
      </summary>
      <p className="mt-1 text-meta text-muted">{children}</p>
    </details>
  );
}
