import { useTranslations } from "next-intl";
import { Badge, type Progress, type Tone } from "@/components/ui/badge";
import type { AdjustmentStatus } from "@/db/schema/control";

const looks: Record<AdjustmentStatus, { tone: Tone; progress: Progress }> = {
  pending: { tone: "warning", progress: "waiting" },
  applied: { tone: "success", progress: "done" },
  rejected: { tone: "danger", progress: "ended" },
  withdrawn: { tone: "neutral", progress: "ended" },
};

export function AdjustmentStatusBadge({ status }: { status: AdjustmentStatus }) {
  const t = useTranslations("adminAdjustments.status");
  return <Badge {...looks[status]}>{t(status)}</Badge>;
}
