import { useTranslations } from "next-intl";
import { hrefWith } from "@/components/admin/href";
import { NavTabs } from "@/components/ui/nav-tabs";

const PLACES = { jobs: "/admin/operations", mail: "/admin/operations/mail", events: "/admin/operations/events", payments: "/admin/operations/payments" } as const;

/** What runs by itself, and what it could not do. */
export function OperationsTabs({ current }: { current: keyof typeof PLACES }) {
  const t = useTranslations("adminOperations.tabs");
  const names = Object.keys(PLACES) as (keyof typeof PLACES)[];
  return <NavTabs label={t("label")} className="mb-4" tabs={names.map((name) => ({ href: hrefWith(PLACES[name]), label: t(name), current: name === current }))} />;
}
