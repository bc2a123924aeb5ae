import { useTranslations } from "next-intl";
import { Badge, type Tone, type Progress } from "../ui/badge";
import type { RuleStatus } from "@/db/schema/points";

const looks = { draft: ["neutral", "waiting"], active: ["success", "done"], archived: ["neutral", "ended"] } as const satisfies Record<RuleStatus, readonly [Tone, Progress]>;

type RuleStatusBadgeProps = { status: RuleStatus; startsAt: Date | null; endsAt: Date | null; now: Date };

/** An active rule whose time has not come, or is over, earns nothing: it does not look like one that does. */
export function RuleStatusBadge({ status, startsAt, endsAt, now }: RuleStatusBadgeProps) {
  const t = useTranslations("adminRules");
  if (status === "active" && startsAt && now < startsAt) return <Badge tone="info" progress="waiting">{t("moments.planned")}</Badge>;
  if (status === "active" && endsAt && endsAt <= now) return <Badge tone="neutral" progress="ended">{t("moments.over")}</Badge>;
  const [tone, progress] = looks[status];
  return <Badge tone={tone} progress={progress}>{t(`statuses.${status}`)}</Badge>;
}
