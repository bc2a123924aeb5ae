import { useTranslations } from "next-intl";

export function SkipLink() {
  const t = useTranslations("nav");
  return (
    <a href="#main" className="sr-only z-50 focus:not-sr-only focus:fixed focus:start-4 focus:top-2 focus:rounded-control focus:bg-card focus:px-4 focus:py-2.5 focus:font-medium focus:text-primary">
      {t("skip")}
    </a>
  );
}
