import { useTranslations } from "next-intl";
import { Badge } from "../ui/badge";

/** Says that nothing here is real money or real goods. */
export function DemoBadge({ shown }: { shown: boolean }) {
  const t = useTranslations("common");
  return shown ? <Badge tone="warning" className="text-meta font-semibold">{t("demo")}</Badge> : null;
}
