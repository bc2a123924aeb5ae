import { useTranslations } from "next-intl";
import type { Route } from "next";
import { SECTION_NAMES, SECTION_PATHS, SERVICE_PAGES, type ServicePage } from "./sections";
import { NavTabs } from "@/components/ui/nav-tabs";
import type { Section } from "@/lib/settings/schema";

/** The sections of the settings, what the shop leans on, and the checklist of a new shop at their end. */
export function SettingsTabs({ current }: { current: Section | ServicePage }) {
  const t = useTranslations("adminSettings");
  const frame = useTranslations("adminFrame.setup");
  return (
    <NavTabs
      label={t("sectionsLabel")} className="mb-4"
      tabs={[
        ...SECTION_NAMES.map((name) => ({ href: `/admin/settings/${SECTION_PATHS[name]}` as Route, label: t(`sections.${name}`), current: name === current })),
        ...SERVICE_PAGES.map((name) => ({ href: `/admin/settings/${name}` as Route, label: t(`sections.${name}`), current: name === current })),
        { href: "/admin/settings/setup" as Route, label: frame("title"), current: current === "setup" },
      ]}
    />
  );
}
