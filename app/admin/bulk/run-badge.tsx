import { useTranslations } from "next-intl";
import { Badge, type Progress, type Tone } from "@/components/ui/badge";
import type { BulkRun } from "@/lib/bulk/queries";

const looks: Record<BulkRun["status"], { tone: Tone; progress: Progress }> = {
  queued: { tone: "neutral", progress: "waiting" },
  running: { tone: "info", progress: "underway" },
  done: { tone: "success", progress: "done" },
  stopped: { tone: "warning", progress: "ended" },
};

export function RunBadge({ status }: { status: BulkRun["status"] }) {
  const t = useTranslations("adminBulk.status");
  return <Badge {...looks[status]}>{t(status)}</Badge>;
}
