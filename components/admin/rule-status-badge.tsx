import { useTranslations } from "next-intl";
import { Badge, type Tone, type Progress } from "../ui/badge";
import type { RuleStatus } from "@/db/schema/points";
import { standingOf, type RuleStanding } from "@/lib/rules/standing";

const looks: Record<RuleStanding, readonly [Tone, Progress]> = {
  draft: ["neutral", "waiting"], active: ["success", "done"], archived: ["neutral", "ended"], planned: ["info", "waiting"], over: ["neutral", "ended"],
};

type RuleStatusBadgeProps = { status: RuleStatus; startsAt: Date | null; endsAt: Date | null; now: Date };

/** An active rule whose time has not come, or is over, does not look like one that earns. */
export function RuleStatusBadge({ now, ...rule }: RuleStatusBadgeProps) {
  const t = useTranslations("adminRules.statuses");
  const standing = standingOf(rule, now);
  const [tone, progress] = looks[standing];
  return <Badge tone={tone} progress={progress}>{t(standing)}</Badge>;
}
