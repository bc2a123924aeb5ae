import { useTranslations } from "next-intl";
import { Badge, type Progress, type Tone } from "../ui/badge";
import type { ProductStatus } from "@/db/schema/catalog";

const looks: Record<ProductStatus, { tone: Tone; progress: Progress }> = {
  draft: { tone: "neutral", progress: "waiting" },
  active: { tone: "success", progress: "done" },
  archived: { tone: "neutral", progress: "ended" },
};

export function ProductStatusBadge({ status }: { status: ProductStatus }) {
  const t = useTranslations("admin.productStatus");
  return <Badge {...looks[status]}>{t(status)}</Badge>;
}
