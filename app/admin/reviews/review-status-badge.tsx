import { useTranslations } from "next-intl";
import { Badge, type Progress, type Tone } from "@/components/ui/badge";
import type { ReviewStatus } from "@/lib/reviews/queries";

const looks: Record<ReviewStatus, { tone: Tone; progress: Progress }> = {
  pending: { tone: "warning", progress: "waiting" },
  approved: { tone: "success", progress: "done" },
  rejected: { tone: "neutral", progress: "ended" },
};

export function ReviewStatusBadge({ status }: { status: ReviewStatus }) {
  const t = useTranslations("adminReviews.status");
  return <Badge {...looks[status]}>{t(status)}</Badge>;
}
