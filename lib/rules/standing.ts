import type { RuleStatus } from "@/db/schema/points";

/** Where a rule stands at an instant: an active one whose time has not come, or is over, earns nothing. */
export type RuleStanding = RuleStatus | "planned" | "over";

export function standingOf({ status, startsAt, endsAt }: { status: RuleStatus; startsAt: Date | null; endsAt: Date | null }, now: Date): RuleStanding {
  if (status === "active" && startsAt && now < startsAt) return "planned";
  if (status === "active" && endsAt && endsAt <= now) return "over";
  return status;
}
